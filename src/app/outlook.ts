/** outlook: what of a run turns red or expires when, decided by judging its evidence as of days to come. */
import { promises as fs } from "node:fs";
import path from "node:path";
import type { Evidence } from "../model/evidence.ts";
import { UsageError } from "../model/faults.ts";
import { addDays, dateOf, daysBetween, instantAt, millisecondsOf } from "../model/instant.ts";
import { type Assumption, assumptions, type Outlook, type Turn, turnKinds } from "../model/outlook.ts";
import type { Instant } from "../model/vocabulary.ts";
import type { Run } from "./diff/differences.ts";
import { comparableRun } from "./diff-runs.ts";
import { judgeEvidence } from "./judge-evidence.ts";
import { assumed } from "./outlook/assumed.ts";
import { datesIn } from "./outlook/dates.ts";
import { midnightsBetween, turningDays } from "./outlook/turning-days.ts";
import { type Judgement, keyOf, turnsBetween } from "./outlook/turns.ts";
import { readEvidence } from "./stored-run.ts";

/** As long as the longest lifetime of a result: a year, and to the end of the month after it. */
const standingDays = 430;
const mostDays = 1_100;

export interface OutlookOptions {
  /** A run's folder, its report.json, or evidence.json. */
  readonly target: string;
  /** The last day looked at; default 430 days after the day judged. */
  readonly until?: Instant | undefined;
}

export async function outlook({ target, until }: OutlookOptions): Promise<Outlook> {
  const { report, evidence } = await runAt(target);
  const last = until ?? addDays(report.asOf, standingDays);
  const days = daysBetween(report.asOf, last);
  if (days <= 0 || days > mostDays) {
    throw new UsageError(
      `--until ${last} is not within ${mostDays} days of ${report.asOf}, the day that the run was judged as of.`,
      "Name a later day, or an earlier one.",
    );
  }
  const turns = assumptions.flatMap((assuming) => turnsOf(evidence, assuming, report.asOf, last));
  const dates = datesIn(evidence, report).filter(({ on }) => on >= dateOf(report.asOf) && on <= dateOf(last));
  const { subject, checkedAt, asOf, verdict } = report;
  return {
    schemaVersion: 1,
    subject,
    checkedAt,
    from: asOf,
    until: last,
    verdict,
    turns: sorted([...turns, ...dates]),
  };
}

async function runAt(target: string): Promise<Required<Pick<Run, "report">> & { readonly evidence: Evidence }> {
  const folder = (await fs.stat(target).catch(() => undefined))?.isDirectory() === true;
  if (!folder && path.basename(target) !== "report.json") {
    const sealed = await readEvidence(target);
    if (sealed.broken.length === 0) return { report: judgeEvidence(sealed), evidence: sealed.evidence };
    throw new UsageError([{ file: target, message: `the digest of ${sealed.broken[0]} does not hold` }]);
  }
  const { report, evidence } = await comparableRun(target);
  if (evidence) return { report, evidence };
  throw new UsageError([
    { file: target, message: "has no evidence of its own beside it, so days to come cannot be judged" },
  ]);
}

function turnsOf(evidence: Evidence, assuming: Assumption, from: Instant, until: Instant): readonly Turn[] {
  const judge = (asOf: Instant): Judgement => judgedOn(assumed(evidence, assuming, asOf), asOf);
  return turningDays(midnightsBetween(from, until), judge, keyOf).flatMap(({ before, after, midnight }) => {
    // a second before midnight it was another day: what had turned by then turned on that one
    const last = instantAt(millisecondsOf(midnight) - 1000);
    const eve = last > from ? judge(last) : before;
    return [
      ...turnsBetween(before, eve, dateOf(last), assuming),
      ...turnsBetween(eve, after, dateOf(midnight), assuming),
    ];
  });
}

function judgedOn(evidence: Evidence, asOf: Instant): Judgement {
  try {
    return judgeEvidence({ evidence, sha256: evidence.facts.sha256 }, asOf);
  } catch (error) {
    if (error instanceof UsageError) return { none: error.faults[0]?.message ?? error.message };
    throw error;
  }
}

/** By day, then by kind; of turns that are alike the one that most is taken for granted for: nothing of that helps. */
function sorted(turns: readonly Turn[]): readonly Turn[] {
  const alike = new Map<string, Turn>();
  for (const turn of turns) {
    const key = JSON.stringify([
      turn.on,
      turn.kind,
      turn.name,
      turn.to,
      turn.kind === "certificate" ? turn.because : "",
    ]);
    const known = alike.get(key);
    const stronger = known && assumptions.indexOf(known.assuming) > assumptions.indexOf(turn.assuming);
    if (stronger !== true) alike.set(key, turn);
  }
  const rank = ({ on, kind, name }: Turn) => `${on} ${turnKinds.indexOf(kind)} ${name}`;
  return [...alike.values()].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}
