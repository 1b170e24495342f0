/** A check run on a commit: 50 annotations a request, the rest by updates, which append. */
import { Type } from "@sinclair/typebox";
import type { Repository } from "./address.ts";
import type { Github } from "./calls.ts";
import { type Refusal, refusalOf } from "./fault.ts";

export interface Annotation {
  readonly path: string;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string;
  readonly message: string;
}

export interface CheckRun {
  readonly repository: Repository;
  readonly name: string;
  /** Commit. */
  readonly head: string;
  readonly conclusion: "success" | "failure" | "neutral";
  readonly title: string;
  /** Markdown of at most 65,535 characters. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

export interface Published {
  readonly outcome: "created";
  readonly url: string;
}

/** GitHub's limit for one request. */
const atOnce = 50;
/** What nobody would read any more. */
const mostAnnotations = 500;

const Run = Type.Object({ id: Type.Integer(), html_url: Type.Union([Type.String(), Type.Null()]) });

export async function checkRun(github: Github, run: CheckRun): Promise<Published | Refusal> {
  try {
    return await published(github, run);
  } catch (error) {
    return refusalOf(error);
  }
}

async function published(github: Github, run: CheckRun): Promise<Published> {
  const at = { owner: run.repository.owner, repo: run.repository.name };
  const { name, title, summary, conclusion } = run;
  const all = run.annotations.slice(0, mostAnnotations).map(asGithub);
  const doing = "writing the check run";
  const output = { title, summary, annotations: all.slice(0, atOnce) };
  const parameters = { ...at, name, head_sha: run.head, status: "completed", conclusion, output };
  const made = await github.call(doing, "POST /repos/{owner}/{repo}/check-runs", parameters, Run);
  for (let from = atOnce; from < all.length; from += atOnce) {
    const more = { title, summary, annotations: all.slice(from, from + atOnce) };
    const route = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
    await github.call(doing, route, { ...at, check_run_id: made.id, output: more }, Run);
  }
  return { outcome: "created", url: made.html_url ?? "" };
}

function asGithub({ path, level, title, message }: Annotation) {
  return { path, start_line: 1, end_line: 1, annotation_level: level, title, message };
}
