import { describeCheck } from "../../tests/support/check-table.ts";
import {
  claimedVolume,
  claimWithout,
  defaultClass,
  persistentVolumes,
  storageClass,
  storageClasses,
  tiedVolume,
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
    {
      name: "a volume of the run, written to",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/claimed-volume": claimedVolume("cinder"),
      },
      outcome: "pass",
      because: /claimed with ReadWriteOnce, was written on w1, read on w2$/,
    },
    {
      name: "one that is tied to its node was written to as well",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/claimed-volume": tiedVolume("cinder"),
      },
      outcome: "pass",
    },
    {
      name: "a LimitRange that wants larger claims",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/claimed-volume": claimWithout(
          null,
          "limit-range",
          "minimum storage usage per PersistentVolumeClaim is 5Gi",
        ),
      },
      outcome: "undetermined",
      because: /not bound: a LimitRange refuses it \(minimum storage usage per PersistentVolumeClaim is 5Gi\)$/,
      missing: [...needed, "a LimitRange that allows pods and claims as small"],
    },
    {
      name: "its pod gets no node",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/persistent-volumes": persistentVolumes(),
        "kube/claimed-volume": claimedVolume("cinder", {
          write: { done: false, hindrance: { by: "unschedulable", said: "0/3 nodes are available" } },
        }),
      },
      outcome: "undetermined",
      missing: [...needed, "a node that takes its pod"],
    },
  ],
);
