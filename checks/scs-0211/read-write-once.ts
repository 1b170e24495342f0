import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { type Missing, pass, undetermined } from "../../src/model/finding.ts";
import { counted } from "../../src/model/finding-lists.ts";
import { hindranceMissing } from "../../src/model/hindrance-text.ts";
import { volumesObserved, volumesOf } from "../../src/model/storage/class-volumes.ts";
import { classObserved, defaultClasses, noDefaultClass } from "../../src/model/storage/default-storage-class.ts";
import { durableClassRemediation } from "../../src/model/storage/storage-remediation.ts";
import { trialObserved, trialOf, trialText } from "../../src/model/storage/volume-trial.ts";

export const readWriteOnce = defineCheck({
  id: "scs-0211/read-write-once",
  title: {
    pass: "A volume of the default storage class is bound with ReadWriteOnce",
    fail: "The default storage class cannot provide ReadWriteOnce",
  },
  why: "ReadWriteOnce is what databases and most charts claim.",
  looksAt:
    "Volumes that the default class's provisioner made and that are bound: one with ReadWriteOnce shows that the mode is supported. That there is none shows nothing, since claims choose their modes. At tier active a volume of its own, written to by a pod.",
  needs: { all: ["kube/storage-classes"], oneOf: [["kube/persistent-volumes", "kube/claimed-volume"]] },
  parameters: Type.Object({}),
  remediation: durableClassRemediation,
  accepted: [
    "That a volume is bound says that it was provisioned, not that a pod has written to it; that is tried at tier active alone.",
  ],
  evaluate({ facts }) {
    const entry = defaultClasses(facts["kube/storage-classes"]).effective;
    if (!entry) return undetermined("There is no default storage class", [noDefaultClass]);
    const seen = facts["kube/persistent-volumes"];
    const volumes = seen.status === "collected" ? seen.value : undefined;
    const trial = trialOf(entry, facts["kube/claimed-volume"]);
    const observed = {
      ...classObserved(entry),
      ...(volumes ? volumesObserved(entry, volumes) : {}),
      ...trialObserved(trial),
    };
    if (trial?.write?.done)
      return pass(`A volume of ${entry.name}, claimed with ReadWriteOnce, was ${trialText(trial)}`, observed);
    const bound = (volumes ? volumesOf(entry, volumes) : []).filter(({ boundAccessModes }) =>
      boundAccessModes.includes("ReadWriteOnce"),
    );
    const count = bound.reduce((sum, group) => sum + group.bound, 0);
    if (count > 0)
      return pass(`${counted(count, "volume")} of ${entry.name} bound, ReadWriteOnce among their modes`, observed);
    const missing: Missing = {
      fact: "kube/persistent-volumes",
      reason: "not-visible",
      resolve: `a bound volume of ${entry.name} with ReadWriteOnce`,
    };
    const hindrance = trial?.hindrance ?? trial?.write?.hindrance;
    const tried = hindrance ? [hindranceMissing("kube/claimed-volume", hindrance)] : [];
    const own = trial ? `; one that was claimed for this look was ${trialText(trial)}` : "";
    const because = `No volume of ${entry.name} with ReadWriteOnce is bound in this cluster${own}`;
    return undetermined(because, [missing, ...tried], observed);
  },
});
