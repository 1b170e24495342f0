import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { malformed } from "./reading.ts";
import { instantOf, textAt } from "./untrusted.ts";

export const identityProbe = defineProbe({
  id: "kube/identity",
  title: "uid and age of the cluster (namespace kube-system)",
  tier: "observe",
  rights: [{ kind: "resource", verb: "get", group: "", resource: "namespaces", name: "kube-system" }],
  requests: 1,
  async collect({ cluster }) {
    const reading = await cluster.json("/api/v1/namespaces/kube-system");
    if (!reading.ok) return reading;
    const uid = textAt(reading.value, "metadata", "uid");
    const createdAt = instantOf(reading.value, "metadata", "creationTimestamp");
    if (uid === undefined || createdAt === undefined) return malformed("the namespace kube-system");
    return read({ uid, createdAt });
  },
});
