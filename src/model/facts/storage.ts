/** Storage classes and CSI drivers. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant } from "../vocabulary.ts";

export const StorageClassRecord = Type.Object({
  name: Type.String(),
  createdAt: Instant,
  provisioner: Type.String(),
  /** Value of storageclass.kubernetes.io/is-default-class, verbatim; absent: no such annotation. */
  defaultAnnotation: Type.Optional(Type.String()),
  /** Value of storageclass.beta.kubernetes.io/is-default-class, verbatim. */
  betaDefaultAnnotation: Type.Optional(Type.String()),
  reclaimPolicy: Type.String(),
  volumeBindingMode: Type.String(),
  allowVolumeExpansion: Type.Boolean(),
  /** Parameters that tell redundancy (replica counts, pool, type, server); all others by name only. */
  parameters: Type.Record(Type.String(), Type.String()),
  withheldParameters: Type.Array(Type.String()),
});
export type StorageClassRecord = Static<typeof StorageClassRecord>;

export const StorageClassesFact = Type.Object({ classes: Type.Array(StorageClassRecord) });
export type StorageClassesFact = Static<typeof StorageClassesFact>;

export const CsiDriversFact = Type.Object({
  drivers: Type.Array(
    Type.Object({ name: Type.String(), attachRequired: Type.Boolean(), lifecycleModes: Type.Array(Type.String()) }),
  ),
});
export type CsiDriversFact = Static<typeof CsiDriversFact>;
