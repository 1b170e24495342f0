/**
 * A pull request that adds one folder of files to a repository, by one commit. It looks first what is there: the same folder on
 * the base branch, the same pull request, a branch that an earlier try left.
 */
import { Type } from "@sinclair/typebox";
import { fullName, type Repository } from "./address.ts";
import { blobSha } from "./blob.ts";
import type { Github } from "./calls.ts";
import { GithubFault, type Refusal, refusalOf } from "./fault.ts";
import { ownFork } from "./fork.ts";
import { CommitAnswer, FolderEntry, PullAnswer, RefAnswer, RepositoryAnswer, WithSha } from "./shapes.ts";

export interface Proposal {
  readonly repository: Repository;
  /** Branch that it is proposed for; the repository's own default when undefined. */
  readonly base: string | undefined;
  /** Path of the folder, without a slash at either end. */
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** The same for the same content, so that it is found again. */
  readonly branch: string;
  readonly title: string;
  readonly body: string;
  /** Waits; rejects never. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

export interface Landed {
  /** `merged`: it is on the base branch. `open`: a pull request with it was there. `proposed`: made now. */
  readonly outcome: "merged" | "open" | "proposed";
  readonly pull: { readonly number: number; readonly url: string } | undefined;
  /** Repository and branch that hold it. */
  readonly repository: string;
  readonly branch: string;
  readonly commit: string;
}

export async function propose(github: Github, proposal: Proposal): Promise<Landed | Refusal> {
  try {
    return await landed(github, proposal);
  } catch (error) {
    return refusalOf(error);
  }
}

async function landed(github: Github, proposal: Proposal): Promise<Landed> {
  const { owner, name } = proposal.repository;
  const at = { owner, repo: name };
  const about = await github.call("looking at the repository", "GET /repos/{owner}/{repo}", at, RepositoryAnswer);
  if (about.archived) throw refused("the repository is archived: it takes nothing any more");
  const base = proposal.base ?? about.default_branch;
  const start = await headOf(github, proposal.repository, base);
  if (start === undefined) throw refused(`the repository has no branch ${base}`);
  const common = { repository: fullName(proposal.repository), branch: base, commit: start };
  if (await holds(github, proposal.repository, base, proposal))
    return { ...common, outcome: "merged", pull: undefined };
  const home = about.permissions?.push ? proposal.repository : await ownFork(github, proposal, start);
  const known = await pullOf(github, proposal, home, base);
  if (known) return known;
  const commit = await branchWith(github, home, start, proposal);
  return opened(github, proposal, { home, base, commit });
}

/** An open pull request of the same branch and content. */
async function pullOf(github: Github, proposal: Proposal, home: Repository, base: string): Promise<Landed | undefined> {
  const { owner, name } = proposal.repository;
  const parameters = { owner, repo: name, state: "all", head: `${home.owner}:${proposal.branch}`, base };
  const pulls = await github.list(
    "looking for the pull request",
    "GET /repos/{owner}/{repo}/pulls",
    parameters,
    PullAnswer,
    1000,
  );
  const pull = pulls.find(({ state }) => state === "open") ?? pulls[0];
  if (!pull) return undefined;
  if (pull.state === "closed") {
    const how = pull.merged_at === null ? "closed without being merged" : "merged, and what it brought is gone again";
    throw refused(`pull request ${pull.number} with this report was ${how}`);
  }
  if (!(await holds(github, home, proposal.branch, proposal))) {
    throw refused(`pull request ${pull.number} bears this report's name and holds other files`);
  }
  return {
    outcome: "open",
    pull: { number: pull.number, url: pull.html_url },
    repository: fullName(home),
    branch: proposal.branch,
    commit: pull.head.sha,
  };
}

/** The head of a branch that holds the folder: one that is there, or a new one. */
async function branchWith(github: Github, home: Repository, start: string, proposal: Proposal): Promise<string> {
  const there = await headOf(github, home, proposal.branch);
  const commit = there ?? (await committed(github, home, start, proposal));
  if (there === undefined) await branched(github, home, proposal.branch, commit);
  if (await holds(github, home, proposal.branch, proposal)) return commit;
  throw refused(`the branch ${proposal.branch} of ${fullName(home)} bears this report's name and holds other files`);
}

