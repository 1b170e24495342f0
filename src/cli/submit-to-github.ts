/** submit --github: what is asked of the use case, and what is told of its outcome. */
import { type Handing, submitToGithub } from "../app/submit-github.ts";
import type { CommandContext } from "./context.ts";
import { githubOptions } from "./github-options.ts";
import { signingOptions, text, type Values } from "./option-groups.ts";
import { type Output, printable } from "./output.ts";

/** One pull request for each run; the worst exit code counts. */
export async function toGithub(
  context: CommandContext,
  values: Values,
  repository: string,
  targets: readonly string[],
): Promise<number> {
  const { output, now, signal } = context;
  const handings = await submitToGithub({
    targets,
    github: githubOptions(repository, values, context),
    base: text(values.base),
    signing: signingOptions(values),
    dryRun: values.dryRun === true,
    now,
  });
  for (const handing of handings) tell(handing, output);
  return signal.aborted ? 130 : Math.max(...handings.map(({ exitCode }) => exitCode));
}

const words = { merged: "is part of", open: "waits already in", proposed: "is proposed by" } as const;

function tell({ repository, report, folder, files, signedBy, landed, receipt }: Handing, output: Output): void {
  for (const { name, bytes } of files) output.note(`${folder}/${name}  ${bytes.length} bytes`);
  const what = `${report.subject}: ${report.verdict} of ${report.checkedAt}`;
  if (!landed) {
    output.result(`${what} would go to ${repository} as ${folder}, signed by ${signedBy}.`);
  } else if ("commit" in landed) {
    if (receipt !== undefined) output.note(`Wrote ${receipt}.`);
    const where = landed.pull ? `pull request ${landed.pull.number}, ${landed.pull.url}` : `branch ${landed.branch}`;
    output.result(printable(`${what} ${words[landed.outcome]} ${repository}: ${where} (commit ${landed.commit}).`));
  } else {
    output.fault(printable(`${repository}: ${landed.text}.`));
    output.fault(printable(landed.advice));
  }
}
