import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { pass } from "../../src/model/finding.ts";
import { saidReplicated } from "../../src/model/storage/cloud-volume-type.ts";
import { defaultClasses, judgeDefaultStorage } from "../../src/model/storage/default-storage-class.ts";
import { durableClassRemediation } from "../../src/model/storage/storage-remediation.ts";

export const failureSafeStorage = defineCheck({
  id: "scs-0211/failure-safe-storage",
  title: {
    pass: "Volumes of the default storage class survive the loss of one disk or host, by the service's design",
    fail: "Volumes of the default storage class are lost with one disk or host",
  },
  why: "Disks and hosts fail; a volume kept once is lost then.",
  looksAt:
    "The provisioner and parameters of the default storage class. Only storage that keeps one copy is disproved; what happens behind a network driver is not visible, unless the cloud is given and describes the volume type of a Cinder class as replicated (scs-0114-v1).",
  needs: { all: ["kube/storage-classes"], uses: ["cloud/volume-types", "kube/claimed-volume"] },
  parameters: Type.Object({}),
  remediation: durableClassRemediation,
  accepted: [
    "That a volume can move between nodes (Cinder, Ceph) is not redundancy: one Cinder LVM host or a pool of size 1 would look the same, so the answer stays open.",
    "What a cloud says of its volume type is believed; that it says nothing proves nothing.",
    "Cloud disk services pass by their vendors' published design, not by observation of copies.",
  ],
  evaluate({ facts }) {
    const demand = {
      metBy: ["replicated-service"],
      code: "single-copy",
      expected: "several copies on different hosts",
      trial: facts["kube/claimed-volume"],
    } as const;
    const result = judgeDefaultStorage(facts["kube/storage-classes"], demand);
    const entry = defaultClasses(facts["kube/storage-classes"]).effective;
    const said = entry && saidReplicated(entry, facts["cloud/volume-types"]);
    if (result.outcome !== "undetermined" || !said) return result;
    const observed = { ...result.observed, volumeType: said.volumeType };
    return pass(`${entry.name} (${entry.provisioner}): it ${said.why}`, observed);
  },
});
