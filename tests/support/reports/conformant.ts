/** A cluster that passes all that counts, with advice to look at and one attestation of each kind. */
import type { Report } from "../../../src/model/report.ts";
import { reportOf, resultOf } from "../reports.ts";

export function conformantReport(more: Partial<Report> = {}): Report {
  return reportOf(
    [
      resultOf("conformance", "pass", "all 441 conformance tests of v1.34 passed, none was left out", {
        basis: "imported",
        observed: { minor: "1.34", passed: 441, required: 441, tool: "hydrophone" },
      }),
      resultOf("branch", "pass", "branch 1.34 is supported upstream until 2027-10-27", {
        observed: { branch: "1.34", endOfLife: "2027-10-27" },
      }),
      resultOf("patch", "pass", "v1.34.2 is the newest patch release of its branch", {
        observed: { running: "v1.34.2", newest: "v1.34.2", released: "2026-11-12" },
      }),
      resultOf("network", "pass", "all 38 NetworkPolicy specs passed, 1 of them with a tolerated failure", {
        basis: "imported",
        observed: { passed: 38, required: 38, tolerated: 1 },
        findings: [
          {
            code: "tolerated-failure",
            subject: {
              kind: "Spec",
              name: "[sig-network] Netpol should support allow-all policy [Feature:NetworkPolicy]",
            },
            expected: "passed",
            actual: "failed",
            message: "this failure is on the list of failures that the standard's test configuration tolerates",
          },
        ],
      }),
      resultOf(
        "hosts",
        "pass",
        "3 control-plane nodes carry 3 different host ids, not refreshed after live migration",
        {
          observed: { nodes: 3, hosts: 3 },
          attestation: {
            question: "Are the control-plane nodes kept on different physical hosts, also after live migration?",
            state: "declared",
          },
          declaration: {
            statement: "Server groups with anti-affinity hold for all control-plane nodes.",
            declaredAt: "2026-10-05T08:00:00Z",
            validUntil: "2027-04-01T00:00:00Z",
            signedBy: "SHA256:k3QmVZ5yXr0m0zQ0m7yqkq3Hn3N1o3cQb3yVwq9rJ5s",
            reviewed: false,
            contradicted: false,
          },
        },
      ),
      resultOf("labels", "pass", "all 6 nodes carry both labels", { observed: { nodes: 6, labelled: 6 } }),
      resultOf("offered", "not-run", "a person has to answer", {
        missing: [{ fact: "declaration", reason: "not-given", resolve: "a signed declaration (`--declarations`)" }],
        attestation: {
          question: "Is the newest minor offered to customers within four months of its release?",
          state: "due",
        },
      }),
      resultOf("zones", "fail", "all 3 control-plane nodes are in zone az1", {
        observed: { zones: ["az1"], nodes: 3 },
        findings: [
          {
            code: "one-zone",
            subject: { kind: "Cluster", name: "" },
            expected: "2 zones or more",
            actual: "1 zone: az1",
            message: "a failure of zone az1 takes the whole control plane down",
          },
        ],
        remediation: {
          platform: "cluster-api",
          text: "List more than one failure domain in the OpenStackCluster (spec.controlPlaneAvailabilityZones) and roll the control plane; clouds with a single zone can leave it as it is.",
        },
      }),
      resultOf("storage", "pass", "the storage class csi-cinder-default is the default", {
        observed: { defaults: ["csi-cinder-default"] },
      }),
      resultOf("throttling", "pass", "all 3 API servers limit requests in flight", {
        observed: { "max-requests-inflight": 400, "max-mutating-requests-inflight": 200, servers: 3 },
      }),
      resultOf("events", "fail", "no API server has the admission plugin EventRateLimit", {
        observed: { plugins: ["NodeRestriction", "ServiceAccount", "PodSecurity"] },
        findings: [
          {
            code: "plugin-absent",
            subject: { kind: "Pod", namespace: "kube-system", name: "kube-apiserver-cp-0" },
            expected: "EventRateLimit",
            actual: ["NodeRestriction", "ServiceAccount", "PodSecurity"],
            message: "the admission plugin is not active",
          },
        ],
        remediation: {
          platform: "cluster-api",
          text: "Set enable-admission-plugins and admission-control-config-file under apiServer.extraArgs of the KubeadmControlPlane, and mount the configuration through apiServer.extraVolumes.",
        },
      }),
      resultOf("rotation", "undetermined", "the serving certificate is 73 days old, too young to tell", {
        observed: { notBefore: "2026-09-11T09:30:00Z", ageDays: 73 },
        missing: [
          { fact: "kube/serving-certificate", reason: "not-visible", resolve: "a cluster older than one year" },
        ],
      }),
    ],
    more,
  );
}
