/** What kept a run from doing what it tried to do on a cluster: never a fault of what the step was to show. */
import { type Static, Type } from "@sinclair/typebox";
import { oneOf } from "../vocabulary.ts";

/**
 * `quota`, `limit-range`, `pod-security`, `policy` (webhooks and policies): admission refused it. `unschedulable`: no node takes
 * the pod. `volume-affinity`: no node that the volume can be used on takes it. `image`: it could not be had. `provisioning`:
 * nobody made the volume. `mount`: the volume did not come to the node. `container`: its command did not do what it was to.
 * `made-by-hand`: volumes of the class are somebody's, and a claim could take one. `timeout`: it did not end in time.
 */
export const hindrances = [
  "quota",
  "limit-range",
  "pod-security",
  "policy",
  "unschedulable",
  "volume-affinity",
  "image",
  "provisioning",
  "mount",
  "container",
  "made-by-hand",
  "timeout",
  "other",
] as const;
export type HindranceKind = (typeof hindrances)[number];

export const Hindrance = Type.Object({
  by: oneOf(hindrances),
  /** Words of the refusal, of the pod's condition or of the last event, as far as they may be kept; "" when nobody said any. */
  said: Type.String({ maxLength: 300 }),
});
export type Hindrance = Static<typeof Hindrance>;
