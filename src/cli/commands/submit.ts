import { type Command, Option } from "commander";
import { UsageError } from "../../model/faults.ts";
import { requestTimeoutOption } from "../cluster-options.ts";
import { act, type Session } from "../context.ts";
import { addGithubOptions } from "../github-options.ts";
import { addSigningOptions, list, text } from "../option-groups.ts";

export function addSubmit(program: Command, session: Session): Command {
  const command = program
    .command("submit")
    .argument("<runs...>", "runs' folders; for a monitor also files in its form")
    .summary("hand in reports: to the SCS compliance monitor, to a results repository")
    .description(
      "Judges each run again and refuses what does not hold.\n" +
        "--monitor: refuses whatever the monitor would swallow, fail over or show wrongly, looks what is there, sends the\n" +
        "rest once, and leaves receipt.monitor.json beside each report.\n" +
        "--github: one commit and one pull request with the signed report and its evidence, in reports/SUBJECT/DATE-DIGEST,\n" +
        "from a fork when the token may not push; leaves receipt.github.json. Found again, it is not made twice.\n" +
        "Exit code 0: all of it is there · 4: it is refused there · 2: nobody can tell · 3: nothing was sent.",
    )
    .option("--monitor <url>", "address of the compliance monitor; https, or http on loopback")
    .option("--github <owner/repo>", "results repository that a pull request goes to")
    .option("--base <branch>", "branch of it that the pull request is for (default: its own)")
    .option("--token-file <file>", "monitor: base64 of subject:key, as its operators give out; GitHub: a token")
    .option("--delegated", "the account may hand in for the reports' subjects")
    .addOption(
      new Option("--monitor-form <form>", "form of reports that the monitor takes")
        .choices(["today", "coming"])
        .default("today"),
    )
    .addOption(new Option("--scope <files>", "definitions of further scopes that the monitor knows").argParser(list))
    .option("--dry-run", "say what would be sent; asks nobody, and needs no credentials");
  addSigningOptions(addGithubOptions(command)).addOption(requestTimeoutOption("30s"));
  command.addHelpText(
    "after",
    "\nCredentials of the monitor come from --token-file, else from SCS_CONFORMANCE_MONITOR_TOKEN (the text of such\n" +
      "a file), else from SCS_CONFORMANCE_MONITOR_USER and SCS_CONFORMANCE_MONITOR_KEY; those of GitHub from\n" +
      "--token-file, else from GITHUB_TOKEN; never from an argument. HTTPS_PROXY and NO_PROXY are followed.",
  );
  return act(command, session, async (context, values, targets) => {
    const [monitor, github] = [text(values.monitor), text(values.github)];
    if (monitor !== undefined && github !== undefined) {
      throw new UsageError("--monitor and --github are two places.", "Hand in to one after the other.");
    }
    if (github !== undefined) {
      const { toGithub } = await import("../submit-to-github.ts");
      return toGithub(context, values, github, targets);
    }
    if (monitor === undefined) {
      throw new UsageError("Where to hand it in was not said.", "Give --monitor URL or --github OWNER/REPO.");
    }
    const { toMonitor } = await import("../submit-to-monitor.ts");
    return toMonitor(context, values, monitor, targets);
  });
}
