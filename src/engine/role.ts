/** The exact RBAC that a plan needs, as Kubernetes objects: nothing more, generated and not guessed. */
import type { JsonObject } from "../model/json.ts";
import type { Right } from "../model/probe.ts";

/** A ClusterRole, and a Role for each namespace in which single objects are read. No bindings: whom to bind is yours. */
export function rolesFor(rights: readonly Right[], name = "scs-conformance"): readonly JsonObject[] {
  const namespaces = [
    ...new Set(rights.flatMap((right) => (right.kind === "resource" ? [right.namespace ?? ""] : [""]))),
  ];
  return namespaces.sort().flatMap((namespace) => {
    const here = rights.filter((right) => (right.kind === "resource" ? (right.namespace ?? "") : "") === namespace);
    if (here.length === 0) return [];
    return [
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: namespace === "" ? "ClusterRole" : "Role",
        metadata: { name, ...(namespace === "" ? {} : { namespace }) },
        rules: rulesFor(here),
      },
    ];
  });
}

/** One rule for each set of rights that differ in the resource alone. */
function rulesFor(rights: readonly Right[]): readonly JsonObject[] {
  const paths = rights.flatMap((right) => (right.kind === "path" ? [right.path] : []));
  const groups = new Map<string, { group: string; names: string[]; verbs: Set<string>; resources: Set<string> }>();
  for (const right of rights) {
    if (right.kind !== "resource") continue;
    const names = right.name === undefined ? [] : [right.name];
    const key = JSON.stringify([right.group, right.verb, right.name === undefined ? "" : right.resource]);
    const rule = groups.get(key) ?? { group: right.group, names: [], verbs: new Set(), resources: new Set() };
    rule.names.push(...names.filter((known) => !rule.names.includes(known)));
    rule.verbs.add(right.verb);
    rule.resources.add(right.resource);
    groups.set(key, rule);
  }
  const rules: JsonObject[] = [...groups.values()].map(({ group, names, verbs, resources }) => ({
    apiGroups: [group],
    resources: [...resources].sort(),
    ...(names.length > 0 ? { resourceNames: names.sort() } : {}),
    verbs: [...verbs].sort(),
  }));
  return paths.length > 0 ? [...rules, { nonResourceURLs: [...new Set(paths)].sort(), verbs: ["get"] }] : rules;
}
