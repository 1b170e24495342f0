/** report.json: the sealed result. Field names and meanings are fixed; more may be added. */
import { type Static, Type } from "@sinclair/typebox";
import { Claim, DeclaredEvidence, UncountedDeclaration } from "./declaration.ts";
import { Cleanup, FactDigest, Selection } from "./evidence.ts";
import { Finding, Missing, Observed } from "./finding.ts";
import {
  Basis,
  CalendarDate,
  DocumentStatus,
  Instant,
  Level,
  Outcome,
  PlatformName,
  ScopeStatus,
  Sha256,
  Verdict,
} from "./vocabulary.ts";
import { Waiver, WaiverUse } from "./waiver.ts";

const ids = Type.Array(Type.String());

export const Clause = Type.Object({
  url: Type.String(),
  anchor: Type.String(),
  sha256: Sha256,
  /** The sentence (CC BY-SA 4.0 excerpt) and the day of the text revision it stands in. */
  text: Type.String(),
  revision: CalendarDate,
});
export type Clause = Static<typeof Clause>;

export const Result = Type.Object({
  /** `scs-0214-v2/control-plane-hosts`. */
  requirement: Type.String(),
  check: Type.Optional(Type.String()),
  standard: Type.String(),
  level: Level,
  /** Status of the document on the as-of date. */
  status: DocumentStatus,
  binding: Type.Boolean(),
  bindingKind: Type.Optional(Type.Union([Type.Literal("tested"), Type.Literal("attested")])),
  outcome: Outcome,
  verdict: Verdict,
  basis: Basis,
  title: Type.String(),
  observed: Observed,
  findings: Type.Array(Finding),
  because: Type.String(),
  missing: Type.Array(Missing),
  /** Remedy for the detected platform; absent when there is nothing to mend. */
  remediation: Type.Optional(Type.Object({ platform: PlatformName, text: Type.String() })),
  clause: Clause,
  /** Set when a person has to answer: the question, and what came of it. */
  attestation: Type.Optional(
    Type.Object({
      question: Type.String(),
      state: Type.Union([
        Type.Literal("due"),
        Type.Literal("declared"),
        Type.Literal("disproved"),
        Type.Literal("hidden"),
      ]),
    }),
  ),
  declaration: Type.Optional(
    Type.Object({
      statement: Type.String(),
      declaredAt: Instant,
      validUntil: Instant,
      signedBy: Type.String(),
      /** Counter-signed by somebody else than the signer; whether by the assessment body is asked by `verify`. */
      reviewed: Type.Boolean(),
      contradicted: Type.Boolean(),
      claim: Type.Optional(Claim),
      /** Who says so. */
      declarant: Type.Optional(Type.String()),
      evidence: Type.Optional(DeclaredEvidence),
      reviewedBy: Type.Optional(Type.String()),
      /** Why a counter-signature that is there does not count. */
      reviewFault: Type.Optional(Type.String()),
    }),
  ),
  /** A valid waiver covers this failure. It changes nothing else. */
  waiver: Type.Optional(Type.Pick(Waiver, ["id", "reason", "approver", "expires"])),
  /** Facts that were looked at, by id. */
  facts: ids,
  /** The check threw or broke a rule of the engine: our fault, never the cluster's. */
  defect: Type.Optional(Type.Boolean()),
});
export type Result = Static<typeof Result>;

const count = Type.Integer({ minimum: 0 });

export const Report = Type.Object({
  schemaVersion: Type.Literal(1),
  id: Type.String(),
  subject: Type.String(),
  verdict: Verdict,
  testcaseVerdict: Verdict,
  attestations: Type.Object({ due: ids, declared: ids, disproved: ids, hidden: ids }),
  partial: Type.Boolean(),
  hypothetical: Type.Boolean(),
  /** The facts were replayed from a recording. */
  recorded: Type.Optional(Type.Boolean()),
  checkedAt: Instant,
  asOf: Instant,
  scope: Type.Object({
    id: Type.String(),
    uuid: Type.String(),
    name: Type.String(),
    /** Where upstream keeps the definition; absent for scopes of ours. */
    url: Type.Optional(Type.String()),
    version: Type.String(),
    status: ScopeStatus,
    submittable: Type.Boolean(),
  }),
  selection: Selection,
  tool: Type.Object({ name: Type.String(), version: Type.String(), sha256: Sha256 }),
  cluster: Type.Object({
    uid: Type.Union([Type.String(), Type.Null()]),
    version: Type.Union([Type.String(), Type.Null()]),
    platform: PlatformName,
    nodes: Type.Union([count, Type.Null()]),
  }),
  gatheredBy: Type.String(),
  testcases: Type.Array(
    Type.Object({
      id: Type.String(),
      verdict: Verdict,
      requirements: ids,
      /** When its evidence was seen: the end of gathering, or of the imported run. */
      observedAt: Instant,
      /** No requirement of it was attempted: it is left out of what goes to the monitor. */
      attempted: Type.Boolean(),
      /** From then on its result no longer counts, by its lifetime; absent in reports of older versions. */
      expiresAt: Type.Optional(Instant),
    }),
  ),
  results: Type.Array(Result),
  /** Declarations that did not count, each with the reason; absent when there is none. */
  declarations: Type.Optional(Type.Array(UncountedDeclaration)),
  /** What became of every waiver that was given; absent when none was. */
  waivers: Type.Optional(Type.Array(WaiverUse)),
  evidence: Type.Object({
    sha256: Sha256,
    facts: Type.Array(FactDigest),
    /** How many names stand as commitments in it. */
    redacted: Type.Optional(Type.Object({ names: count })),
    /** It is a part of other evidence, and how many facts of that are not in it. */
    reduced: Type.Optional(Type.Object({ for: Type.Literal("review"), evidence: Sha256, leftOut: count })),
  }),
  standards: Type.Object({ sha256: Sha256 }),
  data: Type.Object({ sha256: Sha256, date: CalendarDate }),
  cleanup: Type.Optional(Cleanup),
  requests: Type.Object({ count, bytes: count }),
});
export type Report = Static<typeof Report>;
