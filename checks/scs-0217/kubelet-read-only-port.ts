import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { kubeletRemediation } from "../../src/model/kubelet/kubelet-remediation.ts";
import { judgeKubelets, kubeletAccepted, kubeletNeeds } from "../../src/model/kubelet/kubelet-rule.ts";

export const kubeletReadOnlyPort = defineCheck({
  id: "scs-0217/kubelet-read-only-port",
  title: {
    pass: "The kubelet of every node has no read-only port",
    fail: "The kubelet of a node has a read-only port open",
  },
  why: "The port tells everyone who reaches it, without encryption, which pods run on the node and with which settings.",
  looksAt:
    "At tier system: the configuration that every kubelet runs with (`/configz`), and whether port 10255 of its node answers. The arguments that k3s and RKE2 servers hand on to their kubelets, and what Sonobuoy asked each kubelet for, where a given result is of this cluster. What kubeadm asks for (ConfigMap kube-system/kubelet-config) is shown and decides nothing.",
  needs: kubeletNeeds,
  parameters: Type.Object({}),
  remediation: kubeletRemediation(
    "Switch the read-only port of every kubelet off.",
    "readOnlyPort: 0",
    "read-only-port=0",
  ),
  accepted: kubeletAccepted,
  evaluate({ facts }) {
    return judgeKubelets(facts, {
      code: "read-only-port-open",
      expected: 0,
      found: ({ readOnlyPort }) => readOnlyPort,
      holds: ({ readOnlyPort }) => readOnlyPort === 0,
      good: "has no read-only port",
      bad: "has a read-only port",
    });
  },
});
