/** Where somebody without the right to push proposes from: a fork of their own. */
import { fullName, type Repository, repositoryOption } from "./address.ts";
import type { Github } from "./calls.ts";
import { GithubFault } from "./fault.ts";
import { CommitAnswer, RepositoryAnswer } from "./shapes.ts";

export interface ForkOptions {
  readonly repository: Repository;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** A fork takes a while to come. */
const looks = 20;

/** The caller's fork, made when there is none, once the base commit is to be seen in it. */
export async function ownFork(github: Github, { repository, pause }: ForkOptions, start: string): Promise<Repository> {
  const { owner, name } = repository;
  // of one that is there already GitHub hands out the same again
  const fork = await github.call(
    `forking ${fullName(repository)}, as the token may not push there`,
    "POST /repos/{owner}/{repo}/forks",
    { owner, repo: name, default_branch_only: false },
    RepositoryAnswer,
  );
  const home = repositoryOption("the fork", fork.full_name);
  for (let look = 1; ; look++) {
    const seen = await github.find(
      `waiting for the fork ${fork.full_name}`,
      "GET /repos/{owner}/{repo}/git/commits/{commit_sha}",
      { owner: home.owner, repo: home.name, commit_sha: start },
      CommitAnswer,
    );
    if (seen) return home;
    if (look === looks) {
      const text = `the fork ${fork.full_name} does not show the base commit`;
      throw new GithubFault("unknown", text, "Try again in some minutes, or bring the fork up to date.");
    }
    await pause(Math.min(1000 * look, 5000));
  }
}
