import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import type { Hindrance } from "../../src/model/facts/hindrance.ts";
import { type Finding, notApplicable, pass, undetermined } from "../../src/model/finding.ts";
import { hindranceText } from "../../src/model/hindrance-text.ts";
import { classObserved, defaultClasses, noDefaultClass } from "../../src/model/storage/default-storage-class.ts";
import { expansionRemediation } from "../../src/model/storage/storage-remediation.ts";
import { trialOf } from "../../src/model/storage/volume-trial.ts";

export const volumeExpansion = defineCheck({
  id: "scs-0211/volume-expansion",
  title: {
    pass: "Volumes of the default storage class can be expanded",
    fail: "Volumes of the default storage class cannot be expanded",
  },
  why: "A volume that cannot grow has to be replaced by hand when it is full.",
  looksAt:
    "allowVolumeExpansion of the default storage class. The text permits it and asks for nothing, so its absence is no failure. At tier active whether a volume of its own grows.",
  needs: { all: ["kube/storage-classes"], uses: ["kube/claimed-volume"] },
  parameters: Type.Object({}),
  remediation: expansionRemediation,
  accepted: [
    "The class allows expansion; whether its driver can do it is tried at tier active alone, and if it cannot, that is named and fails nothing.",
  ],
  evaluate({ facts }) {
    const entry = defaultClasses(facts["kube/storage-classes"]).effective;
    if (!entry) return undetermined("There is no default storage class", [noDefaultClass]);
    const expansion = trialOf(entry, facts["kube/claimed-volume"])?.expansion;
    const tried = expansion ? { ownVolumeGrew: expansion.grown } : {};
    const observed = { ...classObserved(entry), allowVolumeExpansion: entry.allowVolumeExpansion, ...tried };
    if (!entry.allowVolumeExpansion)
      return notApplicable(`${entry.name} does not offer expansion, which the text leaves open`, observed);
    if (expansion?.grown) return pass(`${entry.name} allows volumes to be expanded, and one was`, observed);
    const findings =
      expansion && isOfDriver(expansion.hindrance) ? [withoutGrowth(entry.name, expansion.hindrance)] : [];
    return pass(`${entry.name} allows volumes to be expanded`, observed, findings);
  },
});

/** A quota or a policy says nothing of the driver. */
function isOfDriver(hindrance: Hindrance | undefined): boolean {
  return hindrance === undefined || hindrance.by === "timeout" || hindrance.by === "other";
}

function withoutGrowth(name: string, hindrance: Hindrance | undefined): Finding {
  const why = hindrance ? `: ${hindranceText(hindrance)}` : "";
  return {
    code: "volume-did-not-grow",
    subject: { kind: "StorageClass", name },
    expected: "2Gi",
    actual: "1Gi",
    message: `A volume of ${name} claimed for this look was asked to grow and did not${why}`,
  };
}
