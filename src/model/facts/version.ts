/** `GET /version` of the API server. */
import { type Static, Type } from "@sinclair/typebox";

export const VersionFact = Type.Object({
  /** As served, vendor suffix included: `v1.33.4+k3s1`, `v1.30.4-eks-a737599`. */
  gitVersion: Type.String(),
  platform: Type.Optional(Type.String()),
  buildDate: Type.Optional(Type.String()),
});
export type VersionFact = Static<typeof VersionFact>;
