/** How a run ends on the command line: the report on stdout, the files on stderr, the exit code from the report. */
import { type Command, Option } from "commander";
import type { Gate, GateOptions } from "../app/exit.ts";
import type { RunResult } from "../app/leave-run.ts";
import type { Values } from "./option-groups.ts";
import type { Output } from "./output.ts";

export function addGateOptions(command: Command, gates: readonly Gate[]): Command {
  return command
    .addOption(new Option("--gate <what>", "what the exit code looks at").choices(gates).default("binding"))
    .addOption(new Option("--strict", "due attestations count as missing, advisory musts gate like binding ones"));
}

export function gateOptions(values: Values): GateOptions {
  return { gate: values.gate as Gate, strict: values.strict === true };
}

export async function conclude(run: RunResult, output: Output, gate: GateOptions): Promise<number> {
  const { exitCodeOf, terminalReport } = await import("../app/exit.ts");
  const { color, verbose } = output.options;
  output.result(await terminalReport(run, { color, width: output.width, verbose }));
  output.note(`Wrote ${run.folder}: ${run.files.join(", ")}`, { folder: run.folder });
  if (run.signedBy === undefined) output.note("Not signed: give --key FILE or --agent FINGERPRINT, or sign it later.");
  return exitCodeOf(run.report, gate);
}
