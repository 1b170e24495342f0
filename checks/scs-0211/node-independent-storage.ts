import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { judgeDefaultStorage } from "../../src/model/storage/default-storage-class.ts";
import { durableClassRemediation } from "../../src/model/storage/storage-remediation.ts";

export const nodeIndependentStorage = defineCheck({
  id: "scs-0211/node-independent-storage",
  title: {
    pass: "Volumes of the default storage class live outside the nodes",
    fail: "Volumes of the default storage class live on one node and go with it",
  },
  why: "Nodes are replaced at every upgrade; a volume bound to one is lost or holds the node back.",
  looksAt: "The provisioner and parameters of the default storage class, against what is known of provisioners.",
  needs: { all: ["kube/storage-classes"] },
  parameters: Type.Object({}),
  remediation: durableClassRemediation,
  accepted: [
    "A provisioner is known by its name; a driver under a false name is not noticed.",
    "Longhorn, LINSTOR and Mayastor keep copies on node disks, which the first version of the text forbids and permits in neighbouring sentences: undetermined.",
  ],
  evaluate({ facts }) {
    const demand = {
      metBy: ["network", "replicated-service"],
      code: "node-local-volumes",
      expected: "storage outside the nodes",
      met: "its volumes are attached over the network and outlive the node",
    } as const;
    return judgeDefaultStorage(facts["kube/storage-classes"], demand);
  },
});
