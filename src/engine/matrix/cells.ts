/** A cell: all sound reports on one subject, testcase by testcase; the newest result counts, also when it is the worse one. */
import { expiryOf } from "../../model/instant.ts";
import type { Cell, CellTestcase } from "../../model/matrix.ts";
import type { Report } from "../../model/report.ts";
import type { Testcase } from "../../model/scope.ts";
import { type Instant, type Sha256, type Verdict, verdicts } from "../../model/vocabulary.ts";
import type { RequirementInForce } from "../requirements.ts";
import { worst } from "../verdict.ts";
import { attestedIn } from "./attested.ts";
import { subjectParts } from "./subject-parts.ts";

/** A report that counts, and the digest of its bytes. */
export interface SoundReport {
  readonly report: Report;
  readonly sha256: Sha256;
  /** Kubernetes branch of its cluster. */
  readonly branch: string;
}

export interface Rules {
  readonly testcases: readonly Testcase[];
  /** Attested requirements that a cell answers for; those on what a provider offers are not among them. */
  readonly attested: readonly RequirementInForce[];
  readonly asOf: Instant;
}

/** `reports` are all of one subject. */
export function cellOf(subject: string, reports: readonly SoundReport[], { testcases, attested, asOf }: Rules): Cell {
  const ordered = newestFirst(reports);
  const results = testcases.map((testcase) => newestResult(testcase, ordered, asOf));
  const attestations = attestedIn(attested, ordered, asOf);
  const disproved = attestations.disproved.length > 0;
  const ends = results.flatMap(({ state, expiresAt }) =>
    state === "counts" && expiresAt !== undefined ? [expiresAt] : [],
  );
  const { provider, configuration } = subjectParts(subject);
  return {
    subject,
    provider,
    configuration,
    branch: ordered[0]?.branch ?? "",
    version: ordered.find(({ report }) => report.cluster.version !== null)?.report.cluster.version ?? null,
    verdict: disproved ? "FAIL" : worst(results.map(({ verdict }) => verdict)),
    validUntil: ends.sort()[0] ?? null,
    weakest: weakestOf(results, attestations.disproved),
    testcases: results,
    attestations,
  };
}

/** By the end of looking; of two that ended alike in the order of their digests, so that the order given does not matter. */
export function newestFirst(reports: readonly SoundReport[]): readonly SoundReport[] {
  const key = ({ report, sha256 }: SoundReport) => `${report.checkedAt} ${sha256}`;
  return [...reports].sort((a, b) => (key(a) < key(b) ? 1 : -1));
}

interface Candidate {
  readonly verdict: Verdict;
  readonly observedAt: Instant;
  readonly report: Sha256;
}

function newestResult({ id, lifetime }: Testcase, reports: readonly SoundReport[], asOf: Instant): CellTestcase {
  const all = reports.flatMap(({ report, sha256 }): readonly Candidate[] => {
    const own = report.testcases.find((testcase) => testcase.id === id);
    const seen = own?.attempted === true && own.observedAt <= asOf;
    return seen ? [{ verdict: own.verdict, observedAt: own.observedAt, report: sha256 }] : [];
  });
  const [newest] = all.sort((a, b) => compare(b.observedAt, a.observedAt) || rank(a.verdict) - rank(b.verdict));
  if (!newest) return { id, verdict: "MISS", state: "missing" };
  const { observedAt, report } = newest;
  const expiresAt = expiryOf(observedAt, lifetime);
  if (asOf >= expiresAt) return { id, verdict: "MISS", state: "expired", observedAt, expiresAt, report };
  return { id, verdict: newest.verdict, state: "counts", observedAt, expiresAt, report };
}

function weakestOf(results: readonly CellTestcase[], disproved: readonly string[]): Cell["weakest"] {
  const [first] = disproved;
  if (first !== undefined) return { id: first, because: "disproved by what was measured" };
  const [weakest] = [...results].sort(
    (a, b) => rank(a.verdict) - rank(b.verdict) || compare(a.expiresAt ?? "", b.expiresAt ?? ""),
  );
  if (!weakest) return { id: "", because: "the scope has no testcase" };
  return { id: weakest.id, because: whyWeak(weakest) };
}

function whyWeak({ state, verdict, observedAt = "", expiresAt = "" }: CellTestcase): string {
  switch (state) {
    case "missing":
      return "no report has a result of it";
    case "expired":
      return `its last result, of ${observedAt}, counted until ${expiresAt}`;
    case "counts":
      return verdict === "PASS"
        ? `the first to end, on ${expiresAt}`
        : `its newest result, of ${observedAt}, is ${verdict}`;
  }
}

const rank = (verdict: Verdict): number => verdicts.indexOf(verdict);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
