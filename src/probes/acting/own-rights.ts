/** Rights in the run's own namespaces, as the probes that act declare them. */

type Verb = "get" | "list" | "create" | "patch" | "delete";

interface OwnRight {
  readonly kind: "resource";
  readonly verb: Verb;
  readonly group: string;
  readonly resource: string;
  readonly own: true;
}

/** @param group API group; the core group by default */
export function ownRights(verbs: readonly Verb[], resource: string, group = ""): readonly OwnRight[] {
  return verbs.map((verb) => ({ kind: "resource", verb, group, resource, own: true }));
}

/** To start pods and run commands in them; their removal is granted beside every right to make something. */
export const serverRights: readonly OwnRight[] = [
  ...ownRights(["create", "get"], "pods"),
  ...ownRights(["create", "get"], "pods/exec"),
  ...ownRights(["list"], "events"),
];
