import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { kubeletRemediation } from "../../src/model/kubelet/kubelet-remediation.ts";
import { judgeKubelets } from "../../src/model/kubelet/kubelet-rule.ts";

export const kubeletAnonymous = defineCheck({
  id: "scs-0217/kubelet-anonymous",
  title: {
    pass: "The kubelet of every node rejects anonymous requests",
    fail: "The kubelet of a node answers anonymous requests",
  },
  why: "Whoever reaches a kubelet that answers anonymous requests may be one rule away from every container of its node.",
  looksAt:
    "At tier system: what every kubelet answers to a request without credentials, and the configuration it runs with (`/configz`). The arguments that k3s and RKE2 servers hand on to their kubelets, and what Sonobuoy asked each kubelet for, where a given result is of this cluster. What kubeadm asks for (ConfigMap kube-system/kubelet-config) is shown and decides nothing.",
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
    "Disable anonymous authentication of every kubelet.",
    "authentication: {anonymous: {enabled: false}}",
    "anonymous-auth=false",
  ),
  accepted: [
    "kubelet-config is a claim: a node may have joined before it was changed, or have flags and patches of its own.",
    "A kubelet that was seen to break the rule within the quarter fails, though it may have been mended since: give a newer result.",
    "Defaults of k3s and RKE2 are not taken for seen: only what an argument states counts.",
  ],
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
