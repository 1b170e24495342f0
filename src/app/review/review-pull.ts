/** review of a pull request: read, judged, and told where the caller wants it. */
import { fullName } from "../../github/address.ts";
import type { Published } from "../../github/check-run.ts";
import type { Commented } from "../../github/comment.ts";
import type { Refusal } from "../../github/fault.ts";
import type { PullRequest } from "../../github/pull-files.ts";
import { UsageError } from "../../model/faults.ts";
import { type GithubAccess, type GithubOptions, githubAccess } from "../github-access.ts";
import { readHandover, writeHandover } from "./handover.ts";
import { judge } from "./judge.ts";
import { exitCodeOf, type Review } from "./review.ts";
import { annotationsOf, conclusionOf, headline, reviewMarkdown } from "./text.ts";

export interface ReviewPullOptions {
  readonly github: GithubOptions;
  /** Undefined: the handover says which. */
  readonly pull: number | undefined;
  /** File of the unprivileged job; then comment and check run are written. */
  readonly publish: string | undefined;
  /** Commit that the unprivileged job ran for, as the event says. */
  readonly head: string | undefined;
  readonly comment: boolean;
  readonly check: boolean;
  /** Login that writes comments; asked from GitHub when undefined. */
  readonly author: string | undefined;
  readonly artifactOut: string | undefined;
  readonly now: () => Date;
}

export interface ReviewedPull {
  readonly review: Review | undefined;
  /** What could not be told where it was wanted, each with the way out. */
  readonly warnings: readonly string[];
  /** What was written where. */
  readonly notes: readonly string[];
  readonly refusal: Refusal | undefined;
  readonly exitCode: 0 | 2 | 4;
}

/** UsageError for wrong words, and for files that are none of ours. What GitHub refuses is told. */
export async function reviewPull(options: ReviewPullOptions): Promise<ReviewedPull> {
  const access = await githubAccess("--repo", options.github);
  const handover = options.publish === undefined ? undefined : await readHandover(options.publish);
  const number = options.pull ?? handover?.pull;
  if (number === undefined) throw new UsageError("Which pull request was not said.", "Give --pull NUMBER.");
  const { refusalOf } = await import("../../github/fault.ts");
  try {
    const [github, { readPull }, { pullSource }] = await Promise.all([
      access.open(),
      import("../../github/pull-files.ts"),
      import("./pull.ts"),
    ]);
    const pull = await readPull(github, access.repository, number);
    const stale = staleness(pull, options.head, handover?.head);
    if (stale !== undefined)
      return { review: undefined, warnings: [stale], notes: [], refusal: undefined, exitCode: 2 };
    const review = await judge(await pullSource(github, access.repository, pull), options.now);
    const { artifactOut } = options;
    if (artifactOut !== undefined) {
      await writeHandover(
        artifactOut,
        { repository: fullName(access.repository), pull: number, head: pull.head },
        review,
      );
    }
    const other = handover !== undefined && handover.state !== review.state;
    const differs = other
      ? [`The pull request's own job says that it ${handover.state}; judged here: ${review.state}.`]
      : [];
    const told = await publish(review, pull, access, options);
    return {
      review,
      warnings: [...differs, ...told.warnings],
      notes: told.notes,
      refusal: undefined,
      exitCode: exitCodeOf[review.state],
    };
  } catch (error) {
    const refusal = refusalOf(error);
    return { review: undefined, warnings: [], notes: [], refusal, exitCode: 2 };
  }
}

/** A result is told about the commit it was computed from, or not at all. */
function staleness(pull: PullRequest, ...heads: readonly (string | undefined)[]): string | undefined {
  if (heads.every((head) => head === undefined || head === pull.head)) return undefined;
  return `Pull request ${pull.number} has moved on since that job ran; its next run will tell.`;
}

async function publish(
  review: Review,
  pull: PullRequest,
  access: GithubAccess,
  options: ReviewPullOptions,
): Promise<Pick<ReviewedPull, "warnings" | "notes">> {
  const wantsComment = options.comment || options.publish !== undefined;
  const wantsCheck = options.check || options.publish !== undefined;
  const warnings: string[] = [];
  const notes: string[] = [];
  const github = await access.open();
  const { repository } = access;
  const say = (what: string, done: Commented | Published | Refusal) => {
    if ("advice" in done) warnings.push(`${what} could not be written: ${done.text}. ${done.advice}`);
    else notes.push(`${what} ${done.outcome}${done.url === "" ? "" : `: ${done.url}`}.`);
  };
  if (wantsComment) {
    const { comment } = await import("../../github/comment.ts");
    const body = reviewMarkdown(review);
    say("The comment", await comment(github, { repository, pull: pull.number, body, author: options.author }));
  }
  if (wantsCheck) {
    const { checkRun } = await import("../../github/check-run.ts");
    const name = "scs-conformance review";
    const told = { title: headline(review), summary: reviewMarkdown(review), annotations: annotationsOf(review) };
    const run = { repository, name, head: pull.head, conclusion: conclusionOf(review), ...told };
    say("The check run", await checkRun(github, run));
  }
  return { warnings, notes };
}
