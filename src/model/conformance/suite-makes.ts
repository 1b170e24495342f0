/** What a run of the upstream e2e suite makes and needs, for the plan; and what its specs do to everybody else. */
import type { Makes } from "../acting.ts";
import type { Right } from "../probe.ts";
import { type SuiteKind, suiteRecipes } from "./suite-kind.ts";
import { touchedCollections } from "./touched-collections.ts";

/** The run's own objects. The specs make thousands of their own and remove them. */
export function suiteMakes(kind: SuiteKind, mapped: boolean): Makes {
  return {
    objects: { ServiceAccount: 1, ClusterRoleBinding: 1, ...(mapped ? { ConfigMap: 1 } : {}), Job: 1 },
    pods: 1,
    cpuMillicores: 260,
    memoryMebibytes: 544,
    seconds: suiteRecipes[kind].deadlineSeconds,
  };
}

/** Lists to tell what specs left outside namespaces; one that is not granted is not compared. */
const inventoryRights: readonly Right[] = [
  ...touchedCollections.map(([group, , resource]): Right => ({ kind: "resource", verb: "list", group, resource })),
  { kind: "resource", verb: "list", group: "", resource: "nodes" },
];

/** Rights beside those that making and unmaking namespaces takes. `bind`: whoever is no cluster-admin needs it to make one. */
export function suiteRights(kind: SuiteKind, mapped: boolean): readonly Right[] {
  const own = (verb: "create" | "get" | "list", resource: string, group = ""): Right => ({
    kind: "resource",
    verb,
    group,
    resource,
    own: true,
  });
  const roles = "rbac.authorization.k8s.io";
  return [
    { kind: "path", verb: "get", path: "/version" },
    { kind: "resource", verb: "get", group: "", resource: "namespaces", name: "kube-system" },
    own("create", "serviceaccounts"),
    ...(mapped ? [own("create", "configmaps")] : []),
    own("create", "jobs", "batch"),
    // to take up a run whose program was killed
    own("get", "jobs", "batch"),
    own("list", "pods"),
    own("get", "pods"),
    own("get", "pods/log"),
    own("get", "pods/proxy"),
    { kind: "resource", verb: "create", group: roles, resource: "clusterrolebindings" },
    ...(kind === "full" ? inventoryRights : []),
    { kind: "resource", verb: "bind", group: roles, resource: "clusterroles", name: "cluster-admin" },
  ];
}

/** What specs do outside their own namespaces (kubernetes/kubernetes test/e2e, 1.37), by a part of their names. */
const disturbances: readonly (readonly [RegExp, string])[] = [
  [/NoExecuteTaintManager/, "put a NoExecute taint on nodes: every pod there that does not tolerate it is evicted"],
  [/SchedulerPreemption/, "make PriorityClasses and an extended resource of nodes, and preempt pods on them"],
  [/SchedulerPredicates/, "take nearly all CPU that a node has left, label nodes, use ports of nodes"],
  [/Daemon set|ControllerRevision/, "run DaemonSets on every node"],
  [/AdmissionWebhook|ValidatingAdmissionPolicy|webhook/i, "register admission webhooks and policies of the cluster"],
  [/Aggregator/, "register an aggregated API"],
  [/CustomResource|CRD/, "define custom resources, and so change what the API server publishes"],
  [/\[Serial\]/, "need the cluster for themselves: other work may be slow, and may make them fail"],
];

export interface Disturbance {
  readonly text: string;
  readonly specs: number;
}

export function disturbancesOf(specs: readonly string[]): readonly Disturbance[] {
  return disturbances.flatMap(([pattern, text]) => {
    const count = specs.filter((name) => pattern.test(name)).length;
    return count === 0 ? [] : [{ text, specs: count }];
  });
}
