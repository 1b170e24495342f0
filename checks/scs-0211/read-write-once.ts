import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { pass, undetermined } from "../../src/model/finding.ts";
import { counted } from "../../src/model/finding-lists.ts";
import { volumesObserved, volumesOf } from "../../src/model/storage/class-volumes.ts";
import { classObserved, defaultClasses, noDefaultClass } from "../../src/model/storage/default-storage-class.ts";
import { durableClassRemediation } from "../../src/model/storage/storage-remediation.ts";

export const readWriteOnce = defineCheck({
  id: "scs-0211/read-write-once",
  title: {
    pass: "A volume of the default storage class is bound with ReadWriteOnce",
    fail: "The default storage class cannot provide ReadWriteOnce",
  },
  why: "ReadWriteOnce is what databases and most charts claim.",
  looksAt:
    "Volumes that the default class's provisioner made and that are bound: one with ReadWriteOnce shows that the mode is supported. That there is none shows nothing, since claims choose their modes.",
  needs: { all: ["kube/storage-classes", "kube/persistent-volumes"] },
  parameters: Type.Object({}),
  remediation: durableClassRemediation,
  accepted: ["That a volume is bound says that it was provisioned, not that a pod has written to it."],
  evaluate({ facts }) {
    const entry = defaultClasses(facts["kube/storage-classes"]).effective;
    if (!entry) return undetermined("There is no default storage class", [noDefaultClass]);
    const volumes = facts["kube/persistent-volumes"];
    const observed = { ...classObserved(entry), ...volumesObserved(entry, volumes) };
    const bound = volumesOf(entry, volumes).filter(({ boundAccessModes }) =>
      boundAccessModes.includes("ReadWriteOnce"),
    );
    const count = bound.reduce((sum, group) => sum + group.bound, 0);
    if (count > 0)
      return pass(`${counted(count, "volume")} of ${entry.name} bound, ReadWriteOnce among their modes`, observed);
    const missing = {
      fact: "kube/persistent-volumes",
      reason: "not-visible",
      resolve: `a bound volume of ${entry.name} with ReadWriteOnce`,
    } as const;
    return undetermined(`No volume of ${entry.name} with ReadWriteOnce is bound in this cluster`, [missing], observed);
  },
});
