import { Argument, type Command, Option } from "commander";
import { UsageError } from "../../model/faults.ts";
import { requestTimeoutOption } from "../cluster-options.ts";
import { act, type CommandContext, type Session } from "../context.ts";
import { addGithubOptions, githubOptions } from "../github-options.ts";
import { addSigningOptions, signingOptions, text, type Values } from "../option-groups.ts";
import { printable } from "../output.ts";

export function addData(program: Command, session: Session): Command {
  const command = program
    .command("data")
    .addArgument(
      new Argument("<what>", "show: print the facts in use; update: ask upstream for newer ones").choices([
        "show",
        "update",
      ]),
    )
    .summary("the dated Kubernetes release, end-of-life and CVE facts")
    .description(
      "show: the facts that the version policy is judged by, their date and where they are from.\n" +
        "update: writes a file for --data with what kubernetes/kubernetes, kubernetes/website and\n" +
        "kubernetes-sigs/cve-feed-osv say today. A source that fails is named, and its part keeps its content and date.\n" +
        "Exit code of update 0: all of it is of today · 2: not all of it.",
    )
    .option("--data <file>", "a file instead of the built-in facts; update starts from it")
    .option("--json", "show: the whole file as JSON, ready for --data")
    .addOption(new Option("-o, --output <file>", "update: the file that is written"))
    .option("--token-file <file>", "update: token for GitHub's API (default: GITHUB_TOKEN; without one, few requests)");
  addSigningOptions(addGithubOptions(command)).addOption(requestTimeoutOption("30s"));
  return act(command, session, async (context, values, [what]) => {
    if (what === "update") return update(context, values);
    const { output, now } = context;
    const { showData } = await import("../../app/show-data.ts");
    output.result(await showData({ file: text(values.data), json: values.json === true, now }));
    return 0;
  });
}

async function update(context: CommandContext, values: Values): Promise<number> {
  const { output, now, signal } = context;
  const file = text(values.output);
  if (file === undefined) throw new UsageError("Where to write it was not said.", "Give -o FILE.");
  const { updateData } = await import("../../app/update-data.ts");
  const updated = await updateData({
    file,
    from: text(values.data),
    github: githubOptions("kubernetes/kubernetes", values, context),
    signing: signingOptions(values),
    now,
  });
  for (const note of updated.notes) output.note(printable(note));
  for (const warning of updated.warnings) output.fault(printable(warning));
  if (signal.aborted) return 130;
  const { data, signedBy } = updated;
  if (updated.file === undefined) output.fault("Nothing was written.");
  else {
    const signed = signedBy === undefined ? "" : `, signed by ${signedBy}`;
    const cves = `CVEs of ${data.cvesDate ?? data.date}`;
    output.result(`${updated.file}: ${data.releases.length} releases as of ${data.date}, ${cves}${signed}.`);
  }
  return updated.exitCode;
}
