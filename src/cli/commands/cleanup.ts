import { type Command, Option } from "commander";
import { UsageError } from "../../model/faults.ts";
import { addClusterOptions, clusterOptions, namespaceToActIn } from "../cluster-options.ts";
import { act, type Session } from "../context.ts";
import { text } from "../option-groups.ts";
import { printable } from "../output.ts";

export function addCleanup(program: Command, session: Session): Command {
  const command = program
    .command("cleanup")
    .summary("remove what dead runs left on a cluster")
    .description(
      "Removes what runs of tiers active and system made and could not take away, because they were killed or lost the " +
        "cluster. Only what is proven to be theirs: by the ledger of this machine, or by its own marks once it has expired. " +
        "What merely bears our labels is listed and stays. Drafts of folders that killed runs left here go as well.",
    )
    .addOption(new Option("--run <id>", "only what this run left").argParser(runId))
    .option("-o, --output <folder>", "also look beside this folder, as a run was told it (default: below scs-report)")
    .option("--dry-run", "say what would be removed");
  addClusterOptions(command);
  command.addOption(namespaceToActIn("also look in this namespace, which runs were told to act in"));
  return act(command, session, async ({ output, signal, now }, values) => {
    const { cleanup } = await import("../../app/cleanup.ts");
    const options = {
      cluster: clusterOptions(values),
      folder: text(values.output),
      run: text(values.run),
      dryRun: values.dryRun === true,
    };
    const { lines, left, unseen } = await cleanup({ ...options, now, signal });
    for (const line of lines) output.result(printable(line));
    if (unseen.length > 0) output.note(`Not looked at, for want of rights or answers: ${unseen.join(", ")}.`);
    return left === 0 && !unseen.includes("namespaces") ? 0 : 2;
  });
}

function runId(given: string): string {
  if (/^[a-z0-9]{5}$/.test(given)) return given;
  throw new UsageError(`--run ${JSON.stringify(given)} names no run.`, "Five letters and digits, as the run said.");
}
