/**
 * What is true of an imitation, by requirement: `holds`, `broken`, or `open` where the texts or what a cluster shows leave it
 * open whoever looks. A verdict may be weaker than the truth, never another one.
 */
import { type Imitation, onNodes, type ServerPlan } from "./grammar.ts";

export type Truth = "holds" | "broken" | "open";

const every = (imitation: Imitation, fits: (plan: ServerPlan) => boolean): Truth =>
  imitation.servers.every(fits) ? "holds" : "broken";

/** Nobody but its provider can tell what a hidden control plane was given. */
const shown = (imitation: Imitation, truth: Truth): Truth => (onNodes(imitation) ? truth : "open");

function hosts(imitation: Imitation): Truth {
  const { servers } = imitation;
  const first = servers[0];
  if (servers.length === 1) return "broken";
  if (servers.every(({ kernel }) => kernel === "shared")) return "broken";
  if (servers.some(({ host }) => host === "none")) return "open";
  return servers.every(({ host }) => host === first?.host) ? "broken" : "holds";
}

function zones(placed: readonly string[]): Truth {
  const known = new Set(placed.filter((zone) => zone !== "none"));
  if (known.size >= 2) return "holds";
  return placed.includes("none") && placed.length >= 2 ? "open" : "broken";
}

function labels({ servers, workers, ...rest }: Imitation): Truth {
  const placed = [...(onNodes({ servers, workers, ...rest }) ? servers.map(({ zone }) => zone) : []), ...workers];
  return placed.length === 0 ? "open" : placed.includes("none") ? "broken" : "holds";
}

function limited({ fairness, inflight, unlimited }: ServerPlan): boolean {
  return fairness !== "off" || inflight === "none" || !unlimited;
}

function defaultClass({ storage, fresh }: Imitation): Truth {
  if (storage === "none" || storage === "unmarked") return fresh ? "broken" : "open";
  return storage === "beta" ? "open" : "holds";
}

/** A pass of a clause about effects rests on the API server that answered; a failure needs one that is wrong. */
export function truthsOf(imitation: Imitation): { readonly [requirement: string]: Truth } {
  const placement = shown(imitation, hosts(imitation));
  const local: Truth = imitation.storage === "local" ? "broken" : "open";
  const network: Truth = imitation.storage === "network" || imitation.storage === "beta" ? "holds" : local;
  const flags = (fits: (plan: ServerPlan) => boolean) => every(imitation, fits);
  return {
    "scs-0210-v2/patch-recency": imitation.release === "newest" ? "holds" : "broken",
    "scs-0211-v1/data-loss-protection": local,
    "scs-0211-v1/node-lifecycle": network,
    "scs-0211-v1/no-local-storage": network,
    "scs-0211-v2/default-class": defaultClass(imitation),
    "scs-0213-v1/control-plane-redundant": shown(imitation, imitation.servers.length > 1 ? "holds" : "broken"),
    "scs-0213-v1/control-plane-duplicated": shown(imitation, imitation.servers.length > 1 ? "holds" : "broken"),
    "scs-0214-v2/control-plane-hosts": placement,
    "scs-0214-v2/control-plane-zones": shown(imitation, zones(imitation.servers.map(({ zone }) => zone))),
    "scs-0214-v2/topology-labels": labels(imitation),
    "scs-0215-v1/request-limit": flags(limited),
    "scs-0215-v1/inflight-parameters": shown(
      imitation,
      flags(({ inflight, minTimeout }) => inflight === "both" && minTimeout),
    ),
    "scs-0215-v1/event-rate-limit": flags(({ plugin }) => plugin === "configured"),
    "scs-0215-v1/priority-and-fairness": flags(({ fairness }) => fairness !== "off"),
    "scs-0215-v1/etcd-compaction": shown(
      imitation,
      flags(({ compaction }) => compaction === "right"),
    ),
  };
}

/** Clauses that a control plane which is not visible leaves open, whatever the API server tells of itself. */
export const ofTheControlPlane: readonly string[] = [
  "scs-0213-v1/control-plane-redundant",
  "scs-0213-v1/control-plane-duplicated",
  "scs-0213-v1/components-on-other-machines",
  "scs-0214-v2/control-plane-hosts",
  "scs-0214-v2/control-plane-zones",
  "scs-0215-v1/inflight-parameters",
  "scs-0215-v1/etcd-compaction",
];
