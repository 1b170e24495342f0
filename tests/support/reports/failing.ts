/** A k3s cluster that is behind on patches, has its control plane on one host, and was not given conformance results. */
import type { Report } from "../../../src/model/report.ts";
import { reportOf, resultOf } from "../reports.ts";

const notGiven = {
  missing: [
    {
      fact: "input/conformance-results",
      reason: "not-given",
      resolve: "conformance results (`--conformance-results`)",
    },
  ],
} as const;

export function failingReport(more: Partial<Report> = {}): Report {
  return reportOf(
    [
      resultOf("conformance", "not-run", "no conformance results were given", { missing: [...notGiven.missing] }),
      resultOf("network", "not-run", "no conformance results were given", { missing: [...notGiven.missing] }),
      resultOf("branch", "pass", "branch 1.33 is supported upstream until 2027-06-28", {
        observed: { branch: "1.33", endOfLife: "2027-06-28" },
      }),
      resultOf("patch", "fail", "v1.33.4 was replaced by v1.33.6 44 days ago", {
        observed: { running: "v1.33.4+k3s1", newest: "v1.33.6", released: "2026-10-10" },
        findings: [
          {
            code: "patch-too-old",
            subject: { kind: "Cluster", name: "" },
            expected: "v1.33.6 (released 2026-10-10), or a release at most 31 days behind it",
            actual: "v1.33.4+k3s1",
            message: "the running patch release was replaced more than 31 days ago",
          },
        ],
        remediation: {
          platform: "k3s",
          text: "Upgrade the servers first and the agents after them, one at a time: re-run the installer with INSTALL_K3S_VERSION=v1.33.6+k3s1, or let the system-upgrade-controller do it.",
        },
      }),
      resultOf("hosts", "fail", "all 3 control-plane nodes run on one machine", {
        observed: { nodes: 3, machines: 1 },
        waiver: {
          id: "OPS-1742",
          reason: "The second rack is delivered in March.",
          approver: "John Roe, head of operations",
          expires: "2027-04-01T00:00:00Z",
        },
        attestation: { question: "Are the control-plane nodes kept on different physical hosts?", state: "disproved" },
        declaration: {
          statement: "The control plane is spread over three hosts.",
          declaredAt: "2026-10-05T08:00:00Z",
          validUntil: "2027-04-01T00:00:00Z",
          signedBy: "SHA256:p0Vb1nY8l1c2T5s9D4u7w6E3x2K0j8h5G9f4d3s2a1Q",
          reviewed: false,
          contradicted: true,
        },
        findings: ["server-0", "server-1", "server-2"].map((name) => ({
          code: "shared-machine",
          subject: { kind: "Node", name },
          expected: "a boot id of its own",
          actual: "boot id 0c1b7a52, shared with 2 other control-plane nodes",
          message: "the node shares its machine with the rest of the control plane",
        })),
        remediation: {
          platform: "k3s",
          text: "Move the server nodes to different hosts, for example with a server group of policy anti-affinity.",
        },
      }),
      resultOf("labels", "fail", "1 of 6 nodes lacks the zone label", {
        observed: { nodes: 6, labelled: 5 },
        attestation: { question: "Do all nodes carry region and zone labels?", state: "disproved" },
        findings: [
          {
            code: "label-absent",
            subject: { kind: "Node", name: "agent-2" },
            expected: "topology.kubernetes.io/zone",
            actual: null,
            message: "the node has no zone label",
          },
        ],
        remediation: {
          platform: "k3s",
          text: "Start the agent with --node-label topology.kubernetes.io/zone=ZONE, or install the cloud controller manager.",
        },
      }),
      resultOf("offered", "not-run", "a person has to answer", {
        missing: [{ fact: "declaration", reason: "not-given", resolve: "a signed declaration (`--declarations`)" }],
        attestation: {
          question: "Is the newest minor offered to customers within four months of its release?",
          state: "due",
        },
      }),
      resultOf("zones", "undetermined", "1 of 3 control-plane nodes has no zone label", {
        missing: [{ fact: "kube/nodes", reason: "not-visible", resolve: "zone labels on all nodes" }],
      }),
      resultOf("storage", "not-applicable", "no storage is offered: there is no storage class and no CSI driver", {
        observed: { classes: 0, drivers: 0 },
      }),
      resultOf("throttling", "undetermined", "1 of 3 API servers could be looked at", {
        observed: { servers: 3, seen: 1 },
        missing: [{ fact: "kube/flagz", reason: "forbidden", resolve: "the right to get /flagz" }],
      }),
      resultOf("events", "not-run", "needs tier `system`", {
        missing: [{ fact: "kube/api-server-metrics", reason: "tier-not-allowed", resolve: "tier `system`" }],
      }),
      resultOf("rotation", "undetermined", "the check broke: RangeError in scs-0215/certificate-age", { defect: true }),
    ],
    {
      subject: "example-k3s-1.33",
      cluster: { uid: "1b9a0f3e-5a51-4b0c-9b3e-64ce4d8d1b0a", version: "v1.33.4+k3s1", platform: "k3s", nodes: 6 },
      gatheredBy: "unsigned",
      declarations: [
        {
          requirement: "scs-0210-v2/newest-minor-offered",
          file: "declarations.yaml",
          declaredAt: "2026-04-02T08:00:00Z",
          signedBy: "SHA256:p0Vb1nY8l1c2T5s9D4u7w6E3x2K0j8h5G9f4d3s2a1Q",
          reason: "expired",
          message: "it was valid until 2026-07-01T00:00:00Z",
        },
        {
          requirement: "scs-0214-v2/control-plane-hosts",
          file: "declarations.yaml",
          declaredAt: "2026-10-05T08:00:00Z",
          signedBy: "SHA256:p0Vb1nY8l1c2T5s9D4u7w6E3x2K0j8h5G9f4d3s2a1Q",
          reason: "contradicted",
          message: "what was measured says otherwise: all 3 control-plane nodes run on one machine",
        },
      ],
      waivers: [
        { id: "OPS-1742", state: "used", message: "it covers scs-0214-v2/control-plane-hosts" },
        { id: "OPS-1699", state: "expired", message: "it ended on 2026-11-01T00:00:00Z; what it covered counts again" },
        {
          id: "OPS-ALL",
          state: "too-broad",
          message: "scs-* reaches into 7 standards; name what fails in one of them",
        },
      ],
      ...more,
    },
  );
}
