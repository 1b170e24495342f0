import { read, unread } from "../model/fact.ts";
import type { PriorityLevelsFact } from "../model/facts/flow-control.ts";
import { defineProbe } from "../model/probe.ts";
import { reduceList } from "./reading.ts";
import { inOrder, textAt, valueAt } from "./untrusted.ts";

type Level = PriorityLevelsFact["levels"][number];

/** v1 from 1.29 on; 1.28 has v1beta3, where a limited level's 0 means the default of 30. */
const versions = ["v1", "v1beta3"] as const;

export const priorityLevelsProbe = defineProbe({
  id: "kube/priority-levels",
  title: "priority levels of the API server",
  tier: "observe",
  rights: [
    { kind: "resource", verb: "list", group: "flowcontrol.apiserver.k8s.io", resource: "prioritylevelconfigurations" },
  ],
  requests: 1,
  resolve: { "not-served": "Kubernetes 1.28 or newer" },
  async collect({ cluster }) {
    for (const version of versions) {
      const apiVersion = `flowcontrol.apiserver.k8s.io/${version}`;
      const path = `/apis/${apiVersion}/prioritylevelconfigurations`;
      const unset = version === "v1" ? 0 : 30;
      const reading = await reduceList(cluster, path, { limit: 500 }, (level) => levelOf(level, unset));
      if (reading.ok) {
        return read({ apiVersion, levels: [...reading.value.items].sort((a, b) => inOrder(a.name, b.name)) });
      }
      if (reading.reason !== "not-served" && reading.reason !== "not-found") return reading;
    }
    return unread("not-served", "the API server serves no priority levels in v1 or v1beta3");
  },
});

function levelOf(level: unknown, zeroMeans: number): Level | undefined {
  const name = textAt(level, "metadata", "name");
  const uid = textAt(level, "metadata", "uid");
  const type = textAt(level, "spec", "type");
  if (name === undefined || uid === undefined || (type !== "Limited" && type !== "Exempt")) return undefined;
  const part = type === "Limited" ? "limited" : "exempt";
  const given = valueAt(level, "spec", part, "nominalConcurrencyShares") ?? (type === "Limited" ? 30 : 0);
  if (typeof given !== "number" || !Number.isSafeInteger(given) || given < 0) return undefined;
  const limitResponse = textAt(level, "spec", "limited", "limitResponse", "type");
  return {
    name,
    uid,
    type,
    shares: given === 0 && type === "Limited" ? zeroMeans : given,
    ...(limitResponse === undefined ? {} : { limitResponse }),
  };
}
