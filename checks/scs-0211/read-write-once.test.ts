import { describeCheck } from "../../tests/support/check-table.ts";
import {
  defaultClass,
  persistentVolumes,
  storageClass,
  storageClasses,
  volumeGroup,
} from "../../tests/support/facts.ts";
import { readWriteOnce } from "./read-write-once.ts";

const withVolumes = (...groups: ReturnType<typeof volumeGroup>[]) => ({
  facts: {
    "kube/storage-classes": storageClasses(defaultClass("cinder"), storageClass("other")),
    "kube/persistent-volumes": persistentVolumes(...groups),
  },
});
const needed = ["a bound volume of cinder with ReadWriteOnce"];

describeCheck(
  readWriteOnce,
  ["pass", "undetermined"],
  [
    { name: "a bound volume", ...withVolumes(volumeGroup("cinder")), outcome: "pass", observed: { boundVolumes: 1 } },
    { name: "no volume", ...withVolumes(), outcome: "undetermined", missing: needed },
    {
      name: "released ones alone",
      ...withVolumes(volumeGroup("cinder", { bound: 0, boundAccessModes: [] })),
      outcome: "undetermined",
    },
    {
      name: "shared ones alone: claims choose their modes",
      ...withVolumes(volumeGroup("cinder", { boundAccessModes: ["ReadWriteMany"] })),
      outcome: "undetermined",
      missing: needed,
    },
    { name: "of another class", ...withVolumes(volumeGroup("other")), outcome: "undetermined" },
    {
      name: "made by hand under the name of the class",
      ...withVolumes(volumeGroup("cinder", { provisioner: "", source: "other" })),
      outcome: "undetermined",
    },
    {
      name: "no default class",
      facts: {
        "kube/storage-classes": storageClasses(storageClass("other")),
        "kube/persistent-volumes": persistentVolumes(volumeGroup("other")),
      },
      outcome: "undetermined",
      missing: ["a default storage class"],
    },
  ],
);
