/** What GitHub's REST API answers, as far as this suite asks it. */
import { bodyFault } from "./loopback-github-schemas.ts";
import { emptyRepository, type LoopbackRepository, type Pull } from "./loopback-github-store.ts";

export interface Asked {
  readonly login: string;
  readonly repository: LoopbackRepository;
  /** Values of the route's parts in braces. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: { readonly [key: string]: unknown };
  readonly repositories: Map<string, LoopbackRepository>;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
}

type Handler = (asked: Asked) => Reply;

const ok = (body: unknown, status = 200): Reply => ({ status, body });
const missing: Reply = { status: 404, body: { message: "Not Found" } };
const invalid = (message: string): Reply => ({ status: 422, body: { message } });
const text = (value: unknown): string => (typeof value === "string" ? value : "");

const forbidden = (permission: string): Reply => ({
  status: 403,
  body: { message: "Resource not accessible by integration" },
  headers: { "x-accepted-github-permissions": permission },
});

function pullView(pull: Pull, { repository, repositories }: Asked) {
  const head = repositories.get(pull.headRepository);
  return {
    number: pull.number,
    html_url: `https://github.com/${repository.fullName}/pull/${pull.number}`,
    title: pull.title,
    body: pull.body,
    state: pull.state,
    merged_at: pull.mergedAt,
    base: { ref: pull.base, sha: repository.branches.get(pull.base) },
    head: {
      ref: pull.headRef,
      sha: head?.branches.get(pull.headRef) ?? "0".repeat(40),
      repo: head ? { full_name: head.fullName } : null,
    },
  };
}

const about = (repository: LoopbackRepository, login: string) => ({
  full_name: repository.fullName,
  default_branch: repository.defaultBranch,
  archived: repository.archived,
  permissions: { push: repository.writers.has(login) },
});

/** A page of a list, with GitHub's Link header. */
function page(items: readonly unknown[], { query }: Asked, path: string): Reply {
  const size = Math.min(Number(query.get("per_page") ?? 30), 100);
  const number = Number(query.get("page") ?? 1);
  const more = items.length > number * size;
  const link = more ? { link: `<http://127.0.0.1${path}?page=${number + 1}>; rel="next"` } : {};
  return { status: 200, body: items.slice((number - 1) * size, number * size), headers: link };
}

/** Writes, each held against GitHub's schema before anything else. */
const writes: { readonly [route: string]: Handler } = {
  "POST /repos/{owner}/{repo}/git/blobs": ({ repository, body }) => {
    const encoding = body.encoding === "base64" ? "base64" : "utf8";
    return ok({ sha: repository.store.blob(Buffer.from(text(body.content), encoding)) }, 201);
  },
  "POST /repos/{owner}/{repo}/git/trees": ({ repository, body }) => {
    const base = text(body.base_tree);
    const entries = new Map(repository.store.trees.get(base) ?? []);
    if (base !== "" && !repository.store.trees.has(base)) return missing;
    for (const { path, sha } of body.tree as readonly { path: string; sha: string }[]) {
      if (!repository.store.blobs.has(sha)) return invalid(`tree.sha ${sha} does not exist`);
      entries.set(path, sha);
    }
    return ok({ sha: repository.store.tree(entries) }, 201);
  },
  "POST /repos/{owner}/{repo}/git/commits": ({ repository, body }) => {
    const parents = body.parents as readonly string[];
    if (!repository.store.trees.has(text(body.tree))) return invalid("Tree SHA does not exist");
    const sha = repository.store.commit(text(body.tree), parents, text(body.message));
    return ok({ sha, tree: { sha: body.tree } }, 201);
  },
  "POST /repos/{owner}/{repo}/git/refs": ({ repository, body }) => {
    const branch = text(body.ref).replace("refs/heads/", "");
    if (repository.branches.has(branch)) return invalid("Reference already exists");
    if (!repository.store.commits.has(text(body.sha))) return invalid("Object does not exist");
    repository.branches.set(branch, text(body.sha));
    return ok({ ref: body.ref, object: { sha: body.sha, type: "commit" } }, 201);
  },
  "POST /repos/{owner}/{repo}/pulls": (asked) => {
    const { repository, body, repositories } = asked;
    const [owner = "", branch] = text(body.head).includes(":") ? text(body.head).split(":") : ["", text(body.head)];
    const fork = [...repositories.values()].find(({ fullName }) => fullName.startsWith(`${owner}/`));
    const head = owner === "" ? repository : fork;
    if (!head || branch === undefined || !head.branches.has(branch)) return invalid("head is invalid");
    const same = (pull: Pull) =>
      pull.state === "open" && pull.headRepository === head.fullName && pull.headRef === branch;
    if (repository.pulls.some(same)) return invalid(`A pull request already exists for ${text(body.head)}.`);
    const pull: Pull = {
      number: repository.pulls.length + 1,
      title: text(body.title),
      body: text(body.body),
      base: text(body.base),
      headRepository: head.fullName,
      headRef: branch,
      state: "open",
      mergedAt: null,
    };
    repository.pulls.push(pull);
    return ok(pullView(pull, asked), 201);
  },
  "POST /repos/{owner}/{repo}/forks": ({ repository, login, repositories }) => {
    const fullName = `${login}/${repository.fullName.split("/")[1]}`;
    const fork = repositories.get(fullName) ?? emptyRepository(fullName, repository.store);
    for (const [branch, sha] of repository.branches) fork.branches.set(branch, sha);
    fork.writers.add(login);
    repositories.set(fullName, fork);
    return ok(about(fork, login), 202);
  },
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": ({ repository, login, parts, body }) => {
    if (text(body.body).length > 65_536) return invalid("body is too long (maximum is 65536 characters)");
    const comment = { id: repository.comments.length + 1, issue: Number(parts[2]), login, body: text(body.body) };
    repository.comments.push(comment);
    return ok({ id: comment.id, html_url: `https://github.com/c/${comment.id}` }, 201);
  },
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": ({ repository, login, parts, body }) => {
    const comment = repository.comments.find(({ id }) => id === Number(parts[2]));
    if (!comment) return missing;
    if (comment.login !== login) return forbidden("issues=write");
    comment.body = text(body.body);
    return ok({ id: comment.id, html_url: `https://github.com/c/${comment.id}` });
  },
  "POST /repos/{owner}/{repo}/check-runs": ({ repository, body }) => {
    const { title, summary, annotations } = body.output as { title: string; summary: string; annotations?: object[] };
    const id = repository.checkRuns.length + 1;
    const conclusion = text(body.conclusion);
    const run = { id, headSha: text(body.head_sha), name: text(body.name), conclusion, title, summary };
    repository.checkRuns.push({ ...run, annotations: [...(annotations ?? [])] as { [key: string]: unknown }[] });
    return ok({ id, html_url: `https://github.com/r/${id}` }, 201);
  },
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": ({ repository, parts, body }) => {
    const run = repository.checkRuns.find(({ id }) => id === Number(parts[2]));
    if (!run) return missing;
    const { annotations } = body.output as { annotations?: { [key: string]: unknown }[] };
    run.annotations.push(...(annotations ?? []));
    return ok({ id: run.id, html_url: `https://github.com/r/${run.id}` });
  },
};

