/** One comment that stays: found by a hidden marker and its author, and written anew. */
import { Type } from "@sinclair/typebox";
import type { Repository } from "./address.ts";
import type { Github } from "./calls.ts";
import { GithubFault, type Refusal, refusalOf } from "./fault.ts";

export interface StickyComment {
  readonly repository: Repository;
  readonly pull: number;
  /** Markdown of at most 65,536 characters, without the marker. */
  readonly body: string;
  /** Login that writes; asked from GitHub when undefined. */
  readonly author: string | undefined;
}

export interface Commented {
  readonly outcome: "created" | "updated" | "same";
  readonly url: string;
}

const marker = "<!-- scs-conformance review -->";
/** Whom the token of a workflow writes as; it may not ask who it is. */
const workflowLogin = "github-actions[bot]";
const mostComments = 5000;

const CommentAnswer = Type.Object({
  id: Type.Integer(),
  body: Type.Optional(Type.String()),
  user: Type.Union([Type.Object({ login: Type.String() }), Type.Null()]),
});
const Written = Type.Object({ html_url: Type.String() });
const User = Type.Object({ login: Type.String() });

export async function comment(github: Github, sticky: StickyComment): Promise<Commented | Refusal> {
  try {
    return await commented(github, sticky);
  } catch (error) {
    return refusalOf(error);
  }
}

async function commented(github: Github, { repository, pull, body: text, author }: StickyComment): Promise<Commented> {
  const at = { owner: repository.owner, repo: repository.name };
  const body = `${marker}\n${text}`;
  const login = author ?? (await ownLogin(github));
  const all = await github.list(
    "looking at the comments",
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    { ...at, issue_number: pull },
    CommentAnswer,
    mostComments,
  );
  // anybody may write the marker into a comment of theirs
  const own = all.find((one) => one.user?.login === login && one.body?.startsWith(marker));
  if (own?.body === body) return { outcome: "same", url: "" };
  if (own) {
    const route = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";
    const { html_url: url } = await github.call(
      "writing the comment",
      route,
      { ...at, comment_id: own.id, body },
      Written,
    );
    return { outcome: "updated", url };
  }
  const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
  const { html_url: url } = await github.call("writing a comment", route, { ...at, issue_number: pull, body }, Written);
  return { outcome: "created", url };
}

async function ownLogin(github: Github): Promise<string> {
  try {
    return (await github.call("asking who this token is", "GET /user", {}, User)).login;
  } catch (error) {
    if (error instanceof GithubFault && (error.kind === "forbidden" || error.kind === "not-found"))
      return workflowLogin;
    throw error;
  }
}
