/** How a run is told and ended. */
import type { RunResult } from "./leave-run.ts";

export { exitCodeOf, type Gate, type GateOptions } from "../engine/exit-code.ts";

export interface TerminalOptions {
  readonly color: boolean;
  readonly width: number | undefined;
  readonly verbose: boolean;
}

/** The report as a terminal shows it. */
export async function terminalReport(run: RunResult, { color, width, verbose }: TerminalOptions): Promise<string> {
  const [{ reporters }, { sha256 }] = await Promise.all([
    import("../../reporters/index.ts"),
    import("../model/digest.ts"),
  ]);
  return reporters.terminal.render(run.report, {
    reportSha256: sha256(run.text),
    color,
    verbose,
    ...(width === undefined ? {} : { width }),
    ...(run.signedBy === undefined ? {} : { signedBy: run.signedBy }),
  });
}
