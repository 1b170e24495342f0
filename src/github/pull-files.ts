/** What a pull request changes, and what its base holds: blobs by their ids, with caps, never by running anything. */
import { Type } from "@sinclair/typebox";
import type { Repository } from "./address.ts";
import { blobSha } from "./blob.ts";
import type { Github } from "./calls.ts";
import { GithubFault } from "./fault.ts";
import { BlobAnswer, FileAnswer, FolderEntry, PullAnswer, Sha } from "./shapes.ts";

export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly state: "open" | "closed";
  /** Commits. */
  readonly base: string;
  readonly head: string;
}

export interface ChangedFile {
  readonly path: string;
  /** GitHub's own word: added, modified, removed, renamed, copied, changed, unchanged. */
  readonly status: string;
  /** Id of the blob after the change. */
  readonly sha: string | null;
}

const PullFile = Type.Object({
  filename: Type.String(),
  status: Type.String(),
  sha: Type.Union([Sha, Type.Null()]),
});

export async function readPull(github: Github, repository: Repository, number: number): Promise<PullRequest> {
  const pull = await github.call(
    `looking at pull request ${number}`,
    "GET /repos/{owner}/{repo}/pulls/{pull_number}",
    { owner: repository.owner, repo: repository.name, pull_number: number },
    PullAnswer,
  );
  return { number, url: pull.html_url, state: pull.state, base: pull.base.sha, head: pull.head.sha };
}

/** A fault when there are more than `most`. */
export async function changedFiles(
  github: Github,
  repository: Repository,
  { number }: PullRequest,
  most: number,
): Promise<readonly ChangedFile[]> {
  const files = await github.list(
    `listing the files of pull request ${number}`,
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
    { owner: repository.owner, repo: repository.name, pull_number: number },
    PullFile,
    most,
  );
  return files.map(({ filename, status, sha }) => ({ path: filename, status, sha }));
}

/** Undefined when it is larger than that. */
export async function readBlob(
  github: Github,
  { owner, name }: Repository,
  sha: string,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const doing = `reading the blob ${sha.slice(0, 12)}`;
  const parameters = { owner, repo: name, file_sha: sha };
  const blob = await github.call(doing, "GET /repos/{owner}/{repo}/git/blobs/{file_sha}", parameters, BlobAnswer);
  if (blob.size > maxBytes) return undefined;
  const bytes = Buffer.from(blob.content, "base64");
  if (blobSha(bytes) === sha) return bytes;
  throw new GithubFault("unknown", `${doing}: these are other bytes`, "Try again; ask GitHub if it stays so.");
}

/** A file at a commit; undefined when there is none, or when it is larger than that. */
export async function fileAt(
  github: Github,
  { owner, name }: Repository,
  { path, commit }: { readonly path: string; readonly commit: string },
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const parameters = { owner, repo: name, path, ref: commit };
  const route = "GET /repos/{owner}/{repo}/contents/{+path}";
  const found = await github.find(`reading ${path}`, route, parameters, FileAnswer);
  return found && readBlob(github, { owner, name }, found.sha, maxBytes);
}

/** Names in a folder at a commit; empty when there is none. */
export async function namesAt(
  github: Github,
  { owner, name }: Repository,
  { path, commit }: { readonly path: string; readonly commit: string },
): Promise<readonly string[]> {
  const parameters = { owner, repo: name, path, ref: commit };
  const route = "GET /repos/{owner}/{repo}/contents/{+path}";
  const found = await github.find(`listing ${path}`, route, parameters, Type.Array(FolderEntry));
  return (found ?? []).map((entry) => entry.name);
}
