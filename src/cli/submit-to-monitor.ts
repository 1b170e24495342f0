/** submit --monitor: what is asked of the use case, and what is told of its outcome. */
import type { Submission } from "../app/submit-monitor.ts";
import type { CommandContext } from "./context.ts";
import { signingOptions, text, type Values } from "./option-groups.ts";
import { type Output, printable } from "./output.ts";

export async function toMonitor(
  { output, now, signal }: CommandContext,
  values: Values,
  monitor: string,
  targets: readonly string[],
): Promise<number> {
  const { monitorCredentials } = await import("../app/monitor-credentials.ts");
  const credentials = await monitorCredentials(text(values.tokenFile), process.env);
  const { submitToMonitor } = await import("../app/submit-monitor.ts");
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
