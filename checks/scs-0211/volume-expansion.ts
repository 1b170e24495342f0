import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { notApplicable, pass, undetermined } from "../../src/model/finding.ts";
import { classObserved, defaultClasses, noDefaultClass } from "../../src/model/storage/default-storage-class.ts";
import { expansionRemediation } from "../../src/model/storage/storage-remediation.ts";

export const volumeExpansion = defineCheck({
  id: "scs-0211/volume-expansion",
  title: {
    pass: "Volumes of the default storage class can be expanded",
    fail: "Volumes of the default storage class cannot be expanded",
  },
  why: "A volume that cannot grow has to be replaced by hand when it is full.",
  looksAt:
    "allowVolumeExpansion of the default storage class. The text permits it and asks for nothing, so its absence is no failure.",
  needs: { all: ["kube/storage-classes"] },
  parameters: Type.Object({}),
  remediation: expansionRemediation,
  accepted: ["The class allows expansion; whether its driver can do it is not tried."],
  evaluate({ facts }) {
    const entry = defaultClasses(facts["kube/storage-classes"]).effective;
    if (!entry) return undetermined("There is no default storage class", [noDefaultClass]);
    const observed = { ...classObserved(entry), allowVolumeExpansion: entry.allowVolumeExpansion };
    return entry.allowVolumeExpansion
      ? pass(`${entry.name} allows volumes to be expanded`, observed)
      : notApplicable(`${entry.name} does not offer expansion, which the text leaves open`, observed);
  },
});
