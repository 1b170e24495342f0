/** What a repository on GitHub holds, in memory: blobs, trees as paths, commits, branches, and the network it shares with forks. */
import { createHash } from "node:crypto";

export type Tree = ReadonlyMap<string, string>;

export interface Commit {
  readonly sha: string;
  readonly treeSha: string;
  readonly parents: readonly string[];
  readonly message: string;
}

const sha1 = (text: string | Uint8Array): string => createHash("sha1").update(text).digest("hex");

/** Objects of a repository and all its forks; ids of blobs are Git's own. */
export class ObjectStore {
  readonly blobs = new Map<string, Buffer>();
  readonly trees = new Map<string, Tree>();
  readonly commits = new Map<string, Commit>();

  blob(bytes: Uint8Array): string {
    const sha = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
    this.blobs.set(sha, Buffer.from(bytes));
    return sha;
  }

  tree(entries: Tree): string {
    const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
    const sha = sha1(`tree ${JSON.stringify(sorted)}`);
    this.trees.set(sha, new Map(sorted));
    return sha;
  }

  commit(treeSha: string, parents: readonly string[], message: string): string {
    const sha = sha1(`commit ${JSON.stringify([treeSha, parents, message])}`);
    this.commits.set(sha, { sha, treeSha, parents, message });
    return sha;
  }

  treeOf(commit: string): Tree {
    return this.trees.get(this.commits.get(commit)?.treeSha ?? "") ?? new Map();
  }

  /** A commit upon another with files written or, where undefined, removed. */
  commitFiles(parent: string | undefined, files: { readonly [path: string]: string | Uint8Array | undefined }): string {
    const entries = new Map(parent === undefined ? [] : this.treeOf(parent));
    for (const [path, content] of Object.entries(files)) {
      if (content === undefined) entries.delete(path);
      else entries.set(path, this.blob(Buffer.from(content)));
    }
    return this.commit(this.tree(entries), parent === undefined ? [] : [parent], "by a test");
  }
}

export interface Pull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly base: string;
  readonly headRepository: string;
  readonly headRef: string;
  state: "open" | "closed";
  mergedAt: string | null;
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly login: string;
  body: string;
}

export interface CheckRun {
  readonly id: number;
  readonly headSha: string;
  readonly name: string;
  conclusion: string;
  title: string;
  summary: string;
  readonly annotations: { readonly [key: string]: unknown }[];
}

export interface Release {
  readonly tag: string;
  readonly publishedAt: string | null;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
}

export interface LoopbackRepository {
  readonly fullName: string;
  readonly defaultBranch: string;
  readonly store: ObjectStore;
  readonly branches: Map<string, string>;
  readonly pulls: Pull[];
  readonly comments: Comment[];
  readonly checkRuns: CheckRun[];
  readonly releases: Release[];
  /** Logins that may push. */
  readonly writers: Set<string>;
  archived: boolean;
}

export function emptyRepository(fullName: string, store = new ObjectStore()): LoopbackRepository {
  return {
    fullName,
    defaultBranch: "main",
    store,
    branches: new Map(),
    pulls: [],
    comments: [],
    checkRuns: [],
    releases: [],
    writers: new Set(),
    archived: false,
  };
}