/** One commit upon the base with all files; what GitHub has taken in is compared blob by blob. */
async function committed(github: Github, home: Repository, start: string, proposal: Proposal): Promise<string> {
  const at = { owner: home.owner, repo: home.name };
  const tree = [];
  for (const { name, bytes } of proposal.files) {
    const content = Buffer.from(bytes).toString("base64");
    const doing = `handing over ${name}`;
    const parameters = { ...at, content, encoding: "base64" };
    const { sha } = await github.call(doing, "POST /repos/{owner}/{repo}/git/blobs", parameters, WithSha);
    if (sha !== blobSha(bytes)) throw refused(`${doing}: GitHub took in other bytes than were sent`);
    tree.push({ path: `${proposal.folder}/${name}`, mode: "100644", type: "blob", sha });
  }
  const parent = await github.call(
    "reading the base commit",
    "GET /repos/{owner}/{repo}/git/commits/{commit_sha}",
    { ...at, commit_sha: start },
    CommitAnswer,
  );
  const made = await github.call(
    "making the tree",
    "POST /repos/{owner}/{repo}/git/trees",
    { ...at, base_tree: parent.tree.sha, tree },
    WithSha,
  );
  const commit = { ...at, message: proposal.title, tree: made.sha, parents: [start] };
  return (await github.call("making the commit", "POST /repos/{owner}/{repo}/git/commits", commit, WithSha)).sha;
}

async function branched(github: Github, home: Repository, branch: string, sha: string): Promise<void> {
  const parameters = { owner: home.owner, repo: home.name, ref: `refs/heads/${branch}`, sha };
  try {
    await github.call("making the branch", "POST /repos/{owner}/{repo}/git/refs", parameters, RefAnswer);
  } catch (error) {
    // somebody was quicker, or the answer was lost: what counts is what the branch holds
    if (!(error instanceof GithubFault) || !["invalid", "unknown"].includes(error.kind)) throw error;
    if ((await headOf(github, home, branch)) === undefined) throw error;
  }
}

interface Branched {
  readonly home: Repository;
  readonly base: string;
  readonly commit: string;
}

async function opened(github: Github, proposal: Proposal, { home, base, commit }: Branched): Promise<Landed> {
  const { repository, branch, title, body } = proposal;
  const head = home === repository ? branch : `${home.owner}:${branch}`;
  const parameters = { owner: repository.owner, repo: repository.name, title, head, base, body };
  try {
    const pull = await github.call(
      "opening the pull request",
      "POST /repos/{owner}/{repo}/pulls",
      { ...parameters, maintainer_can_modify: home !== repository },
      PullAnswer,
    );
    const at = { number: pull.number, url: pull.html_url };
    return { outcome: "proposed", pull: at, repository: fullName(home), branch, commit };
  } catch (error) {
    if (!(error instanceof GithubFault) || !["invalid", "unknown"].includes(error.kind)) throw error;
    const known = await pullOf(github, proposal, home, base);
    if (known) return known;
    throw error;
  }
}

async function headOf(github: Github, { owner, name }: Repository, branch: string): Promise<string | undefined> {
  const parameters = { owner, repo: name, ref: `heads/${branch}` };
  const found = await github.find(
    `looking at the branch ${branch}`,
    "GET /repos/{owner}/{repo}/git/ref/{+ref}",
    parameters,
    RefAnswer,
  );
  return found?.object.sha;
}

/** Whether the folder on a branch is this one, file by file; false when there is none. */
async function holds(github: Github, { owner, name }: Repository, ref: string, proposal: Proposal): Promise<boolean> {
  const found = await github.find(
    `looking at ${proposal.folder}`,
    "GET /repos/{owner}/{repo}/contents/{+path}",
    { owner, repo: name, path: proposal.folder, ref },
    Type.Array(FolderEntry),
  );
  if (found === undefined) return false;
  const wanted = new Map(proposal.files.map((file) => [file.name, blobSha(file.bytes)]));
  if (found.length === wanted.size && found.every((file) => wanted.get(file.name) === file.sha)) return true;
  throw refused(`${proposal.folder} is there on ${ref}, with other files`);
}

function refused(text: string): GithubFault {
  return new GithubFault("conflict", text, "Ask those who keep the repository.");
}
