/** Declarations: what a provider says, and signs for, about what no kubeconfig can show. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant, Moment, oneOf, Sha256 } from "./vocabulary.ts";

const strict = { additionalProperties: false };

const sentence = (description: string, maxLength: number) => Type.String({ minLength: 1, maxLength, description });

/** `holds`: the provider says it is so; `not-applicable`: says it does not apply here. */
export const Claim = Type.Union([Type.Literal("holds"), Type.Literal("not-applicable")], {
  description: "holds: it is so; not-applicable: the requirement does not speak of this subject",
});
export type Claim = Static<typeof Claim>;

/** Where the proof of a statement lies. */
export const DeclaredEvidence = Type.Object(
  {
    url: Type.Optional(Type.String({ pattern: "^https://\\S+$", maxLength: 2000 })),
    /** Digest of what lies there, so that it cannot change unseen. */
    sha256: Type.Optional(Sha256),
  },
  { ...strict, minProperties: 1, description: "where the proof lies, and its digest" },
);
export type DeclaredEvidence = Static<typeof DeclaredEvidence>;

/** A declarations file. A date stands for 00:00Z of its day. */
export const DeclarationsFile = Type.Object(
  {
    subject: sentence("the subject, as the report and the certificate name it", 200),
    declarant: sentence("who says so: name, office, organisation", 300),
    declarations: Type.Array(
      Type.Object(
        {
          requirement: sentence("id of the requirement: scs-0214-v2/control-plane-hosts", 200),
          claim: Claim,
          statement: sentence("what is so, and by which measure", 4000),
          evidence: Type.Optional(DeclaredEvidence),
          declaredAt: Moment,
          validUntil: Moment,
        },
        strict,
      ),
      { minItems: 1, maxItems: 1000 },
    ),
  },
  strict,
);
export type DeclarationsFile = Static<typeof DeclarationsFile>;

/** What came of looking at a signature alone: whether its signer may speak for the subject is asked by `verify`. */
export type Seal =
  | { readonly state: "intact"; readonly fingerprint: string }
  | { readonly state: "absent" }
  | { readonly state: "broken"; readonly reason: string };

/** One declaration as judging takes it. Times are instants. */
export interface Declaration {
  readonly requirement: string;
  readonly subject: string;
  readonly declarant: string;
  readonly claim: Claim;
  readonly statement: string;
  readonly evidence?: DeclaredEvidence;
  readonly declaredAt: Instant;
  readonly validUntil: Instant;
  /** Base name of its file. */
  readonly file: string;
  readonly signature: Seal;
  /** Counter-signature of the assessment body. */
  readonly review: Seal;
}

/** Why a declaration does not count. */
export const uncountedReasons = [
  "other-subject",
  "unsigned",
  "broken-signature",
  "not-yet",
  "expired",
  "unknown-requirement",
  "not-judged",
  "tested",
  "no-question",
  "superseded",
  "contradicted",
] as const;
export type UncountedReason = (typeof uncountedReasons)[number];

/** A declaration that did not count. `message` is one sentence in plain words, without a full stop. */
export const UncountedDeclaration = Type.Object({
  requirement: Type.String(),
  file: Type.String(),
  declaredAt: Instant,
  signedBy: Type.Optional(Type.String()),
  reason: oneOf(uncountedReasons),
  message: Type.String(),
});
export type UncountedDeclaration = Static<typeof UncountedDeclaration>;
