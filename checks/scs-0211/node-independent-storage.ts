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
  looksAt:
    "The provisioner and parameters of the default storage class, against what is known of provisioners; and the volumes it made: one that is a folder or disk of a node, or that only one of several nodes can use, disproves it. At tier active also a volume of its own: so does one whose data is not there on another node.",
  needs: { all: ["kube/storage-classes"], uses: ["kube/persistent-volumes", "kube/claimed-volume"] },
  parameters: Type.Object({
    onlyIfFailureSafe: Type.Boolean({
      default: false,
      description: "the text asks for it only where volumes are required to be failure-safe: nothing then fails",
    }),
  }),
  remediation: durableClassRemediation,
  accepted: [
    "A provisioner is known by its name; a driver under a false name is not noticed.",
    "Longhorn, LINSTOR and Mayastor keep copies on node disks, which the first version of the text forbids and permits in neighbouring sentences: undetermined.",
    "A volume that was written on one node and read on another moves; where it is kept, and so whether it outlives a node, that does not show.",
    "A volume that one node of several can use is taken as bound to it, unless only its zone, region, kind of machine or operating system narrows it down.",
  ],
  evaluate({ facts, parameters }) {
    const demand = {
      metBy: ["network", "replicated-service"],
      code: "node-local-volumes",
      expected: "storage outside the nodes",
      met: "its volumes are attached over the network and outlive the node",
      volumes: facts["kube/persistent-volumes"],
      trial: facts["kube/claimed-volume"],
      ...(parameters.onlyIfFailureSafe
        ? { onlyIf: "whether volumes are required to be failure-safe, no cluster shows" }
        : {}),
    } as const;
    return judgeDefaultStorage(facts["kube/storage-classes"], demand);
  },
});
