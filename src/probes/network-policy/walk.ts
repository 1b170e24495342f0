/** Walks the steps of the matrix in order, each within its time and all within theirs. */
import type { ClusterActor } from "../../model/acting.ts";
import { type Reading, read } from "../../model/fact.ts";
import type { MatrixStep } from "../../model/facts/network-paths.ts";
import { baselineStep, firstPolicyStep, isAsExpected, lookupStep } from "../../model/network/policy-matrix.ts";
import { keptWords } from "../acting/hindrance.ts";
import { lacksRight, messageOf } from "../said.ts";
import { applyPolicies, Present } from "./apply.ts";
import type { Ground } from "./policies.ts";
import { type Field, lookUntilAsExpected } from "./rounds.ts";
import { matrixSteps, type PlannedStep } from "./steps.ts";

export interface Walk {
  readonly act: Pick<ClusterActor, "create" | "patch" | "remove" | "name" | "exec">;
  readonly ground: Ground;
  readonly field: Field;
  readonly limits: WalkLimits;
  /** Milliseconds from anywhere, never going back. */
  readonly now: () => number;
}

/** Milliseconds. */
export interface WalkLimits {
  /** For the baseline and the first policy: pods may have started a moment ago, and agents of the network may sleep. */
  readonly first: number;
  readonly step: number;
  /** Beyond it no further step is begun. */
  readonly all: number;
}

export const walkLimits: WalkLimits = { first: 40_000, step: 20_000, all: 210_000 };
const unhurried: readonly string[] = [baselineStep, firstPolicyStep];

/**
 * Ends after the baseline when that is broken, and after the first policy when nothing at all was blocked. Without the right to
 * make policies or to run commands in pods there is nothing to read, whatever was seen before.
 */
export async function walk(around: Walk): Promise<Reading<MatrixStep[]>> {
  const begun = around.now();
  const present = new Present();
  const done: MatrixStep[] = [];
  let over: string | undefined;
  let names = true;
  for (const planned of matrixSteps) {
    const step = names ? planned : withoutLookups(planned);
    if (around.now() - begun > around.limits.all) over ??= "the time for all steps was over";
    const message = over ?? (names ? undefined : whyWithout(planned));
    if (message !== undefined) {
      done.push({ ...unwalked(step), outcome: "not-run", message });
      continue;
    }
    const taken = await take(around, step, present);
    if (!taken.ok) return taken;
    const walked = taken.value;
    done.push(walked);
    over = whyNoFurther(walked);
    if (walked.id === lookupStep) names = walked.outcome === "as-expected";
  }
  return read(done);
}

const isLookup = ({ lookup }: { readonly lookup?: true }): boolean => lookup === true;

/** What is left of a step where pods resolve no names. */
function withoutLookups(step: PlannedStep): PlannedStep {
  return { ...step, cells: step.cells.filter((cell) => !isLookup(cell)) };
}

/** A step that would have blocked nothing but lookups. */
function whyWithout({ cells }: PlannedStep): string | undefined {
  const left = cells.filter((cell) => !isLookup(cell) && cell.expected === "blocked");
  return left.length === 0 && cells.some(isLookup) ? "pods resolve no names without any policy" : undefined;
}

function whyNoFurther({ id, outcome, cells }: MatrixStep): string | undefined {
  if (outcome === "as-expected") return undefined;
  if (id === baselineStep) return "pods do not reach each other without any policy";
  if (id !== firstPolicyStep || outcome !== "differs") return undefined;
  const blocking = cells.filter(({ expected }) => expected === "blocked");
  const nothing = blocking.every(({ seen }) => seen.every(({ answer }) => answer === "allowed"));
  return nothing ? "the first policy blocked nothing" : undefined;
}

async function take(
  { act, ground, field, limits, now }: Walk,
  step: PlannedStep,
  present: Present,
): Promise<Reading<MatrixStep>> {
  const begun = now();
  const limit = unhurried.includes(step.id) ? limits.first : limits.step;
  const timed = () => ({ milliseconds: Math.round(now() - begun) });
  const applied = await applyPolicies(act, ground.home, present, step.policies(ground));
  const notApplied = (message: string) =>
    read({ ...unwalked(step), outcome: "not-applied" as const, ...timed(), message: keptWords(message) });
  if (!applied.ok) return applied.reason === "forbidden" ? applied : notApplied(applied.message);
  if (applied.value !== undefined) return lacksRight(applied.value, "create") ?? notApplied(messageOf(applied.value));
  const { cells, rounds, reading } = await lookUntilAsExpected(field, step.cells, begun + limit, now);
  const seen = { ...unwalked(step), cells: [...cells], rounds, ...timed() };
  if (!reading.ok && reading.reason === "forbidden") return reading;
  if (!reading.ok) return read({ ...seen, outcome: "not-looked-at", message: keptWords(reading.message) });
  return read({ ...seen, outcome: cells.every(isAsExpected) ? "as-expected" : "differs" });
}

function unwalked({ id, weak }: PlannedStep): Omit<MatrixStep, "outcome"> {
  return { id, ...(weak === undefined ? {} : { weak }), milliseconds: 0, rounds: 0, cells: [] };
}
