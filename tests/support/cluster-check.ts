/** The main job in-process against a real cluster: look, judge, leave the files of a run. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { check } from "../../src/app/check.ts";
import type { RunResult } from "../../src/app/leave-run.ts";
import type { ActingOptions, InputOptions, SelectionOptions } from "../../src/app/options.ts";
import type { GatherEvent } from "../../src/evidence/gather.ts";
import type { Evidence, Gathering, StoredFact } from "../../src/model/evidence.ts";
import type { FactValues, ProbedFactId } from "../../src/model/facts/index.ts";
import type { Result } from "../../src/model/report.ts";
import type { Signer } from "../../src/model/signer.ts";
import type { Instant, Outcome } from "../../src/model/vocabulary.ts";
import { checkedOn } from "./expected-outcomes.ts";
import { readable } from "./gathering.ts";

export interface CheckedCluster {
  readonly run: RunResult;
  readonly gathering: Gathering;
  /** Every requirement of the report with its outcome, in the report's order. */
  readonly outcomes: { readonly [requirement: string]: Outcome };
  result(requirement: string): Result;
  fact(id: ProbedFactId): StoredFact;
  /** What a fact says that was collected. */
  value<Id extends ProbedFactId>(id: Id): FactValues[Id];
}

export interface CheckClusterOptions {
  readonly selection?: Partial<SelectionOptions>;
  readonly inputs?: InputOptions;
  readonly signer?: Signer;
  readonly folder?: string;
  readonly requestTimeout?: number;
  readonly timeout?: number;
  readonly acting?: ActingOptions;
  /** What our clock says. */
  readonly at?: Instant;
  readonly onEvent?: (event: GatherEvent) => void;
}

/** Without a folder the run's files are gone at once; what is read of them is in the answer. */
export async function checkCluster(kubeconfig: string, options: CheckClusterOptions = {}): Promise<CheckedCluster> {
  const scratch = mkdtempSync(path.join(tmpdir(), "check-"));
  try {
    const run = await check({
      cluster: {
        kubeconfig,
        requestTimeout: options.requestTimeout ?? 10_000,
        timeout: options.timeout ?? 60_000,
        acting: options.acting,
      },
      selection: {
        scope: "scs-compatible-kaas",
        only: [],
        skip: [],
        tier: "observe",
        includeProposed: false,
        ...options.selection,
      },
      inputs: { subject: "cloud-1.37", ...options.inputs },
      signing: { signer: options.signer, passphrase: async () => undefined },
      folder: options.folder ?? path.join(scratch, "run"),
      formats: ["testcases"],
      now: () => new Date(options.at ?? checkedOn),
      onEvent: options.onEvent ?? (() => {}),
      signal: new AbortController().signal,
    });
    return checkedCluster(run);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function checkedCluster(run: RunResult): CheckedCluster {
  const evidence = JSON.parse(readFileSync(path.join(run.folder, "evidence.json"), "utf8")) as Evidence;
  const { gathering } = evidence.facts;
  const found = <T>(what: string, value: T | undefined): T => {
    if (value === undefined) throw new Error(`the run has no ${what}`);
    return value;
  };
  return {
    run,
    gathering,
    outcomes: outcomesOf(run.report.results),
    result: (requirement) =>
      found(
        requirement,
        run.report.results.find((result) => result.requirement === requirement),
      ),
    fact: (id) => found(id, gathering.items[id]),
    value: readable(gathering).value,
  };
}

export function outcomesOf(results: readonly Result[]): { readonly [requirement: string]: Outcome } {
  return Object.fromEntries(results.map(({ requirement, outcome }) => [requirement, outcome]));
}