const reads: { readonly [route: string]: Handler } = {
  "GET /repos/{owner}/{repo}": ({ repository, login }) => ok(about(repository, login)),
  "GET /repos/{owner}/{repo}/git/ref/heads/{ref}": ({ repository, parts }) => {
    const sha = repository.branches.get(parts[2] ?? "");
    return sha === undefined ? missing : ok({ ref: `refs/heads/${parts[2]}`, object: { sha, type: "commit" } });
  },
  "GET /repos/{owner}/{repo}/git/commits/{commit_sha}": ({ repository, parts }) => {
    const commit = repository.store.commits.get(parts[2] ?? "");
    return commit ? ok({ sha: commit.sha, tree: { sha: commit.treeSha } }) : missing;
  },
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": ({ repository, parts }) => {
    const bytes = repository.store.blobs.get(parts[2] ?? "");
    if (!bytes) return missing;
    return ok({ sha: parts[2], size: bytes.length, encoding: "base64", content: bytes.toString("base64") });
  },
  "GET /repos/{owner}/{repo}/contents/{path}": ({ repository, parts, query }) => {
    const ref = query.get("ref") ?? repository.defaultBranch;
    const commit = repository.branches.get(ref) ?? ref;
    const folder = `${parts[2]}/`;
    const found = [...repository.store.treeOf(commit)].filter(([path]) => path.startsWith(folder));
    const file = repository.store.treeOf(commit).get(parts[2] ?? "");
    if (file !== undefined) return ok({ type: "file", path: parts[2], sha: file });
    if (found.length === 0) return missing;
    const names = new Map(found.map(([path, sha]) => [path.slice(folder.length).split("/")[0] ?? "", { path, sha }]));
    return ok(
      [...names].map(([name, { path, sha }]) => {
        const isFile = path === folder + name;
        return { name, path: folder + name, sha, type: isFile ? "file" : "dir" };
      }),
    );
  },
  "GET /repos/{owner}/{repo}/pulls": (asked) => {
    const { repository, query } = asked;
    const head = query.get("head");
    const state = query.get("state") ?? "open";
    const wanted = repository.pulls.filter(
      (pull) =>
        (state === "all" || pull.state === state) &&
        (head === null || head === `${pull.headRepository.split("/")[0]}:${pull.headRef}`),
    );
    return page(
      wanted.map((pull) => pullView(pull, asked)),
      asked,
      `/repos/${repository.fullName}/pulls`,
    );
  },
  "GET /repos/{owner}/{repo}/pulls/{pull_number}": (asked) => {
    const pull = asked.repository.pulls.find(({ number }) => number === Number(asked.parts[2]));
    return pull ? ok(pullView(pull, asked)) : missing;
  },
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": (asked) => {
    const { repository, parts, repositories } = asked;
    const pull = repository.pulls.find(({ number }) => number === Number(parts[2]));
    if (!pull) return missing;
    const head = repositories.get(pull.headRepository)?.branches.get(pull.headRef) ?? "";
    const [before, after] = [
      repository.store.treeOf(repository.branches.get(pull.base) ?? ""),
      repository.store.treeOf(head),
    ];
    const changed = [...after].filter(([path, sha]) => before.get(path) !== sha);
    const removed = [...before].filter(([path]) => !after.has(path));
    const views = [
      ...changed.map(([path, sha]) => ({ filename: path, sha, status: before.has(path) ? "modified" : "added" })),
      ...removed.map(([path, sha]) => ({ filename: path, sha, status: "removed" })),
    ];
    return page(views, asked, `/repos/${repository.fullName}/pulls/${parts[2]}/files`);
  },
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": (asked) => {
    const { repository, parts } = asked;
    const own = repository.comments.filter(({ issue }) => issue === Number(parts[2]));
    const views = own.map(({ id, body, login }) => ({ id, body, user: { login } }));
    return page(views, asked, `/repos/${repository.fullName}/issues/${parts[2]}/comments`);
  },
  "GET /repos/{owner}/{repo}/releases": (asked) => {
    const views = asked.repository.releases.map(({ tag, publishedAt, draft = false, prerelease = false }) => ({
      tag_name: tag,
      published_at: publishedAt,
      draft,
      prerelease,
    }));
    return page(views, asked, `/repos/${asked.repository.fullName}/releases`);
  },
};

export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handle: Handler;
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/\{(path|ref)\}$/, "(.+)").replace(/\{\w+\}/g, "([^/]+)")}$`);

export const routes: readonly Route[] = [
  ...Object.entries(reads).map(([route, handle]) => ({ route, handle })),
  ...Object.entries(writes).map(([route, handle]) => ({
    route,
    handle: (asked: Asked): Reply => {
      const fault = bodyFault(route, asked.body);
      if (fault !== undefined) return invalid(fault);
      const open = /\/forks$|\/pulls$/.test(route);
      const needs = /check-runs/.test(route)
        ? "checks=write"
        : /comments/.test(route)
          ? "issues=write"
          : "contents=write";
      return open || asked.repository.writers.has(asked.login) ? handle(asked) : forbidden(needs);
    },
  })),
].map(({ route, handle }) => {
  const [method = "", path = ""] = route.split(" ");
  return { method, pattern: patternOf(path), handle };
});
