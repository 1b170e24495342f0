import type { FactValues } from "../../src/model/facts/index.ts";
import { describeCheck } from "../../tests/support/check-table.ts";
import {
  apiServerPod,
  apiServers,
  controlPlane,
  nodes,
  serverNode,
  staticPods,
  worker,
} from "../../tests/support/facts.ts";
import { kubeletListener, listeners } from "../../tests/support/running-facts.ts";
import { kubeletServingCertificates } from "./kubelet-serving-certificates.ts";

const flag = "kubelet-certificate-authority";
const checking = apiServerPod("a", {}, [flag]);
const requests = (
  ...list: FactValues["kube/kubelet-serving-requests"]["nodes"]
): FactValues["kube/kubelet-serving-requests"] => ({ serverTime: "2026-11-23T10:00:00Z", nodes: list });
const issued = (node: string) => ({ node, issuedAt: "2026-11-23T09:50:00Z", refused: false });
const pending = (node: string, pendingSince: string) => ({ node, pendingSince, refused: false });
const two = { "kube/nodes": nodes(controlPlane("a"), worker("b")), "kube/api-server-instances": apiServers(1) };

describeCheck(
  kubeletServingCertificates,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "checked, and issued for every node",
      facts: {
        "kube/control-plane-pods": staticPods(checking),
        "kube/kubelet-serving-requests": requests(issued("a"), issued("b")),
        ...two,
      },
      outcome: "pass",
    },
    {
      name: "checked, and shown by every kubelet",
      facts: {
        "kube/control-plane-pods": staticPods(checking),
        "kube/listeners": listeners(kubeletListener("a"), kubeletListener("b")),
        ...two,
      },
      outcome: "pass",
      observed: { nodesWithIssuedCertificate: 2 },
    },
    {
      name: "checked, and one kubelet shows another CA's",
      facts: {
        "kube/control-plane-pods": staticPods(checking),
        "kube/listeners": listeners(kubeletListener("a"), kubeletListener("b", { issuedByClusterCa: false })),
        ...two,
      },
      outcome: "undetermined",
      because: /^A certificate of 1 of 2 kubelets/,
    },
    {
      name: "kubeadm's default checks nothing",
      facts: { "kube/control-plane-pods": staticPods(apiServerPod("a")), ...two },
      outcome: "fail",
      findings: ["kubelet-certificates-unchecked"],
    },
    {
      name: "an empty list means nothing",
      facts: {
        "kube/control-plane-pods": staticPods(checking),
        "kube/kubelet-serving-requests": requests(),
        "kube/kubelet-configuration": { source: "kubelet-config", settings: { serverTlsBootstrap: true } },
        ...two,
      },
      outcome: "undetermined",
      findings: [],
      observed: { serverTlsBootstrapAskedFor: true },
    },
    {
      name: "nobody approves: named",
      facts: {
        "kube/control-plane-pods": staticPods(checking),
        "kube/kubelet-serving-requests": requests(issued("a"), pending("b", "2026-11-23T09:00:00Z")),
        ...two,
      },
      outcome: "undetermined",
      findings: ["serving-request-pending"],
    },
    {
      name: "asked a minute ago",
      facts: {
        "kube/control-plane-pods": staticPods(checking),
        "kube/kubelet-serving-requests": requests(issued("a"), pending("b", "2026-11-23T09:59:00Z")),
        ...two,
      },
      outcome: "undetermined",
      findings: [],
    },
    {
      name: "hosted",
      facts: { "kube/control-plane-pods": staticPods(), "kube/kubelet-serving-requests": requests(), ...two },
      outcome: "undetermined",
    },
    {
      name: "k3s checks by itself",
      facts: { "kube/node-args": { nodes: [serverNode("k3s", "a")] }, ...two },
      outcome: "undetermined",
    },
  ],
);
