/** A right in words: the same in plans, explanations and what is missed, so that one text leads to the other. */
import type { Right } from "./probe.ts";
import { type View, viewNames } from "./views.ts";

const kinds: { readonly [resource: string]: string } = {
  clusterroles: "ClusterRole",
  configmaps: "ConfigMap",
  namespaces: "namespace",
  endpointslices: "EndpointSlice",
  users: "user",
  groups: "group",
  services: "Service",
};

/** A right with where it is needed, unless that is the cluster itself: `list machines on the management cluster`. */
export function describeRightOn(view: View | undefined, right: Right): string {
  const text = describeRight(right);
  return view === undefined || view === "cluster" ? text : `${text} on ${viewNames[view]}`;
}

/** `list nodes`, `list pods in kube-system`, `create pods in the run's own namespaces`, `get /metrics`, `get the ConfigMap kube-system/kubeadm-config`. */
export function describeRight(right: Right): string {
  if (right.kind === "path") return `${right.verb} ${right.path}`;
  const { verb, resource, name } = right;
  const namespace = right.namespace ?? (right.own === true ? "the run's own namespaces" : undefined);
  if (name === undefined) return `${verb} ${resource}${namespace === undefined ? "" : ` in ${namespace}`}`;
  const kind = kinds[resource] ?? resource;
  return `${verb} the ${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
