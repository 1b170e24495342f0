import { describeCheck, withFacts } from "../../tests/support/check-table.ts";
import { controlPlane, nodes, platform, worker, zone } from "../../tests/support/facts.ts";
import { scenario } from "../../tests/support/upstream-scenarios.ts";
import { workerZones } from "./worker-zones.ts";

describeCheck(
  workerZones,
  ["pass", "fail", "undetermined", "not-applicable"],
  withFacts({ "kube/platform": platform("kubeadm") }, [
    { name: "success-1: three zones", facts: { "kube/nodes": scenario("success-1") }, outcome: "pass" },
    {
      name: "no-distribution-2: one zone",
      facts: { "kube/nodes": scenario("no-distribution-2") },
      outcome: "fail",
      findings: ["too-few-zones"],
    },
    { name: "one worker", facts: { "kube/nodes": nodes(worker("w", { [zone]: "1" })) }, outcome: "fail" },
    { name: "one worker without label", facts: { "kube/nodes": nodes(worker("w")) }, outcome: "fail" },
    {
      name: "workers without labels",
      facts: { "kube/nodes": nodes(worker("v"), worker("w")) },
      outcome: "undetermined",
      findings: ["zone-unknown"],
    },
    {
      name: "control plane only",
      facts: { "kube/nodes": nodes(controlPlane("a"), controlPlane("b")) },
      outcome: "not-applicable",
      observed: { nodes: 2, workers: 0 },
    },
    { name: "no nodes", facts: { "kube/nodes": nodes() }, outcome: "undetermined" },
    {
      name: "nodes with the role are workers where the control plane runs elsewhere",
      facts: {
        "kube/nodes": nodes(controlPlane("a", { [zone]: "1" }), controlPlane("b", { [zone]: "2" })),
        "kube/platform": platform("hosted", "hidden"),
      },
      outcome: "pass",
    },
    {
      name: "whether nodes with the role are workers is not known",
      facts: {
        "kube/nodes": nodes(controlPlane("a", { [zone]: "1" }), controlPlane("b", { [zone]: "2" })),
        "kube/platform": platform("kubeadm", "unknown"),
      },
      outcome: "undetermined",
      missing: ["the right to list leases in kube-system"],
    },
    {
      name: "whether nodes with the role are workers does not matter",
      facts: {
        "kube/nodes": nodes(
          controlPlane("a", { [zone]: "1" }),
          worker("v", { [zone]: "1" }),
          worker("w", { [zone]: "2" }),
        ),
        "kube/platform": platform("kubeadm", "unknown"),
      },
      outcome: "pass",
    },
  ]),
);
