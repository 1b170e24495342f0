import { read } from "../model/fact.ts";
import type { LeaderLeasesFact } from "../model/facts/leader-leases.ts";
import { defineProbe } from "../model/probe.ts";
import { reduceList } from "./reading.ts";
import { detached, inOrder, instantOf, textAt, valueAt } from "./untrusted.ts";

type LeaderLease = LeaderLeasesFact["leases"][number];

const components = ["kube-controller-manager", "kube-scheduler"] as const;

export const leaderLeasesProbe = defineProbe({
  id: "kube/leader-leases",
  title: "who leads controller manager and scheduler",
  tier: "observe",
  rights: [
    { kind: "resource", verb: "list", group: "coordination.k8s.io", resource: "leases", namespace: "kube-system" },
  ],
  requests: 1,
  async collect({ cluster }) {
    const path = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
    const reading = await reduceList(cluster, path, { limit: 500 }, leaseOf);
    if (!reading.ok) return reading;
    const leases = reading.value.items.filter((lease) => lease !== "other");
    return read({ leases: leases.sort((a, b) => inOrder(a.component, b.component)) });
  },
});

/** `other`: a Lease of something else, or one that nobody has held yet. */
function leaseOf(lease: unknown): LeaderLease | "other" | undefined {
  const name = textAt(lease, "metadata", "name");
  if (name === undefined) return undefined;
  const component = components.find((known) => known === name);
  const renewedAt = instantOf(lease, "spec", "renewTime");
  if (component === undefined || renewedAt === undefined) return "other";
  const changes = valueAt(lease, "spec", "leaseTransitions");
  const host = /^([A-Za-z0-9][A-Za-z0-9.-]{0,252})_/.exec(textAt(lease, "spec", "holderIdentity") ?? "")?.[1];
  const transitions = typeof changes === "number" && Number.isSafeInteger(changes) && changes >= 0 ? changes : 0;
  return { component, ...(host === undefined ? {} : { holder: detached(host) }), transitions, renewedAt };
}
