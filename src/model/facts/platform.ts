/** What kind of cluster this looks like, and by which signs; decides remedies and what can be visible, never a verdict alone. */
import { type Static, Type } from "@sinclair/typebox";
import { PlatformName } from "../vocabulary.ts";

export const PlatformFact = Type.Object({
  name: PlatformName,
  /** Product behind `managed` or `hosted`, where a sign names it: `EKS`, `GKE`, `AKS`, `Kamaji`. */
  product: Type.Optional(Type.String()),
  /** Whether the nodes or pods that run the control plane are objects of this cluster. */
  controlPlane: Type.Union([Type.Literal("visible"), Type.Literal("hidden"), Type.Literal("unknown")]),
  /** What was seen and where, one sentence each. */
  signs: Type.Array(Type.String()),
});
export type PlatformFact = Static<typeof PlatformFact>;
