import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { nodeRecord } from "./node-record.ts";
import { reduceList } from "./reading.ts";
import { inOrder } from "./untrusted.ts";

export const nodesProbe = defineProbe({
  id: "kube/nodes",
  title: "all nodes",
  tier: "observe",
  rights: [{ kind: "resource", verb: "list", group: "", resource: "nodes" }],
  requests: 1,
  async collect({ cluster, redactor }) {
    const reading = await reduceList(cluster, "/api/v1/nodes", { limit: 500 }, (node) => nodeRecord(node, redactor));
    if (!reading.ok) return reading;
    return read({ nodes: [...reading.value.items].sort((a, b) => inOrder(a.name, b.name)) });
  },
});
