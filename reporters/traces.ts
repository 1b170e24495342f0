/** What an acting run made on the cluster, and what of it is left. */
import type { Cleanup } from "../src/model/evidence.ts";
import type { Report } from "../src/model/report.ts";
import { counted } from "./words.ts";

type Remainder = NonNullable<Cleanup["remains"]>[number];

const shown = 10;

/** `3 objects made, all gone again`; undefined for a run that made nothing of the kind. */
export function tracesText({ cleanup }: Report): string | undefined {
  if (cleanup === undefined) return undefined;
  const { created, left } = cleanup;
  return `${counted(created, "object")} made, ${left === 0 ? "all gone again" : `${left} left behind`}`;
}

/** The first of what is left by name, for who has to remove it. */
export function leftText({ cleanup }: Report): string | undefined {
  if (cleanup === undefined || cleanup.left === 0) return undefined;
  const names = remainders(cleanup).slice(0, shown);
  const more = cleanup.left - names.length;
  const list = [...names, ...(more > 0 ? [`${more} more`] : [])].join("; ");
  return `LEFT BEHIND of what the run made: ${list}. \`scs-conformance cleanup\` removes what it can prove to be of a run.`;
}

/** `namespaces scs-conformance-k3v9x (the object was not gone in time)`, each that is named. */
export function remainders({ remains = [] }: Cleanup): readonly string[] {
  return remains.map(remainderText);
}

function remainderText({ kind, namespace, name, because }: Remainder): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name} (${because})`;
}
