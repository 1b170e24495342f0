/** What is needed of GitHub's answers; everything else in them is not looked at. */
import { Type } from "@sinclair/typebox";

export const Sha = Type.String({ pattern: "^[0-9a-f]{40}([0-9a-f]{24})?$" });

export const RepositoryAnswer = Type.Object({
  full_name: Type.String(),
  default_branch: Type.String(),
  archived: Type.Optional(Type.Boolean()),
  permissions: Type.Optional(Type.Object({ push: Type.Boolean() })),
});

export const RefAnswer = Type.Object({ object: Type.Object({ sha: Sha, type: Type.Literal("commit") }) });
export const CommitAnswer = Type.Object({ sha: Sha, tree: Type.Object({ sha: Sha }) });
export const WithSha = Type.Object({ sha: Sha });

export const PullAnswer = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  html_url: Type.String(),
  state: Type.Union([Type.Literal("open"), Type.Literal("closed")]),
  merged_at: Type.Union([Type.String(), Type.Null()]),
  base: Type.Object({ ref: Type.String(), sha: Sha }),
  head: Type.Object({
    ref: Type.String(),
    sha: Sha,
    repo: Type.Union([Type.Object({ full_name: Type.String() }), Type.Null()]),
  }),
});

/** One entry of a folder, as the contents API lists it. */
export const FolderEntry = Type.Object({ name: Type.String(), path: Type.String(), sha: Sha, type: Type.String() });

export const BlobAnswer = Type.Object({
  sha: Sha,
  size: Type.Integer({ minimum: 0 }),
  content: Type.String(),
  encoding: Type.Literal("base64"),
});

/** A file, as the contents API shows it. */
export const FileAnswer = Type.Object({ type: Type.Literal("file"), sha: Sha });
