import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import {
  apiServers,
  controlPlaneThere,
  defaultLevels,
  defaultSeats,
  flags,
  serverNode,
  staticPod,
  staticPods,
} from "../../tests/support/facts.ts";
import { inflightParameters } from "./inflight-parameters.ts";

const all = { "max-requests-inflight": "400", "max-mutating-requests-inflight": "200", "min-request-timeout": "1800" };
const two = { "max-requests-inflight": "400", "max-mutating-requests-inflight": "200" };
const kubeadmConfig = {
  apiVersion: "kubeadm.k8s.io/v1beta4",
  apiServer: flags(all),
  etcd: { placement: "local" as const, flags: flags() },
  podFamilies: [],
  serviceFamilies: [],
};
describeCheck(
  inflightParameters,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "set on both of two",
      facts: {
        "kube/control-plane-pods": staticPods(
          staticPod("kube-apiserver", "a", all),
          staticPod("kube-apiserver", "b", all),
        ),
        "kube/api-server-instances": apiServers(2, 2),
      },
      outcome: "pass",
    },
    {
      name: "set to a value that is not kept",
      facts: {
        "kube/control-plane-pods": staticPods(
          staticPod("kube-apiserver", "a", {}, { flags: flags(two, ["min-request-timeout"]) }),
        ),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "pass",
    },
    {
      name: "RKE2, pods not readable, by node-args",
      facts: {
        "kube/control-plane-pods": unavailable("forbidden", "the right to list pods"),
        "kube/node-args": { nodes: [serverNode("rke2", "a", { apiServer: flags(all) })] },
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "pass",
    },
    {
      name: "nothing visible here, written and rolled out in the management cluster",
      facts: {
        "kube/api-server-instances": apiServers(3),
        "management/control-plane": controlPlaneThere({ apiServer: flags(all) }),
      },
      outcome: "pass",
      because: /on every API server$/,
    },
    {
      name: "written, but not rolled out",
      facts: {
        "kube/api-server-instances": apiServers(3),
        "management/control-plane": controlPlaneThere({ apiServer: flags(all), rolledOut: false }),
      },
      outcome: "undetermined",
    },
    {
      name: "not written, where commands may write them",
      facts: { "management/control-plane": controlPlaneThere({ hidesFlags: true }) },
      outcome: "undetermined",
    },
    {
      name: "two of three not written by Kamaji",
      facts: {
        "management/control-plane": controlPlaneThere({
          kind: "TenantControlPlane",
          apiServer: flags({ "max-requests-inflight": "400" }),
        }),
      },
      outcome: "fail",
      findings: ["flag-not-set", "flag-not-set"],
    },
    {
      name: "what runs goes before what is written",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a")),
        "kube/api-server-instances": apiServers(1),
        "management/control-plane": controlPlaneThere({ apiServer: flags(all) }),
      },
      outcome: "fail",
    },
    {
      name: "kubeadm without any of them",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a")),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "fail",
      findings: ["flag-not-set", "flag-not-set", "flag-not-set"],
    },
    {
      name: "recorded k3s: two set, the timeout not",
      facts: {
        "kube/node-args": { nodes: [serverNode("k3s", "a", { apiServer: flags(two) })] },
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "fail",
      findings: ["flag-not-set"],
      because: /set on a$/,
    },
    {
      name: "two API servers with different flags: the one lacking is named",
      facts: {
        "kube/control-plane-pods": staticPods(
          staticPod("kube-apiserver", "a", all),
          staticPod("kube-apiserver", "b", two),
        ),
        "kube/api-server-instances": apiServers(2),
      },
      outcome: "fail",
      because: /set on kube-apiserver-b$/,
    },
    {
      name: "one seen and lacking decides, whatever the others have",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a")),
        "kube/api-server-instances": apiServers(3),
      },
      outcome: "fail",
    },
    {
      name: "two of three seen",
      facts: {
        "kube/control-plane-pods": staticPods(
          staticPod("kube-apiserver", "a", all),
          staticPod("kube-apiserver", "b", all),
        ),
        "kube/api-server-instances": apiServers(3),
      },
      outcome: "undetermined",
      because: /^2 of 3/,
      missing: ["a view of every API server"],
    },
    {
      name: "more addresses than leases count as API servers too",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a", all)),
        "kube/api-server-instances": apiServers(1, 2),
      },
      outcome: "undetermined",
    },
    {
      name: "hosted: effective values and seats are shown, and decide nothing",
      facts: {
        "kube/control-plane-pods": staticPods(),
        "kube/flagz": { flags: flags({ ...all, "enable-priority-and-fairness": "true" }) },
        "kube/api-server-metrics": defaultSeats,
        "kube/priority-levels": defaultLevels,
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "undetermined",
      missing: ["a declaration"],
      because: /sum in force is 598-600/,
      observed: { effectiveOnOne: all, effectiveLimitOnOne: "598-600" },
    },
    {
      name: "kubeadm-config is a claim",
      facts: {
        "kube/control-plane-pods": staticPods(),
        "kube/kubeadm-config": kubeadmConfig,
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "undetermined",
      observed: { claimedByKubeadmConfig: all },
    },
    {
      name: "a pod that is no static pod counts for nothing",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a", all, { mirror: false })),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "undetermined",
      because: /^0 of 1/,
    },
    {
      name: "flags behind a script",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a", two, { configFile: true })),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
  ],
);
