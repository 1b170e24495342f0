import { describe, expect, it } from "vitest";
import { githubAs } from "../../tests/support/github-client.ts";
import {
  addRepository,
  type Interference,
  type LoopbackGithub,
  type LoopbackGithubOptions,
  startLoopbackGithub,
} from "../../tests/support/loopback-github.ts";
import { blobSha } from "./blob.ts";
import { type Proposal, propose } from "./propose.ts";

const repository = { owner: "sig", name: "results" };
const files = [
  { name: "report.json", bytes: Buffer.from("{}\n") },
  { name: "report.json.sig", bytes: Buffer.from("signature\n") },
];
const folder = "reports/my-cloud/2026-11-23-01234567";
const proposal: Proposal = {
  repository,
  base: undefined,
  folder,
  files,
  branch: "scs-conformance/0123456789abcdef",
  title: "Report on my-cloud",
  body: "a report",
  pause: async () => undefined,
};

async function github(options: LoopbackGithubOptions = {}) {
  const server = await startLoopbackGithub(options);
  return { server, results: addRepository(server, "sig/results", ["member"]) };
}

const proposed = (server: LoopbackGithub, login = "member", more: Partial<Proposal> = {}) =>
  propose(githubAs(server, login), { ...proposal, ...more });
const writesOf = (server: LoopbackGithub) =>
  server.requests.filter(({ method }) => method !== "GET").map(({ path }) => path.split("/").slice(4).join("/"));

describe("a pull request with one folder", () => {
  it("is one commit upon the base, with exactly these blobs", async () => {
    const { server, results } = await github();
    const start = results.branches.get("main") ?? "";
    const landed = await proposed(server);
    expect(landed).toMatchObject({ outcome: "proposed", pull: { number: 1 }, repository: "sig/results" });
    expect(writesOf(server)).toEqual(["git/blobs", "git/blobs", "git/trees", "git/commits", "git/refs", "pulls"]);
    const commit = results.store.commits.get(results.branches.get(proposal.branch) ?? "");
    expect(commit).toMatchObject({ parents: [start], message: "Report on my-cloud" });
    expect([...results.store.treeOf(commit?.sha ?? "")]).toEqual([
      ["README.md", blobSha(Buffer.from("results\n"))],
      [`${folder}/report.json`, blobSha(Buffer.from("{}\n"))],
      [`${folder}/report.json.sig`, blobSha(Buffer.from("signature\n"))],
    ]);
    expect(results.pulls).toMatchObject([{ base: "main", headRef: proposal.branch, body: "a report" }]);
  });

  it("is found again, open or merged, and nothing is made twice", async () => {
    const { server, results } = await github();
    await proposed(server);
    const before = writesOf(server).length;
    expect(await proposed(server)).toMatchObject({ outcome: "open", pull: { number: 1 } });
    results.branches.set("main", results.branches.get(proposal.branch) ?? "");
    expect(await proposed(server)).toMatchObject({ outcome: "merged", pull: undefined, branch: "main" });
    expect(writesOf(server)).toHaveLength(before);
  });

  it("comes from a fork when the token may not push, once the fork has come", async () => {
    let looks = 0;
    const { server, results } = await github({
      interfere: ({ method, path }) =>
        method === "GET" && path.startsWith("/repos/stranger/results/git/commits") && ++looks < 3
          ? { status: 404, body: { message: "Not Found" } }
          : undefined,
    });
    const waits: number[] = [];
    const pause = async (milliseconds: number) => void waits.push(milliseconds);
    const landed = await proposed(server, "stranger", { pause });
    expect(landed).toMatchObject({ outcome: "proposed", repository: "stranger/results" });
    expect(results.branches.has(proposal.branch)).toBe(false);
    expect(results.pulls).toMatchObject([{ headRepository: "stranger/results", headRef: proposal.branch }]);
    expect(waits).toEqual([1000, 2000]);
    expect(await proposed(server, "stranger")).toMatchObject({ outcome: "open", pull: { number: 1 } });
  });

  it("takes up the branch that an earlier try left", async () => {
    const { server, results } = await github({
      interfere: ({ method, path, attempt }) =>
        method === "POST" && path.endsWith("/pulls") && attempt === 1
          ? { status: 502, body: { message: "Bad Gateway" } }
          : undefined,
    });
    expect(await proposed(server)).toMatchObject({ outcome: "unknown" });
    const branch = results.branches.get(proposal.branch);
    expect(branch).toBeDefined();
    expect(await proposed(server)).toMatchObject({ outcome: "proposed", commit: branch });
    expect(writesOf(server).filter((path) => path === "git/commits")).toHaveLength(1);
  });

  const lost = (path: string, method = "POST"): LoopbackGithubOptions => ({
    interfere: (request) =>
      request.method === method && request.path.endsWith(path)
        ? { status: 502, body: { message: "Bad Gateway" }, after: true }
        : undefined,
  });

  it.each(["/git/refs", "/pulls"])("is looked for when the answer to %s was lost, and not made again", async (path) => {
    const { server, results } = await github(lost(path));
    expect(await proposed(server)).toMatchObject({ pull: { number: 1 } });
    expect(results.pulls).toHaveLength(1);
    expect(server.requests.filter((one) => one.method === "POST" && one.path.endsWith(path))).toHaveLength(1);
  });
});

