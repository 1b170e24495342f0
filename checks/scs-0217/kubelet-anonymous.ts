import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { kubeletRemediation } from "../../src/model/kubelet/kubelet-remediation.ts";
import { judgeKubelets, kubeletAccepted, kubeletNeeds } from "../../src/model/kubelet/kubelet-rule.ts";

export const kubeletAnonymous = defineCheck({
  id: "scs-0217/kubelet-anonymous",
  title: {
    pass: "The kubelet of every node rejects anonymous requests",
    fail: "The kubelet of a node answers anonymous requests",
  },
  why: "Whoever reaches a kubelet that answers anonymous requests may be one rule away from every container of its node.",
  looksAt:
    "At tier system: what every kubelet answers to a request without credentials, and the configuration it runs with (`/configz`). The arguments that k3s and RKE2 servers hand on to their kubelets, and what Sonobuoy asked each kubelet for, where a given result is of this cluster. What kubeadm asks for (ConfigMap kube-system/kubelet-config) is shown and decides nothing.",
  needs: kubeletNeeds,
  parameters: Type.Object({}),
  remediation: kubeletRemediation(
    "Disable anonymous authentication of every kubelet.",
    "authentication: {anonymous: {enabled: false}}",
    "anonymous-auth=false",
  ),
  accepted: kubeletAccepted,
  evaluate({ facts }) {
    return judgeKubelets(facts, {
      code: "anonymous-kubelet",
      expected: false,
      found: ({ anonymous }) => anonymous,
      holds: ({ anonymous }) => anonymous === false,
      good: "rejects anonymous requests",
      bad: "answers anonymous requests",
    });
  },
});
