/** matrix.json: what many reports together say of providers: one row a configuration, one column a Kubernetes branch. */
import { type Static, Type } from "@sinclair/typebox";
import { Inputs } from "./evidence.ts";
import { KubernetesReleasesFact } from "./facts/inputs.ts";
import { Finding, Missing, Observed } from "./finding.ts";
import { Clause } from "./report.ts";
import { CalendarDate, Instant, Outcome, ScopeStatus, Sha256, Verdict } from "./vocabulary.ts";

/** More reports are refused: each is judged again whenever the matrix is made or verified. */
export const maxIndexedReports = 1000;
const maxSignersLength = 4 * 1024 * 1024;

/** One report that was found. `place` says where, for people; a report is known by its digest. */
export const IndexedReport = Type.Object({
  place: Type.String({ maxLength: 1000 }),
  /** Digest of the bytes of report.json. */
  sha256: Sha256,
  subject: Type.Union([Type.String(), Type.Null()]),
  checkedAt: Type.Union([Instant, Type.Null()]),
  /** Digest of its evidence file. */
  evidence: Type.Union([Sha256, Type.Null()]),
  verdict: Type.Union([Verdict, Type.Null()]),
  /** Fingerprint of the key whose intact signature it bears. */
  signedBy: Type.Union([Type.String(), Type.Null()]),
  /** `counts`: a cell rests on it. `superseded`: sound, and newer ones say all that it says. `refused`: it counts for nothing. */
  state: Type.Union([Type.Literal("counts"), Type.Literal("superseded"), Type.Literal("refused")]),
  /** Why it is refused, one clause; empty otherwise. */
  because: Type.String(),
});
export type IndexedReport = Static<typeof IndexedReport>;

/** What a testcase of the scope amounts to on the day of the matrix: its newest result, while that counts. */
export const CellTestcase = Type.Object({
  id: Type.String(),
  /** MISS where there is no result or none that counts. */
  verdict: Verdict,
  state: Type.Union([Type.Literal("counts"), Type.Literal("expired"), Type.Literal("missing")]),
  observedAt: Type.Optional(Instant),
  expiresAt: Type.Optional(Instant),
  /** Digest of the report that it comes from. */
  report: Type.Optional(Sha256),
});
export type CellTestcase = Static<typeof CellTestcase>;

/** Binding statements that no testcase counts, by what is known of them. */
const Attestations = Type.Object({
  met: Type.Array(Type.String()),
  declared: Type.Array(Type.String()),
  due: Type.Array(Type.String()),
  disproved: Type.Array(Type.String()),
});

export const Cell = Type.Object({
  subject: Type.String(),
  provider: Type.String(),
  /** What the subject's name says beside provider and branch; empty: nothing. */
  configuration: Type.String(),
  /** Kubernetes branch, `1.37`. */
  branch: Type.String(),
  /** Version that the newest report saw. */
  version: Type.Union([Type.String(), Type.Null()]),
  verdict: Verdict,
  /** From then on the first of its results counts no longer; null: none counts now. */
  validUntil: Type.Union([Instant, Type.Null()]),
  /** Testcase, or attested requirement, that decides the verdict, and why: one clause. */
  weakest: Type.Object({ id: Type.String(), because: Type.String() }),
  testcases: Type.Array(CellTestcase),
  attestations: Attestations,
});
export type Cell = Static<typeof Cell>;

/** A requirement on what a provider offers, decided by several of its reports together. */
export const ProviderStatement = Type.Object({
  requirement: Type.String(),
  title: Type.String(),
  outcome: Outcome,
  because: Type.String(),
  observed: Observed,
  findings: Type.Array(Finding),
  missing: Type.Array(Missing),
  /** The provider has declared it, in a report that counts; a declaration is no measurement. */
  declared: Type.Boolean(),
  clause: Clause,
});
export type ProviderStatement = Static<typeof ProviderStatement>;

export const Provider = Type.Object({
  name: Type.String(),
  /** The worst of its cells; FAIL when a statement is disproved. */
  verdict: Verdict,
  statements: Type.Array(ProviderStatement),
});
export type Provider = Static<typeof Provider>;

const signers = Type.Optional(Type.String({ maxLength: maxSignersLength }));

/** All that judging took beside the reports, so that anybody can make the same matrix of them. */
export const MatrixInputs = Type.Object({
  scope: Inputs.properties.scope,
  /** The caller's word that these reports stand for every branch that the providers offer. */
  complete: Type.Boolean(),
  /** Texts of files in the form of allowed signers; absent: nobody looked who signed. */
  allowedSigners: signers,
  declarationSigners: signers,
  reviewSigners: signers,
  revoked: signers,
  releases: Type.Pick(KubernetesReleasesFact, ["date", "minors"]),
});
export type MatrixInputs = Static<typeof MatrixInputs>;

export const Matrix = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    kind: Type.Literal("matrix"),
    id: Type.String(),
    /** What it is a matrix of, and who signs for it. */
    name: Type.String({ minLength: 1, maxLength: 200 }),
    asOf: Instant,
    /** The worst of its providers. */
    verdict: Verdict,
    /** The cell that fails or ends first; null when there is none. */
    weakest: Type.Union([
      Type.Object({
        subject: Type.String(),
        verdict: Verdict,
        validUntil: Type.Union([Instant, Type.Null()]),
        because: Type.String(),
      }),
      Type.Null(),
    ]),
    scope: Type.Object({
      id: Type.String(),
      uuid: Type.String(),
      name: Type.String(),
      version: Type.String(),
      status: ScopeStatus,
      submittable: Type.Boolean(),
    }),
    /** Branches, oldest first. */
    branches: Type.Array(Type.String()),
    providers: Type.Array(Provider),
    cells: Type.Array(Cell),
    reports: Type.Array(IndexedReport, { maxItems: maxIndexedReports }),
    inputs: MatrixInputs,
    data: Type.Object({ sha256: Sha256, date: CalendarDate }),
    standards: Type.Object({ sha256: Sha256 }),
    tool: Type.Object({ name: Type.String(), version: Type.String(), sha256: Sha256 }),
  },
  { additionalProperties: false },
);
export type Matrix = Static<typeof Matrix>;
