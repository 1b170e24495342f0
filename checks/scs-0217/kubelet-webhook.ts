import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { kubeletRemediation } from "../../src/model/kubelet/kubelet-remediation.ts";
import { judgeKubelets, kubeletAccepted, kubeletNeeds } from "../../src/model/kubelet/kubelet-rule.ts";

export const kubeletWebhook = defineCheck({
  id: "scs-0217/kubelet-webhook",
  title: {
    pass: "The kubelet of every node asks the API server who may do what",
    fail: "The kubelet of a node lets every authenticated request through",
  },
  why: "Without it whoever a kubelet knows, an ordinary pod included, may run commands in every container of the node.",
  looksAt:
    "At tier system: the configuration that every kubelet runs with (`/configz`). The arguments that k3s and RKE2 servers hand on to their kubelets, and what Sonobuoy asked each kubelet for, where a given result is of this cluster. What kubeadm asks for (ConfigMap kube-system/kubelet-config) is shown and decides nothing.",
  needs: kubeletNeeds,
  parameters: Type.Object({}),
  remediation: kubeletRemediation(
    "Set the authorization mode of every kubelet to Webhook.",
    "authorization: {mode: Webhook}",
    "authorization-mode=Webhook",
  ),
  accepted: kubeletAccepted,
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
