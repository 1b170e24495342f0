/** A check script for upstream's scs-compliance-check.py: testcase ids in, verdict lines out. */
import { promises as fs } from "node:fs";
import os from "node:os";
import path from "node:path";
import { UsageError } from "../model/faults.ts";
import type { Report, Result } from "../model/report.ts";
import type { Verdict } from "../model/vocabulary.ts";
import { check } from "./check.ts";
import type { ClusterOptions, InputOptions } from "./options.ts";
import { defaultScope } from "./options.ts";

export interface RunnerOptions {
  readonly cluster: ClusterOptions;
  readonly inputs: InputOptions;
  readonly testcases: readonly string[];
  readonly folder: string | undefined;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

export interface RunnerAnswer {
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly exitCode: 0 | 1 | 70;
}

/** The runner knows three words; a testcase that was not attempted gets none, so that it stays missing there. */
const words: { readonly [V in Verdict]: "PASS" | "FAIL" | "ABORT" | undefined } = {
  PASS: "PASS",
  FAIL: "FAIL",
  DNF: "ABORT",
  MISS: undefined,
};

export async function runForRunner(options: RunnerOptions): Promise<RunnerAnswer> {
  const scratch = await fs.mkdtemp(path.join(os.tmpdir(), "scs-conformance-"));
  try {
    const { report } = await check({
      cluster: options.cluster,
      selection: { scope: defaultScope, only: options.testcases, skip: [], tier: "observe", includeProposed: false },
      inputs: options.inputs,
      signing: { passphrase: async () => undefined },
      folder: options.folder ?? path.join(scratch, "run"),
      formats: [],
      now: options.now,
      onEvent: () => undefined,
      signal: options.signal,
    });
    return answer(report, options.testcases);
  } catch (error) {
    options.signal.throwIfAborted();
    // the runner counts lines by their first word: CRITICAL, and no verdict
    const ours = error instanceof UsageError;
    const message = error instanceof Error ? error.message : String(error);
    const said = ours ? [message, error.advice ?? ""] : [`this is a defect of scs-conformance: ${message}`];
    const line = said.map(oneLine).filter((part) => part !== "");
    return { stdout: [], stderr: [`CRITICAL: ${line.join(" ")}`], exitCode: ours ? 1 : 70 };
  } finally {
    await fs.rm(scratch, { recursive: true, force: true });
  }
}

function answer(report: Report, wanted: readonly string[]): RunnerAnswer {
  const own = report.testcases.filter((testcase) => wanted.includes(testcase.id));
  const stdout = own.flatMap(({ id, verdict }) => (words[verdict] === undefined ? [] : [`${id}: ${words[verdict]}`]));
  const counted = new Set(own.flatMap((testcase) => testcase.requirements));
  const stderr = report.results.filter((result) => counted.has(result.requirement)).flatMap(findingLines);
  const every = wanted.every((id) =>
    own.some((testcase) => testcase.id === id && words[testcase.verdict] !== undefined),
  );
  return { stdout, stderr, exitCode: every ? 0 : 1 };
}

/** Everything upstream keeps of a report for the public is a line that starts with ERROR or WARNING. */
function findingLines({ outcome, requirement, because, findings }: Result): readonly string[] {
  switch (outcome) {
    case "fail":
      return findings.map((finding) => `ERROR: ${requirement}: ${oneLine(finding.message)}`);
    case "undetermined":
    case "not-run":
      return [`WARNING: ${requirement}: ${oneLine(because)}`];
    case "pass":
    case "not-applicable":
      return findings.map((finding) => `WARNING: ${requirement}: ${oneLine(finding.message)}`);
  }
}

/** The monitor's page shows these lines unescaped. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .replace(/[<>&]/g, "")
    .slice(0, 500);
}
