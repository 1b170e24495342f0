import { read, unread } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { isAccepted, lacksRight, messageOf } from "./said.ts";

/** A node that does not exist: to act as it harms nothing, and rights can name it. */
const node = "scs-conformance-node";
const label = "scs-conformance.example/probe";

export const nodeRestrictionProbe = defineProbe({
  id: "kube/node-restriction",
  title: "whether a node may change another one, by a dry run",
  tier: "dry-run",
  rights: [
    { kind: "resource", verb: "impersonate", group: "", resource: "users", name: `system:node:${node}` },
    { kind: "resource", verb: "impersonate", group: "", resource: "groups", name: "system:nodes" },
  ],
  asks: { dryRuns: true, as: `the node ${node}, which does not exist` },
  requests: 1,
  after: ["kube/nodes"],
  async collect({ ask, fact }) {
    const nodes = await fact("kube/nodes");
    if (nodes.status === "unavailable") return unread(nodes.reason, "no node is known whose change could be asked for");
    const [first] = nodes.value.nodes;
    if (!first) return unread("not-found", "the cluster shows no node whose change could be asked for");
    const patch = { metadata: { labels: { [label]: "true" } } };
    const as = { user: `system:node:${node}`, groups: ["system:nodes"] };
    const said = await ask.patch(`/api/v1/nodes/${encodeURIComponent(first.name)}`, patch, { as });
    if (!said.ok) return said;
    if (isAccepted(said.value)) return read({ refused: false });
    const message = messageOf(said.value);
    if (message.includes("is not allowed to modify node")) return read({ refused: true });
    return lacksRight(said.value, "impersonate") ?? read({ refused: null });
  },
});
