/** What is left of a run, as reports and the terminal name it. */
import { unavailableText } from "../evidence/resolve.ts";
import type { Remainder } from "../kubernetes/acting/clean-up.ts";
import type { Cleanup } from "../model/evidence.ts";

type Told = NonNullable<Cleanup["remains"]>[number];

/** `pods a/b (the object was not gone in time)`. */
export function remainderText({ kind, namespace, name, because }: Told): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name} (${because})`;
}

/** `/api/v1/namespaces/a/pods/b` -> pods a/b. Of a server's own words nothing is kept. */
export function remainderOf({ path, because }: Remainder): Told {
  const [, namespace, kind = "objects", name = ""] = /(?:\/namespaces\/([^/]+))?\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  return {
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    because: unavailableText("timeout", because),
  };
}
