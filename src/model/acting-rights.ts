/** The rights that acting needs beside those a probe names: to make and unmake where it acts. */
import type { Makes } from "./acting.ts";
import type { AnyProbe, Right } from "./probe.ts";

type ResourceRight = Extract<Right, { readonly kind: "resource" }>;

const namespaceRights: readonly Right[] = (["create", "get", "list", "delete"] as const).map((verb) => ({
  kind: "resource",
  verb,
  group: "",
  resource: "namespaces",
}));
/** Pods cannot be made before a new namespace has its ServiceAccount. */
const accountRight: Right = { kind: "resource", verb: "get", group: "", resource: "serviceaccounts", own: true };

/** To see which images nodes have. */
const nodesRight: Right = { kind: "resource", verb: "list", group: "", resource: "nodes" };

/** What takes the place of an image's reference: one that is on all nodes already. */
export const imageOnNodes = "nodes";

/** Where and with what a run acts, as far as that decides what it has to be allowed. */
export interface ActingPlace {
  /** The only namespace to act in; undefined: the run makes its own. */
  readonly namespace?: string | undefined;
  /** Image of the pods, or {@link imageOnNodes}. */
  readonly image?: string | undefined;
}

/**
 * All rights of a probe. In namespaces of the run's own these are granted everywhere, as nobody knows before what they are
 * called, and what is made goes with its namespace; in one that the caller named each object is unmade by itself.
 */
export function rightsOf(probe: Pick<AnyProbe, "rights" | "makes">, place: ActingPlace = {}): readonly Right[] {
  const { makes } = probe as { readonly makes?: Makes };
  if (makes === undefined) return probe.rights;
  const { namespace, image } = place;
  const declared = probe.rights.flatMap(withLook);
  const rights = image === imageOnNodes && makes.pods > 0 ? [...declared, nodesRight] : declared;
  if (namespace === undefined)
    return distinctRights([...namespaceRights, accountRight, ...rights, ...unmaking(rights, false)]);
  return distinctRights([...rights, ...unmaking(rights, true)].map((right) => placed(right, namespace)));
}

/** What is removed while a run goes on is looked at before, as only the run's own may go, and after, until it is gone. */
function withLook(right: Right): readonly Right[] {
  return right.kind === "resource" && right.verb === "delete" ? [{ ...right, verb: "get" }, right] : [right];
}

/** What is made and does not go with a namespace is looked for and removed by name; the run's last question lists it. */
function unmaking(rights: readonly Right[], alsoOwn: boolean): readonly Right[] {
  return rights.flatMap((right) => {
    if (right.kind !== "resource" || right.verb !== "create" || right.resource.includes("/")) return [];
    if (right.own === true ? !alsoOwn : right.name !== undefined || right.namespace !== undefined) return [];
    if (isReview(right)) return [];
    const unmade = unmakingVerbs.map((verb): Right => ({ ...right, verb }));
    return makesPods(right.resource) ? [...unmade, { ...right, verb: "list", group: "", resource: "pods" }] : unmade;
  });
}

export const unmakingVerbs = ["get", "list", "delete"] as const;

/** Its controller makes pods, which bear the run's label as well. */
export function makesPods(resource: string): boolean {
  return /^(deployments|daemonsets|statefulsets|replicasets|replicationcontrollers|jobs|cronjobs)$/.test(resource);
}

/** Answered and forgotten. */
function isReview({ group }: ResourceRight): boolean {
  return group === "authorization.k8s.io" || group === "authentication.k8s.io";
}

function placed(right: Right, namespace: string): Right {
  if (right.kind !== "resource" || right.own !== true) return right;
  const { own: _, ...rest } = right;
  return { ...rest, namespace };
}

export function distinctRights(rights: readonly Right[]): readonly Right[] {
  return [...new Map(rights.map((right) => [JSON.stringify(right), right])).values()];
}
