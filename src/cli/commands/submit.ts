import { type Command, Option } from "commander";
import type { Submission } from "../../app/submit-monitor.ts";
import { UsageError } from "../../model/faults.ts";
import { requestTimeoutOption } from "../cluster-options.ts";
import { act, type CommandContext, type Session } from "../context.ts";
import { addSigningOptions, list, signingOptions, text, type Values } from "../option-groups.ts";

import type { Output } from "../output.ts";

export function addSubmit(program: Command, session: Session): Command {
  const command = program
    .command("submit")
    .argument("<runs...>", "runs' folders, or files in the form of the compliance monitor")
    .summary("hand in reports to the SCS compliance monitor")
    .description(
      "Judges each run again, refuses whatever the monitor would swallow, fail over or show wrongly, looks what is there, " +
        "sends the rest once, and leaves receipt.monitor.json beside each report.\n" +
        "Exit code 0: all of it is there · 4: the monitor refuses it · 2: nobody can tell · 3: nothing was sent.",
    )
    .option("--monitor <url>", "address of the compliance monitor; https, or http on loopback")
    .option("--token-file <file>", "credentials: base64 of subject:key, as the monitor's operators give out")
    .option("--delegated", "the account may hand in for the reports' subjects")
    .addOption(
      new Option("--monitor-form <form>", "form of reports that the monitor takes")
        .choices(["today", "coming"])
        .default("today"),
    )
    .addOption(new Option("--scope <files>", "definitions of further scopes that the monitor knows").argParser(list))
    .option("--dry-run", "say what would be sent; asks nobody, and needs no credentials");
  addSigningOptions(command).addOption(requestTimeoutOption("30s"));
  command.addHelpText(
    "after",
    "\nCredentials come from --token-file, else from SCS_CONFORMANCE_MONITOR_TOKEN (the text of such a file),\n" +
      "else from SCS_CONFORMANCE_MONITOR_USER and SCS_CONFORMANCE_MONITOR_KEY; never from an argument.",
  );
  return act(command, session, async (context, values, targets) => {
    const monitor = text(values.monitor);
    if (monitor === undefined) throw new UsageError("Where to hand it in was not said.", "Give --monitor URL.");
    return toMonitor(context, values, monitor, targets);
  });
}

async function toMonitor(
  { output, now, signal }: CommandContext,
  values: Values,
  monitor: string,
  targets: readonly string[],
): Promise<number> {
  const { monitorCredentials } = await import("../../app/monitor-credentials.ts");
  const credentials = await monitorCredentials(text(values.tokenFile), process.env);
  const { submitToMonitor } = await import("../../app/submit-monitor.ts");
  const submission = await submitToMonitor({
    targets,
    monitor,
    credentials,
    delegated: values.delegated === true,
    form: values.monitorForm === "coming" ? "coming" : "today",
    scopes: (values.scope as string[] | undefined) ?? [],
    signing: signingOptions(values),
    dryRun: values.dryRun === true,
    timeout: values.requestTimeout as number,
    now,
    signal,
    environment: process.env,
  });
  tell(submission, output);
  return signal.aborted ? 130 : submission.exitCode;
}

const words = { "1": "PASS", "0": "ABORT", "-1": "FAIL" } as const;

function tell({ monitor, documents, handedIn, signedBy, receipts, unjudged }: Submission, output: Output): void {
  for (const file of unjudged) {
    output.note(`${file} is not of this suite: nothing here can judge it again, it goes as it is.`);
  }
  for (const { uuid, subject, checkedAt, results } of documents) {
    const said = results.map(([id, result]) => `${id}: ${words[String(result) as keyof typeof words]}`).join(", ");
    output.result(`${uuid}  ${subject}  ${checkedAt}  ${said}`);
  }
  if (!handedIn) {
    const signed =
      signedBy === undefined ? "not signed yet: give --key FILE or --agent FINGERPRINT" : `signed by ${signedBy}`;
    output.result(`Would go to ${monitor}, ${signed}.`);
    return;
  }
  for (const file of receipts) output.note(`Wrote ${file}.`);
  if (handedIn.outcome === "there") output.result(`All of it is at ${monitor} already, the same.`);
  else if (handedIn.outcome === "stored") {
    const seen = handedIn.seen ? "and reads back the same" : "though it could not be read back";
    const part = handedIn.sent.length < documents.length ? `${handedIn.sent.length} of ${documents.length}, ` : "";
    output.result(`Handed in to ${monitor}, ${part}${seen}; signed by ${signedBy ?? "a key"}.`);
  } else {
    output.fault(printable(`${monitor}: ${handedIn.text}.`));
    output.fault(handedIn.advice);
  }
}

/** Answers are written by whoever answers there. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, "\ufffd");
}
