/** How a run ends on the command line: the report on stdout, the files on stderr, the exit code from the report. */
import { type Command, Option } from "commander";
import type { Baseline } from "../app/baseline.ts";
import type { Gate, GateOptions } from "../app/exit.ts";
import { gates } from "../app/gate-names.ts";
import type { RunResult } from "../app/leave-run.ts";
import { UsageError } from "../model/faults.ts";
import { text, type Values } from "./option-groups.ts";
import type { Output } from "./output.ts";

/** What the exit code looks at, and since when. */
export interface ChosenGate extends Omit<GateOptions, "known"> {
  readonly baseline: Baseline | undefined;
}

export function addGateOptions(command: Command): Command {
  return command
    .addOption(new Option("--gate <what>", "what the exit code looks at").choices(gates).default("binding"))
    .addOption(
      new Option("--baseline <report>", "an earlier run's folder or report.json: says what is new, for --gate new"),
    )
    .addOption(new Option("--strict", "due attestations count as missing, advisory musts gate like binding ones"));
}

/** Reads the baseline, so that a wrong one is found before anything else is done. */
export async function gateOptions(values: Values): Promise<ChosenGate> {
  const gate = values.gate as Gate;
  const file = text(values.baseline);
  if (gate === "new" && file === undefined) {
    throw new UsageError(
      "--gate new needs to know since when.",
      "Name an earlier run with --baseline DIR or report.json.",
    );
  }
  const baseline = file === undefined ? undefined : await (await import("../app/baseline.ts")).openBaseline(file);
  return { gate, strict: values.strict === true, baseline };
}

export async function conclude(run: RunResult, output: Output, { baseline, ...gate }: ChosenGate): Promise<number> {
  const { exitCodeOf, terminalReport } = await import("../app/exit.ts");
  const { color, verbose } = output.options;
  output.result(await terminalReport(run, { color, width: output.width, verbose }));
  output.note(`Wrote ${run.folder}: ${run.files.join(", ")}`, { folder: run.folder });
  if (run.signedBy === undefined) output.note("Not signed: give --key FILE or --agent FINGERPRINT, or sign it later.");
  if (baseline === undefined) return exitCodeOf(run.report, gate);
  const { sinceBaseline } = await import("../app/baseline.ts");
  const { known, lines } = sinceBaseline(baseline, { report: run.report, evidence: run.sealed.evidence });
  for (const line of lines) output.note(line);
  return exitCodeOf(run.report, { ...gate, known });
}
