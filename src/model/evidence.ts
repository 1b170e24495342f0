/** evidence.json: what was seen (facts) and all else that judging uses (inputs). One file is enough to judge again. */
import { type Static, Type } from "@sinclair/typebox";
import { Commitments } from "./commitment.ts";
import { suiteKinds } from "./conformance/suite-kind.ts";
import { type Fact, Unavailable } from "./fact.ts";
import { AnyJson } from "./json.ts";
import { CalendarDate, Instant, oneOf, Sha256, Tier, UnavailableReason } from "./vocabulary.ts";
import { Waiver } from "./waiver.ts";

/** A fact in the file; values of collected facts are checked against their own schema. */
export const StoredFact = Type.Union([
  Type.Composite([Unavailable, Type.Object({ milliseconds: Type.Integer({ minimum: 0 }) })]),
  Type.Object({
    status: Type.Literal("collected"),
    at: Instant,
    milliseconds: Type.Integer({ minimum: 0 }),
    /** Digest of the canonical form of `value`. */
    sha256: Sha256,
    value: AnyJson,
  }),
]);
export type StoredFact = Static<typeof StoredFact>;

/** A stored fact as probes and checks see it: without how long it took and without its digest. */
export function factIn(stored: StoredFact): Fact<unknown> {
  if (stored.status === "collected") return { status: "collected", at: stored.at, value: stored.value };
  const { status, at, reason, message, resolve } = stored;
  return { status, at, reason, message, resolve };
}

export const StoredRequest = Type.Object({
  method: Type.String(),
  path: Type.String(),
  status: Type.Integer({ minimum: 0 }),
  milliseconds: Type.Integer({ minimum: 0 }),
  bytes: Type.Integer({ minimum: 0 }),
  attempt: Type.Integer({ minimum: 1 }),
  /** Of whom it was asked; absent: of the cluster. */
  view: Type.Optional(Type.Union([Type.Literal("management"), Type.Literal("cloud")])),
});

/** What an acting run made, and what was left of it when the cluster was asked at the end. */
export const Cleanup = Type.Object({
  created: Type.Integer({ minimum: 0 }),
  left: Type.Integer({ minimum: 0 }),
  /** What is left, at most a hundred; absent: nothing. */
  remains: Type.Optional(
    Type.Array(
      Type.Object({
        kind: Type.String({ maxLength: 100 }),
        namespace: Type.Optional(Type.String({ maxLength: 253 })),
        name: Type.String({ maxLength: 253 }),
        because: Type.String({ maxLength: 300 }),
      }),
      { maxItems: 100 },
    ),
  ),
});
export type Cleanup = Static<typeof Cleanup>;

/** What every fact of a file is known by, kept or not. */
export const FactDigest = Type.Object({
  id: Type.String(),
  status: Type.Union([Type.Literal("collected"), Type.Literal("unavailable")]),
  sha256: Sha256,
});
export type FactDigest = Static<typeof FactDigest>;

/** Of evidence that is a part of another: which, and what was left out. */
export const Reduced = Type.Object({
  for: Type.Literal("review"),
  /** Digest of the evidence file that it was derived from. */
  evidence: Sha256,
  /** Digest of the gathering in there. */
  facts: Sha256,
  /** Facts, and given results, that are no longer here; with the whole file each can be held against its digest. */
  leftOut: Type.Array(FactDigest, { maxItems: 1000 }),
});
export type Reduced = Static<typeof Reduced>;

/** All that gathering leaves; changed afterwards only into a smaller one that says so (`reduced`). */
export const Gathering = Type.Object({
  tool: Type.Object({ name: Type.String(), version: Type.String() }),
  startedAt: Instant,
  /** End of gathering. */
  checkedAt: Instant,
  tier: Tier,
  /** Fingerprint of the key that the gatherer signs with, or `unsigned`: a claim until a signature by that key is verified. */
  gatheredBy: Type.String(),
  /** True when the facts were replayed from a recording (`demo`). */
  recorded: Type.Optional(Type.Boolean()),
  requests: Type.Array(StoredRequest),
  cleanup: Type.Optional(Cleanup),
  reduced: Type.Optional(Reduced),
  /** Names of machines stand as commitments, each of which its owner can open. */
  redaction: Type.Optional(Type.Object({ names: Commitments })),
  items: Type.Record(Type.String(), StoredFact),
});
export type Gathering = Static<typeof Gathering>;

export const Selection = Type.Object({
  only: Type.Array(Type.String()),
  skip: Type.Array(Type.String()),
  tier: Tier,
});
export type Selection = Static<typeof Selection>;

/** A declarations file, byte for byte, with the armored signatures that lay beside it. */
export const DeclarationSource = Type.Object({
  /** Base name of the file. */
  name: Type.String(),
  text: Type.String({ maxLength: 1024 * 1024 }),
  /** Digest of the bytes of `text`. */
  sha256: Sha256,
  signature: Type.Optional(Type.String({ maxLength: 64 * 1024 })),
  /** Counter-signature of the assessment body. */
  review: Type.Optional(Type.String({ maxLength: 64 * 1024 })),
});
export type DeclarationSource = Static<typeof DeclarationSource>;

/** Fact-like inputs carry the same digest as gathered facts. */
export const StoredInput = Type.Object({ at: Instant, sha256: Sha256, value: AnyJson });

/** A run of the upstream e2e suite that was asked for and left no results. */
export const SuiteWithoutResults = Type.Object({
  kind: oneOf(suiteKinds),
  at: Instant,
  reason: UnavailableReason,
  message: Type.String({ maxLength: 1000 }),
});
export type SuiteWithoutResults = Static<typeof SuiteWithoutResults>;

/** More are refused: every one is parsed and checked each time that evidence is judged. */
export const maxDeclarationFiles = 20;
export const maxWaivers = 1000;

export const Inputs = Type.Object({
  subject: Type.String({ minLength: 1, maxLength: 200 }),
  scope: Type.Object({
    /** Name of a scope of ours, or the base name of the given file. */
    id: Type.String(),
    /** The definition as it was read. */
    text: Type.String(),
    sha256: Sha256,
    /** Version asked for; absent: the newest one valid on the as-of date. */
    version: Type.Optional(Type.String()),
  }),
  selection: Selection,
  /** Whether proposals of ours are judged too. */
  includeProposed: Type.Boolean(),
  /** Declarations as they were given; judging reads them and checks their signatures anew. Absent: none were given. */
  declarationFiles: Type.Optional(Type.Array(DeclarationSource, { maxItems: maxDeclarationFiles })),
  waivers: Type.Optional(Type.Array(Waiver, { maxItems: maxWaivers })),
  conformanceResults: Type.Optional(StoredInput),
  /** A run of the NetworkPolicy specs of its own, with its own time; without it they are looked for in conformanceResults. */
  networkPolicyResults: Type.Optional(StoredInput),
  /** Absent: none was asked for, or each left results. */
  suitesWithoutResults: Type.Optional(Type.Array(SuiteWithoutResults, { maxItems: suiteKinds.length })),
  /** Configurations of kubelets out of one of these results. */
  nodeConfiguration: Type.Optional(StoredInput),
  kubernetesReleases: Type.Composite([StoredInput, Type.Object({ date: CalendarDate })]),
});
export type Inputs = Static<typeof Inputs>;

export const Evidence = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    facts: Type.Object({
      /** Digest of the canonical form of `gathering`. */
      sha256: Sha256,
      gathering: Gathering,
    }),
    inputs: Inputs,
  },
  { additionalProperties: false },
);
export type Evidence = Static<typeof Evidence>;
