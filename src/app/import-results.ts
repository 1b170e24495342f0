/** import: what a result of the upstream e2e suite holds, judged alone by the testcases it speaks to. */
import { sealEvidence } from "../evidence/seal.ts";
import { printable } from "../importers/limits.ts";
import type { Gathering } from "../model/evidence.ts";
import type { ConformanceResultsFact } from "../model/facts/inputs.ts";
import { UsageError } from "../model/faults.ts";
import { instantAt } from "../model/instant.ts";
import type { Scope } from "../model/scope.ts";
import type { Instant, Verdict } from "../model/vocabulary.ts";
import { pairOf, readResultFiles, resultInputs, stated } from "./conformance-results.ts";
import { foundLines } from "./found-lines.ts";
import { releasesInput } from "./inputs.ts";
import { judgeEvidence } from "./judge-evidence.ts";
import { openSigner } from "./key.ts";
import { inRunFolder, leaveRun, type RunResult } from "./leave-run.ts";
import type { FormatOptions, SelectionOptions, SigningOptions } from "./options.ts";
import type { FolderOptions } from "./run-folder.ts";
import { loadScope } from "./scope.ts";
import { selectedRequirements } from "./selected.ts";
import { tool } from "./tool.ts";

export interface ImportOptions extends FormatOptions, FolderOptions {
  readonly files: readonly string[];
  readonly selection: Pick<SelectionOptions, "scope" | "scopeVersion" | "asOf">;
  readonly subject?: string | undefined;
  readonly signing: SigningOptions;
  readonly now: () => Date;
}

export interface ImportResult {
  readonly run: RunResult;
  /** What was found, line by line. */
  readonly found: readonly string[];
}

/** The checks that decide by results, and the part of a result that each looks at. */
const deciding = [
  ["scs-0201/conformance-suite", "suite"],
  ["scs-0219/network-policy", "policies"],
] as const;

/** Looks at no cluster: the evidence holds the results and nothing else. */
export async function importAndJudge(options: ImportOptions): Promise<ImportResult> {
  const scope = await loadScope(options.selection.scope, options.selection.scopeVersion);
  const read = await readResultFiles(options.files, options.now());
  const signer = await openSigner(options.signing);
  const gatheredBy = signer?.fingerprint ?? "unsigned";
  const subject = options.subject ?? subjectOf(read.map(({ value }) => value));
  const pair = stated(pairOf(read), options.subject, gatheredBy);
  const gathering = gatheringOf(gatheredBy, instantAt(options.now().getTime()));
  const checks = deciding.flatMap(([check, part]) => (pair[part] ? [check] : []));
  const sealed = sealEvidence(gathering, {
    subject,
    scope: scope.input,
    selection: {
      only: [...countedBy(scope.scope, options.selection, checks, options.selection.asOf ?? gathering.checkedAt)],
      skip: [],
      tier: "observe",
    },
    includeProposed: false,
    ...resultInputs(pair),
    kubernetesReleases: await releasesInput(undefined),
  });
  const report = judgeEvidence(sealed, options.selection.asOf);
  return inRunFolder(options, async (folder) => {
    const { formats, sarifLocation } = options;
    const leaving = { sealed, report, formats, sarifLocation, signer, suffix: "-imported" };
    const run = await leaveRun(folder, leaving);
    const judged = report.testcases.flatMap(({ id, verdict, requirements }) =>
      report.results
        .filter(({ requirement }) => requirements.includes(requirement))
        .map(({ because }) => printable(`${id}: ${verdict}: ${because}`)),
    );
    const outdated = report.results.some(({ missing }) => missing.some(({ reason }) => reason === "expired"));
    const then = outdated ? endedAt(read.map(({ value }) => value)) : undefined;
    const thenLines = then === undefined ? [] : [thenLine(then, judgeThen(sealed, then))];
    return { run, found: [...read.flatMap(foundLines), ...judged, ...thenLines, ""] };
  });
}

/** Requirements that a testcase counts; a draft that asks the same of a cluster is not what the result is handed in for. */
function countedBy(
  scope: Scope,
  { scopeVersion }: ImportOptions["selection"],
  checks: readonly string[],
  asOf: Instant,
): readonly string[] {
  const selection = { scopeVersion, only: checks, skip: [], tier: "observe", includeProposed: false } as const;
  const counted = selectedRequirements(scope, selection, asOf).filter(({ testcases }) => testcases.length > 0);
  return counted.length > 0 ? counted.map(({ id }) => id) : checks;
}

function gatheringOf(gatheredBy: string, at: Instant): Gathering {
  const { name, version } = tool;
  return {
    tool: { name, version },
    startedAt: at,
    checkedAt: at,
    tier: "observe",
    gatheredBy,
    requests: [],
    items: {},
  };
}

/** As the result names itself; a file name keeps nothing of what a folder may not be called. */
function subjectOf(results: readonly ConformanceResultsFact[]): string {
  const [first] = results;
  const uid = results.find((result) => result.clusterUid !== undefined)?.clusterUid;
  if (uid !== undefined) return `cluster-${uid.slice(0, 8)}`;
  const product = results.find((result) => result.product !== undefined)?.product;
  const name = product?.name
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[._-]+|-+$/g, "")
    .slice(0, 60);
  return name !== undefined && name !== "" ? name : `imported-${first?.source.slice(0, 8) ?? "nothing"}`;
}

function endedAt(results: readonly ConformanceResultsFact[]): Instant | undefined {
  return results.map((result) => result.finishedAt).sort()[0];
}

type Sealed = Parameters<typeof judgeEvidence>[0];

/** The day's own scope and texts may not reach back that far; then there is nothing to tell. */
function judgeThen(sealed: Sealed, then: Instant): readonly Verdict[] | undefined {
  try {
    return judgeEvidence(sealed, then).results.map(({ verdict }) => verdict);
  } catch (error) {
    // no scope was valid then; anything else is a fault of ours
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

function thenLine(then: Instant, verdicts: readonly Verdict[] | undefined): string {
  const was = verdicts === undefined ? "there was no such rule yet" : `it was ${[...new Set(verdicts)].join(", ")}`;
  return `Too old to count today. By the rules of its own time, ${then}, ${was} (--as-of ${then}).`;
}
