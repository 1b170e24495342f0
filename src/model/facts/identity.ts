/** Which cluster this is: the uid of the namespace kube-system, and how old it is. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant } from "../vocabulary.ts";

export const IdentityFact = Type.Object({ uid: Type.String(), createdAt: Instant });
export type IdentityFact = Static<typeof IdentityFact>;
