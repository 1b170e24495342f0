/** Kinds of storage that a cluster's classes serve, as planned for the second version of the KaaS scope. */
import type { Fact } from "../fact.ts";
import type { StorageClassRecord } from "../facts/storage.ts";
import type { ClaimedVolumeFact } from "../facts/trials.ts";
import type { PersistentVolumesFact } from "../facts/volumes.ts";
import type { Finding } from "../finding.ts";
import { volumesOf } from "./class-volumes.ts";
import { isNodeLocal, sharesFiles, storageKnowledge } from "./storage-provisioners.ts";
import { nodeBoundTrial, trialOf } from "./volume-trial.ts";

/** `local`: on disks of the node. `network`: outliving the node. `shared`: ReadWriteMany. */
export type OfferedKind = "local" | "network" | "shared";

const withoutProvisioner = "kubernetes.io/no-provisioner";

export function classServes(
  entry: StorageClassRecord,
  kind: OfferedKind,
  volumes: Fact<PersistentVolumesFact>,
  claimed: Fact<ClaimedVolumeFact>,
): boolean {
  const trial = trialOf(entry, claimed);
  const bound =
    trial !== undefined && nodeBoundTrial(entry, trial, "node-local", "a volume of the network") !== undefined;
  switch (kind) {
    case "local":
      return (
        bound ||
        isNodeLocal(entry.provisioner) ||
        (entry.provisioner === withoutProvisioner && hasLocalVolumes(entry, volumes))
      );
    case "network":
      return !bound && ["network", "node-disks", "replicated-service"].includes(storageKnowledge(entry).kind);
    case "shared":
      return sharesFiles(entry.provisioner) || hasSharedVolume(entry, volumes);
  }
}

function hasSharedVolume(entry: StorageClassRecord, volumes: Fact<PersistentVolumesFact>): boolean {
  if (volumes.status === "unavailable") return false;
  return volumesOf(entry, volumes.value).some(({ boundAccessModes }) => boundAccessModes.includes("ReadWriteMany"));
}

/** Static volumes have no provisioner: whoever made them is not known, and does not matter. */
function hasLocalVolumes({ name }: StorageClassRecord, volumes: Fact<PersistentVolumesFact>): boolean {
  if (volumes.status === "unavailable") return false;
  return volumes.value.groups.some(
    ({ storageClass, source }) => storageClass === name && (source === "local" || source === "host-path"),
  );
}

function hasVolumes({ name }: StorageClassRecord, volumes: Fact<PersistentVolumesFact>): boolean {
  return volumes.status === "collected" && volumes.value.groups.some(({ storageClass }) => storageClass === name);
}

/** Classes of static volumes that have none: a claim of such a class waits for ever. */
export function classesWithoutVolumes(
  classes: readonly StorageClassRecord[],
  volumes: Fact<PersistentVolumesFact>,
): readonly Finding[] {
  if (volumes.status === "unavailable" || volumes.value.left > 0) return [];
  return classes
    .filter((entry) => entry.provisioner === withoutProvisioner && !hasVolumes(entry, volumes))
    .map(({ name }) => ({
      code: "class-without-volumes",
      subject: { kind: "StorageClass", name },
      expected: "volumes of the class",
      actual: 0,
      message: `The class ${name} makes no volumes and has none: claims of it wait for ever`,
    }));
}
