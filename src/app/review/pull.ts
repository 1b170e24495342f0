/** A pull request as what a review looks at. */
import type { Repository } from "../../github/address.ts";
import type { Github } from "../../github/calls.ts";
import { changedFiles, fileAt, namesAt, type PullRequest, readBlob } from "../../github/pull-files.ts";
import { type Change, mostChanges, type ReviewSource } from "./source.ts";

const statuses = { added: "added", modified: "modified", changed: "modified", removed: "removed" } as const;

/** Rejects with GithubFault. */
export async function pullSource(github: Github, repository: Repository, pull: PullRequest): Promise<ReviewSource> {
  const files = await changedFiles(github, repository, pull, mostChanges);
  const blobs = new Map(files.map(({ path, sha }) => [path, sha]));
  const at = (path: string) => ({ path, commit: pull.base });
  return {
    name: `pull request ${pull.number} of ${repository.owner}/${repository.name}`,
    changes: files.map(({ path, status }): Change => {
      return { path, status: Object.hasOwn(statuses, status) ? statuses[status as keyof typeof statuses] : "other" };
    }),
    proposed: async (path, maxBytes) => {
      const sha = blobs.get(path);
      return sha ? readBlob(github, repository, sha, maxBytes) : undefined;
    },
    accepted: (path, maxBytes) => fileAt(github, repository, at(path), maxBytes),
    acceptedNames: (folder) => namesAt(github, repository, at(folder)),
  };
}
