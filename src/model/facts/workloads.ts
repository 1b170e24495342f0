/** What runs in kube-system and which APIs are installed. */
import { type Static, Type } from "@sinclair/typebox";

/** Pods of kube-system, summed up by their controller. */
export const SystemPodsFact = Type.Object({
  workloads: Type.Array(
    Type.Object({
      /** Kind of the controller (`DaemonSet`, `ReplicaSet`, `Node` for static pods), or `none`. */
      ownerKind: Type.String(),
      /** Name of the controller without the hash of a ReplicaSet; for pods without one the app label or the pod's name. */
      name: Type.String(),
      /** Repositories of the containers' images without registry host, tag and digest; sorted. */
      images: Type.Array(Type.String()),
      pods: Type.Integer({ minimum: 1 }),
      running: Type.Integer({ minimum: 0 }),
    }),
  ),
});
export type SystemPodsFact = Static<typeof SystemPodsFact>;

export const IngressClassesFact = Type.Object({
  classes: Type.Array(
    Type.Object({ name: Type.String(), controller: Type.String(), defaultAnnotation: Type.Optional(Type.String()) }),
  ),
});
export type IngressClassesFact = Static<typeof IngressClassesFact>;

/** CustomResourceDefinitions of groups that checks care about. */
export const CustomResourcesFact = Type.Object({
  total: Type.Integer({ minimum: 0 }),
  /** `<plural>.<group>`, sorted; only those in groups named by the probe. */
  relevant: Type.Array(Type.String()),
});
export type CustomResourcesFact = Static<typeof CustomResourcesFact>;
