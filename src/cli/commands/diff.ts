import { type Command, Option } from "commander";
import { type TableFormat, tableFormats } from "../../app/table-formats.ts";
import { act, type Session } from "../context.ts";

export function addDiff(program: Command, session: Session): Command {
  const command = program
    .command("diff")
    .argument("<before>", "the earlier run's folder, or its report.json")
    .argument("<after>", "the later run's folder, or its report.json")
    .summary("what changed between two runs, and whose doing it is")
    .description(
      "Says for each requirement what changed and whose doing it is: the cluster's, the rule's (standards, scope, day), the " +
        "tool's, the release data's, the inputs', or a flake's. With the evidence of both runs this is decided by judging the " +
        "facts of one by the rules of the other; without, it says what cannot be ruled out.\n" +
        "Exit code 0: nothing that binds got worse · 1: something that binds fails now and did not · 2: has no answer any more.",
    )
    .addOption(new Option("--format <format>", "form of what is printed").choices(tableFormats).default("text"));
  return act(command, session, async ({ output }, values, [before = "", after = ""]) => {
    const { diffRuns } = await import("../../app/diff-runs.ts");
    const { comparisonExitCode, comparisonIn } = await import("../../app/comparison-formats.ts");
    const comparison = await diffRuns(before, after);
    const { color, verbose } = output.options;
    output.result(comparisonIn(values.format as TableFormat, comparison, { color, verbose, width: output.width }));
    return comparisonExitCode(comparison);
  });
}
