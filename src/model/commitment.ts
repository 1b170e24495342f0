/** Commitments to names: a name is gone from the evidence, and its owner can show later which one it was. */
import { type Static, Type } from "@sinclair/typebox";
import { sha256 } from "./digest.ts";
import { Sha256 } from "./vocabulary.ts";

/** What stands in place of a name: its kind, and the first 64 bits of the commitment. */
const Token = Type.String({ pattern: "^[a-z]+(-[a-z]+)*-[0-9a-f]{16}$", maxLength: 80 });

/** Full commitments by token, as evidence carries them: the token alone would be too short to bind its owner. */
export const Commitments = Type.Record(Token, Sha256);
export type Commitments = Static<typeof Commitments>;

/** Opens one commitment. The salt is 256 random bits of this name alone: whoever gets one opening learns nothing of another. */
export const Opening = Type.Object(
  {
    token: Token,
    kind: Type.String({ maxLength: 60 }),
    name: Type.String({ maxLength: 4096 }),
    /** 32 bytes in hexadecimal. */
    salt: Type.String({ pattern: "^[0-9a-f]{64}$" }),
  },
  { additionalProperties: false },
);
export type Opening = Static<typeof Opening>;

/** openings.json: stays with the owner, who hands on what somebody may know. */
export const OpeningsFile = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    kind: Type.Literal("openings"),
    /** Digest of the evidence file whose names these are. */
    evidence: Sha256,
    openings: Type.Array(Opening, { maxItems: 1_000_000 }),
  },
  { additionalProperties: false },
);
export type OpeningsFile = Static<typeof OpeningsFile>;

/** SHA-256 over a label, kind, salt and name, apart by NUL; kind and salt hold none, so that no two inputs are one text. */
export function commitmentOf({ kind, salt, name }: Omit<Opening, "token">): Sha256 {
  return sha256(`scs-conformance name commitment 1\0${kind}\0${salt}\0${name}`);
}

export function tokenOf(kind: string, commitment: Sha256): string {
  return `${kind}-${commitment.slice(0, 16)}`;
}

/** Why an opening does not open anything here, one clause; undefined when it fits. */
export function misfit(opening: Opening, commitments: Commitments): string | undefined {
  const known = Object.hasOwn(commitments, opening.token) ? commitments[opening.token] : undefined;
  if (known === undefined) return "the evidence has no such commitment";
  const commitment = commitmentOf(opening);
  if (commitment !== known) return "it does not give the commitment in the evidence";
  return tokenOf(opening.kind, commitment) === opening.token ? undefined : "its kind is another than the token says";
}