describe("refused, with what to do", () => {
  const answer = (method: string, end: string, given: Interference): LoopbackGithubOptions => ({
    interfere: (request) => (request.method === method && request.path.endsWith(end) ? given : undefined),
  });

  it.each<[name: string, given: LoopbackGithubOptions, found: object]>([
    [
      "a permission is missing",
      answer("POST", "/pulls", {
        status: 403,
        body: { message: "Resource not accessible by personal access token" },
        headers: { "x-accepted-github-permissions": "pull_requests=write" },
      }),
      { outcome: "refused", kind: "forbidden", advice: "Give the token the permission pull_requests=write." },
    ],
    [
      "a token that is unknown",
      answer("GET", "/sig/results", { status: 401, body: { message: "Bad credentials" } }),
      { outcome: "refused", kind: "unauthorized", text: expect.stringContaining("does not know this token") },
    ],
    [
      "an empty repository",
      answer("GET", "/git/ref/heads/main", { status: 409, body: { message: "Git Repository is empty." } }),
      { outcome: "refused", kind: "conflict", text: expect.stringContaining("Git Repository is empty.") },
    ],
    [
      "one that has moved",
      answer("GET", "/sig/results", { status: 301, body: { message: "Moved Permanently" } }),
      { outcome: "refused", kind: "not-found", text: expect.stringContaining("it has moved (301)") },
    ],
    [
      "a secondary limit",
      answer("POST", "/git/trees", {
        status: 403,
        body: { message: "You have exceeded a secondary rate limit." },
        headers: { "retry-after": "30" },
      }),
      { outcome: "unknown", kind: "limited", advice: expect.stringContaining("in 30 s") },
    ],
    [
      "a body that GitHub does not take, with its words",
      answer("POST", "/git/commits", {
        status: 422,
        body: { message: "Invalid request", errors: [{ field: "tree", code: "missing" }, "\u001b[31mred"] },
      }),
      {
        outcome: "refused",
        kind: "invalid",
        text: expect.stringContaining("Invalid request; tree missing; \ufffd[31mred"),
      },
    ],
    [
      "an answer that is no GitHub's",
      answer("GET", "/sig/results", { status: 200, body: { hello: "world" } }),
      { outcome: "unknown", text: expect.stringContaining("is not what its API describes (/full_name)") },
    ],
    [
      "other bytes than were sent",
      answer("POST", "/git/blobs", { status: 201, body: { sha: "0".repeat(40) } }),
      { outcome: "refused", text: expect.stringContaining("other bytes than were sent") },
    ],
    [
      "no answer at all",
      answer("GET", "/sig/results", { status: 0, cut: true }),
      { outcome: "unknown", kind: "unknown" },
    ],
    [
      "a fork that does not come",
      {
        interfere: ({ path }) =>
          path.startsWith("/repos/stranger/results/git/commits") ? { status: 404, body: {} } : undefined,
      },
      { outcome: "unknown", text: expect.stringContaining("does not show the base commit") },
    ],
  ])("%s", async (name, options, found) => {
    const { server } = await github(options);
    expect(await proposed(server, name.startsWith("a fork") ? "stranger" : "member")).toMatchObject(found);
  });

  it.each<[name: string, prepare: (server: Awaited<ReturnType<typeof github>>) => void, text: string]>([
    [
      "other files under the same name on the base branch",
      ({ results }) => {
        const files = { [`${folder}/report.json`]: "other" };
        results.branches.set("main", results.store.commitFiles(results.branches.get("main"), files));
      },
      `${folder} is there on main, with other files`,
    ],
    [
      "a branch of this name with other files",
      ({ results }) => void results.branches.set(proposal.branch, results.branches.get("main") ?? ""),
      "bears this report's name and holds other files",
    ],
    [
      "an archived repository",
      ({ results }) => {
        results.archived = true;
      },
      "is archived",
    ],
    ["no such branch", ({ results }) => void results.branches.delete("main"), "has no branch main"],
    [
      "a pull request that was closed",
      ({ results }) =>
        void results.pulls.push({
          number: 1,
          title: "",
          body: "",
          base: "main",
          headRepository: "sig/results",
          headRef: proposal.branch,
          state: "closed",
          mergedAt: null,
        }),
      "was closed without being merged",
    ],
  ])("%s", async (_, prepare, text) => {
    const given = await github();
    prepare(given);
    expect(await proposed(given.server)).toMatchObject({ outcome: "refused", text: expect.stringContaining(text) });
    expect(given.results.pulls.filter(({ state }) => state === "open")).toEqual([]);
  });
});
