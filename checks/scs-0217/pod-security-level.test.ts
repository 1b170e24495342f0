import type { FactValues } from "../../src/model/facts/index.ts";
import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import { apiServerPod, apiServers, metrics, staticPods } from "../../tests/support/facts.ts";
import { podSecurityLevel } from "./pod-security-level.ts";

const none = { privileged: 0, baseline: 0, restricted: 0, other: 0 };
const labels = (enforce: Partial<typeof none> = {}): FactValues["kube/pod-security-labels"] => ({
  namespaces: 6,
  enforce: { ...none, ...enforce },
  audit: none,
  warn: none,
});
const held = (counts: Record<string, number>, mode = "enforce") =>
  metrics({
    pod_security_evaluations_total: Object.entries(counts).map(([level, value]) => ({
      labels: { mode, policy_level: level, decision: "allow" },
      value,
    })),
  });
const configured = apiServerPod("a", {}, ["admission-control-config-file"]);
const talos = {
  "kube/control-plane-pods": staticPods(configured),
  "kube/node-args": { nodes: [] },
  "kube/api-server-instances": apiServers(1),
};

const refusing = (
  privilegedPod: NonNullable<FactValues["kube/pod-security"]["privilegedPod"]>,
): FactValues["kube/pod-security"] => ({ admission: true, privilegedPod });

describeCheck(
  podSecurityLevel,
  ["pass", "undetermined"],
  [
    {
      name: "a default of baseline shows itself",
      facts: { ...talos, "kube/pod-security-labels": labels(), "kube/api-server-metrics": held({ baseline: 40 }) },
      outcome: "pass",
      because: /held to baseline/,
    },
    {
      name: "a default of restricted, in namespaces labelled privileged else",
      facts: {
        ...talos,
        "kube/pod-security-labels": labels({ privileged: 1 }),
        "kube/api-server-metrics": held({ restricted: 1 }),
      },
      outcome: "pass",
    },
    {
      name: "levels of namespaces that are gone: a conformance run leaves both",
      facts: {
        ...talos,
        "kube/pod-security-labels": labels(),
        "kube/api-server-metrics": held({ baseline: 300, restricted: 200 }),
      },
      outcome: "undetermined",
    },
    {
      name: "a labelled namespace explains the count",
      facts: {
        ...talos,
        "kube/pod-security-labels": labels({ baseline: 1 }),
        "kube/api-server-metrics": held({ baseline: 40 }),
      },
      outcome: "undetermined",
      because: /1 of 6 namespaces enforce one by label$/,
    },
    {
      name: "pods were let through as privileged",
      facts: {
        ...talos,
        "kube/pod-security-labels": labels(),
        "kube/api-server-metrics": held({ baseline: 40, privileged: 2 }),
      },
      outcome: "undetermined",
    },
    {
      name: "warned of only",
      facts: {
        ...talos,
        "kube/pod-security-labels": labels(),
        "kube/api-server-metrics": held({ baseline: 40 }, "warn"),
      },
      outcome: "undetermined",
    },
    {
      name: "kubeadm's default is named and does not fail",
      facts: {
        ...talos,
        "kube/control-plane-pods": staticPods(apiServerPod("a")),
        "kube/pod-security-labels": labels(),
        "kube/api-server-metrics": held({ privileged: 26 }),
        "kube/custom-resources": { total: 1, relevant: ["constrainttemplates.templates.gatekeeper.sh"] },
      },
      outcome: "undetermined",
      findings: ["no-default-level"],
      because: /Gatekeeper may hold/,
      missing: ['tier "dry-run" or a declaration'],
    },
    {
      name: "one of three API servers counts for itself",
      facts: {
        ...talos,
        "kube/api-server-instances": apiServers(3),
        "kube/pod-security-labels": labels(),
        "kube/api-server-metrics": held({ baseline: 40 }),
      },
      outcome: "undetermined",
    },
    {
      name: "namespaces that may not be listed",
      facts: {
        ...talos,
        "kube/pod-security-labels": unavailable("forbidden", "the right to list namespaces"),
        "kube/api-server-metrics": held({ baseline: 40 }),
      },
      outcome: "undetermined",
      missing: ["the right to list namespaces", 'tier "dry-run" or a declaration'],
    },
    {
      name: "pods of the control plane that may not be listed",
      facts: {
        ...talos,
        "kube/control-plane-pods": unavailable("forbidden", "the right to list pods"),
        "kube/pod-security-labels": labels(),
        "kube/api-server-metrics": held({ baseline: 40 }),
      },
      outcome: "undetermined",
    },
    {
      name: "a privileged pod would be refused where no label stands",
      facts: { ...talos, "kube/pod-security": refusing({ refused: true, labelled: false, level: "baseline" }) },
      outcome: "pass",
      observed: { refusedAt: "baseline" },
    },
    {
      name: "the namespace that was asked for has a label itself",
      facts: { ...talos, "kube/pod-security": refusing({ refused: true, labelled: true, level: "baseline" }) },
      outcome: "undetermined",
    },
    {
      name: "whether it has one is not known",
      facts: { ...talos, "kube/pod-security": refusing({ refused: true, labelled: null, level: "baseline" }) },
      outcome: "undetermined",
    },
    {
      name: "something else refuses it",
      facts: { ...talos, "kube/pod-security": refusing({ refused: true, labelled: false }) },
      outcome: "undetermined",
      findings: [],
    },
    {
      name: "a privileged pod would be accepted, from this user at least",
      facts: { ...talos, "kube/pod-security": refusing({ refused: false, labelled: false }) },
      outcome: "undetermined",
      findings: ["privileged-pod-accepted"],
    },
    {
      name: "one of two API servers refused it",
      facts: {
        ...talos,
        "kube/api-server-instances": apiServers(2),
        "kube/pod-security": refusing({ refused: true, labelled: false, level: "baseline" }),
      },
      outcome: "undetermined",
    },
  ],
);
