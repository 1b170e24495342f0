/** Evidence that example reports could rest on: nodes, enough to show excerpts. */
import { digestOf, sha256 } from "../../../src/model/digest.ts";
import type { Evidence } from "../../../src/model/evidence.ts";
import type { Json } from "../../../src/model/json.ts";
import type { Report } from "../../../src/model/report.ts";

/** Evidence around a report: its subject, scope and times, and a few nodes. Anything of the nodes' names can be set. */
export function evidenceOf(
  report: Report,
  nodeNames: readonly string[] = ["server-0", "server-1", "agent-2"],
): Evidence {
  const at = report.checkedAt;
  const nodes: Json = {
    nodes: nodeNames.map((name, index) => ({
      name,
      roles: name.startsWith("server") ? ["control-plane", "etcd"] : [],
      labels: { "topology.kubernetes.io/region": "eu-1" },
      bootId: index < 2 ? "0c1b7a52-6d5e-4f7a-9c38-5a1be1f0d9aa" : "9d2e4c11-0f3b-4b6e-8a77-1c5d2e9f4b30",
      ready: "True",
      kubeletVersion: "v1.33.4+k3s1",
    })),
  };
  const gathering = {
    tool: { name: report.tool.name, version: report.tool.version },
    startedAt: at,
    checkedAt: at,
    tier: report.selection.tier,
    gatheredBy: report.gatheredBy,
    requests: [],
    items: {
      "kube/nodes": { status: "collected" as const, at, milliseconds: 31, sha256: digestOf(nodes), value: nodes },
      "kube/flagz": {
        status: "unavailable" as const,
        at,
        milliseconds: 4,
        reason: "forbidden" as const,
        message: "GET /flagz: 403",
        resolve: "the right to get /flagz",
      },
    },
  };
  return {
    schemaVersion: 1,
    facts: { sha256: digestOf(gathering), gathering },
    inputs: {
      subject: report.subject,
      scope: { id: report.scope.id, text: "name: SCS-compatible KaaS\n", sha256: sha256("scope") },
      selection: report.selection,
      includeProposed: false,
      kubernetesReleases: { at, sha256: digestOf({ releases: [] }), value: { releases: [] }, date: report.data.date },
    },
  };
}
