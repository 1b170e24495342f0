import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { kubeletRemediation } from "../../src/model/kubelet/kubelet-remediation.ts";
import { judgeKubelets } from "../../src/model/kubelet/kubelet-rule.ts";

export const kubeletWebhook = defineCheck({
  id: "scs-0217/kubelet-webhook",
  title: {
    pass: "The kubelet of every node asks the API server who may do what",
    fail: "The kubelet of a node lets every authenticated request through",
  },
  why: "Without it whoever a kubelet knows, an ordinary pod included, may run commands in every container of the node.",
  looksAt:
    "At tier system: the configuration that every kubelet runs with (`/configz`). The arguments that k3s and RKE2 servers hand on to their kubelets, and what Sonobuoy asked each kubelet for, where a given result is of this cluster. What kubeadm asks for (ConfigMap kube-system/kubelet-config) is shown and decides nothing.",
  needs: {
    oneOf: [
      [
        "kube/running-kubelets",
        "kube/listeners",
        "kube/kubelet-configuration",
        "kube/node-args",
        "input/node-configuration",
      ],
    ],
    uses: ["kube/nodes", "kube/identity"],
  },
  parameters: Type.Object({}),
  remediation: kubeletRemediation(
    "Set the authorization mode of every kubelet to Webhook.",
    "authorization: {mode: Webhook}",
    "authorization-mode=Webhook",
  ),
  accepted: [
    "kubelet-config is a claim: a node may have joined before it was changed, or have flags and patches of its own.",
    "A kubelet that was seen to break the rule within the quarter fails, though it may have been mended since: give a newer result.",
    "Defaults of k3s and RKE2 are not taken for seen: only what an argument states counts.",
  ],
  evaluate({ facts }) {
    return judgeKubelets(facts, {
      code: "kubelet-without-webhook",
      expected: "Webhook",
      found: ({ authorizationMode }) => authorizationMode,
      holds: ({ authorizationMode }) => authorizationMode === "Webhook",
      good: "asks the API server who may do what",
      bad: "does not ask the API server who may do what",
    });
  },
});
