/** From where a run looks at a cluster. */
import type { ProbedFactId } from "./facts/index.ts";

/** The places from which a run looks at one cluster: through its own API, its management cluster, its cloud. */
export const views = ["cluster", "management", "cloud"] as const;
export type View = (typeof views)[number];

/** Views that are only there when the caller gives them. */
export type FurtherView = Exclude<View, "cluster">;

/** Asked first and alone of its view: needs no right, so that its silence means that all of the view is silent. */
export const firstLooks: { readonly [V in View]?: ProbedFactId } = {
  cluster: "kube/version",
  management: "management/apis",
};

/** What a right is needed on, and what the reader's words call it. */
export const viewNames: { readonly [V in View]: string } = {
  cluster: "the cluster",
  management: "the management cluster",
  cloud: "the cloud",
};

/** The option that gives a view. */
export const viewOptions: { readonly [V in FurtherView]: string } = {
  management: "--management-kubeconfig FILE",
  cloud: "--openstack-cloud NAME",
};
