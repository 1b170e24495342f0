import { type Command, InvalidArgumentError, Option } from "commander";
import type { Review } from "../../app/review/review.ts";
import { UsageError } from "../../model/faults.ts";
import { requestTimeoutOption } from "../cluster-options.ts";
import { act, type CommandContext, type Session } from "../context.ts";
import { addGithubOptions, githubOptions } from "../github-options.ts";
import { text, type Values } from "../option-groups.ts";
import { printable } from "../output.ts";

export function addReview(program: Command, session: Session): Command {
  const command = program
    .command("review")
    .argument("[checkout]", "a checkout of what is proposed; without one, a pull request is read from GitHub")
    .summary("review reports that somebody proposes to a results repository")
    .description(
      "Every report of a pull request: signature by the base branch's allowed_signers, schema, recomputation, place,\n" +
        "difference to the last accepted report, what is left to people. Reads data only and runs nothing of it.\n" +
        "In a workflow of GitHub Actions the pull request is the event's own.\n" +
        "Exit code 0: it holds · 4: it does not · 2: something could not be checked, or is for a person.",
    )
    .option("--base <checkout>", "a checkout of the branch it is proposed for; then no network is needed")
    .option("--repo <owner/repo>", "results repository (default: GITHUB_REPOSITORY)")
    .addOption(new Option("--pull <number>", "pull request (default: the workflow's)").argParser(number))
    .option("--comment", "write one comment to the pull request, and keep it up to date")
    .option("--check", "write a check run to the pull request's commit")
    .option("--comment-author <login>", "whom the token writes as (default: asked from GitHub)")
    .option("--artifact-out <file>", "for a job that may not write: leave here what `--publish` takes")
    .option("--publish <file>", "in a workflow_run job: judge that pull request again, write comment and check run")
    .addOption(
      new Option("--format <format>", "of what is printed").choices(["text", "markdown", "json"]).default("text"),
    )
    .option("--token-file <file>", "token for GitHub's API (default: GITHUB_TOKEN)");
  addGithubOptions(command).addOption(requestTimeoutOption("30s"));
  return act(command, session, async (context, values, [checkout]) => {
    const base = text(values.base);
    if (checkout === undefined && base === undefined) return ofPull(context, values);
    if (checkout === undefined || base === undefined) {
      throw new UsageError(
        "A review without a network takes two checkouts.",
        "Write: review CHECKOUT --base CHECKOUT.",
      );
    }
    const { reviewFolders } = await import("../../app/review/review-folders.ts");
    const { review, exitCode } = await reviewFolders({ proposed: checkout, base, now: context.now });
    await tell(review, context, values);
    return exitCode;
  });
}

async function ofPull(context: CommandContext, values: Values): Promise<number> {
  const { output, now, signal } = context;
  const { readEvent } = await import("../../app/review/event.ts");
  const file = process.env.GITHUB_EVENT_PATH;
  const event = file ? await readEvent(file) : undefined;
  const repository = text(values.repo) ?? (process.env.GITHUB_REPOSITORY || event?.repository);
  if (repository === undefined) throw new UsageError("Which repository was not said.", "Give --repo OWNER/REPO.");
  const { reviewPull } = await import("../../app/review/review-pull.ts");
  const { review, warnings, notes, refusal, exitCode } = await reviewPull({
    github: githubOptions(repository, values, context),
    pull: (values.pull as number | undefined) ?? event?.pull,
    publish: text(values.publish),
    head: event?.head,
    comment: values.comment === true,
    check: values.check === true,
    author: text(values.commentAuthor),
    artifactOut: text(values.artifactOut),
    now,
  });
  if (review) await tell(review, context, values);
  for (const note of notes) output.note(printable(note));
  for (const warning of warnings) output.fault(printable(warning));
  if (refusal) for (const line of [`${refusal.text}.`, refusal.advice]) output.fault(printable(line));
  return signal.aborted ? 130 : exitCode;
}

async function tell(review: Review, { output }: CommandContext, values: Values): Promise<void> {
  const { reviewLines, reviewMarkdown } = await import("../../app/review/text.ts");
  if (values.format === "json") output.result(JSON.stringify(review, null, 1));
  else if (values.format === "markdown") output.result(reviewMarkdown(review));
  else for (const line of reviewLines(review)) output.result(printable(line));
}

function number(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It takes a number.");
}
