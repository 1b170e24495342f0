/** Naming many things without drowning the reader: a report stays readable with 5,000 nodes. */
import type { Finding } from "./finding.ts";
import { theCluster } from "./finding.ts";

/** `a, b, c and 4 more`. */
export function named(names: readonly string[], most = 5): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(", ")} and ${rest} more` : names.join(", ");
}

/** `1 node`, `3 nodes`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** At most `most` findings, the last of them saying how many were left out. Order is kept. */
export function capped(findings: readonly Finding[], most = 50): readonly Finding[] {
  if (findings.length <= most) return findings;
  const left = findings.length - most + 1;
  const more: Finding = {
    code: "more-of-the-same",
    subject: theCluster,
    expected: 0,
    actual: left,
    message: `${left} more findings of this kind are left out`,
  };
  return [...findings.slice(0, most - 1), more];
}

/** A list that `fail` accepts, or undefined when there is nothing to report. */
export function nonEmpty<T>(list: readonly T[]): readonly [T, ...T[]] | undefined {
  const [first, ...rest] = list;
  return first === undefined ? undefined : [first, ...rest];
}
