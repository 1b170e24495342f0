import type { Command } from "commander";
import { addClusterOptions, clusterOptions } from "../cluster-options.ts";
import { act, type Session } from "../context.ts";
import { addInputOptions, inputOptions, text } from "../option-groups.ts";

export function addRunner(program: Command, session: Session): Command {
  const command = program
    .command("runner")
    .argument("<testcases...>", "testcase ids, as the scope names them")
    .summary("a check script for upstream's scs-compliance-check.py")
    .description(
      "Speaks the protocol of upstream's runner: prints `id: PASS|FAIL|ABORT` for each testcase on stdout, findings as " +
        "ERROR and WARNING lines on stderr, and exits with 0 once every testcase has a verdict.",
    )
    .option("-o, --output <folder>", "also leave the files of a run in this folder");
  addClusterOptions(command);
  addInputOptions(command);
  return act(command, session, async ({ output, signal, now }, values, args) => {
    const options = { cluster: clusterOptions(values), inputs: inputOptions(values), folder: text(values.output) };
    const { runForRunner } = await import("../../app/run-for-runner.ts");
    const said = await runForRunner({ ...options, testcases: args, now, signal });
    for (const line of said.stderr) process.stderr.write(`${line}\n`);
    for (const line of said.stdout) output.result(line);
    return said.exitCode;
  });
}
