import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { classObserved, defaultClasses, noDefaultClass } from "../../src/model/default-storage-class.ts";
import { fail, pass, undetermined } from "../../src/model/finding.ts";
import { storageKnowledge } from "../../src/model/storage-provisioners.ts";
import { durableClassRemediation } from "../../src/model/storage-remediation.ts";

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
    const entry = defaultClasses(facts["kube/storage-classes"]).effective;
    if (!entry) return undetermined("There is no default storage class", [noDefaultClass]);
    const { kind, why } = storageKnowledge(entry);
    const observed = { ...classObserved(entry), storage: kind };
    const because = `${entry.name} (${entry.provisioner}): it ${why}`;
    switch (kind) {
      case "node-local":
        return fail(because, observed, [
          {
            code: "node-local-volumes",
            subject: { kind: "StorageClass", name: entry.name },
            expected: "storage outside the nodes",
            actual: entry.provisioner,
            message: because,
          },
        ]);
      case "network":
      case "replicated-service":
        return pass(because, observed);
      default: {
        const missing = { fact: "kube/storage-classes", reason: "not-visible", resolve: "a declaration" } as const;
        return undetermined(because, [missing], observed);
      }
    }
  },
});
