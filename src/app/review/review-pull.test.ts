import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  addRepository,
  type LoopbackGithub,
  type LoopbackGithubOptions,
  startLoopbackGithub,
} from "../../../tests/support/loopback-github.ts";
import type { LoopbackRepository } from "../../../tests/support/loopback-github-store.ts";
import { acceptedFiles, proposedReport } from "../../../tests/support/proposed-report.ts";
import { scratchFolder } from "../../../tests/support/scratch.ts";
import { ephemeralSigner } from "../../signing/key-signer.ts";
import { type ReviewPullOptions, reviewPull } from "./review-pull.ts";

const signer = ephemeralSigner();
const workflow = "github-actions[bot]";
let made: ReturnType<typeof proposedReport> | undefined;

interface Setting {
  readonly server: LoopbackGithub;
  readonly results: LoopbackRepository;
  readonly head: string;
  readonly folder: string;
}

/** A results repository, and a fork's pull request with a signed report; `more` is put beside it. */
async function setting(
  options: LoopbackGithubOptions = {},
  more: { readonly [path: string]: string } = {},
): Promise<Setting> {
  const server = await startLoopbackGithub(options);
  const results = addRepository(server, "sig/results", ["member", workflow], acceptedFiles(signer));
  made ??= proposedReport(signer);
  const { files, folder } = await made;
  const fork = addRepository(server, "stranger/results", ["stranger"]);
  const joined = { ...fork, store: results.store };
  const head = results.store.commitFiles(results.branches.get("main"), { ...files, ...more });
  joined.branches.set("topic", head);
  server.repositories.set("stranger/results", joined);
  results.pulls.push({
    number: 1,
    title: "a report",
    body: "",
    base: "main",
    headRepository: "stranger/results",
    headRef: "topic",
    state: "open",
    mergedAt: null,
  });
  return { server, results, head, folder };
}

const review = ({ server }: Setting, more: Partial<ReviewPullOptions> = {}, login: string = workflow) =>
  reviewPull({
    github: {
      repository: "sig/results",
      url: server.url,
      tokenFile: undefined,
      timeout: 10_000,
      signal: new AbortController().signal,
      environment: { GITHUB_TOKEN: server.token(login) },
    },
    pull: 1,
    publish: undefined,
    head: undefined,
    comment: false,
    check: false,
    author: undefined,
    artifactOut: undefined,
    now: () => new Date("2026-11-24T08:00:00Z"),
    ...more,
  });

const writes = ({ server }: Setting) => server.requests.filter(({ method }) => method !== "GET");

describe("review of a pull request from a fork", () => {
  it("reads data only, and writes nothing unless it is asked to", async () => {
    const given = await setting();
    const { review: found, exitCode, warnings } = await review(given, {}, "reader");
    expect({ exitCode, warnings, state: found?.state }).toEqual({ exitCode: 0, warnings: [], state: "holds" });
    expect(found?.reports[0]?.folder).toBe(given.folder);
    expect(writes(given)).toEqual([]);
  });

  it("goes by the base branch's signers", async () => {
    const forged = acceptedFiles(ephemeralSigner());
    const given = await setting({}, { allowed_signers: String(forged.allowed_signers) });
    given.results.branches.set("main", given.results.store.commitFiles(given.results.branches.get("main"), { x: "y" }));
    const { review: found, exitCode } = await review(given);
    expect(exitCode).toBe(2);
    expect(found?.reports[0]?.layers.find(({ name }) => name === "signer")).toMatchObject({ state: "ok" });
    expect(found?.remarks).toContainEqual(expect.objectContaining({ state: "unchecked" }));
  });

  it("keeps one comment, told by marker and author, over many pages", async () => {
    const given = await setting();
    const { comments } = given.results;
    const marked = "<!-- scs-conformance review -->\nforged";
    comments.push({ id: 1, issue: 1, login: "stranger", body: marked });
    for (let id = 2; id < 150; id++) comments.push({ id, issue: 1, login: "stranger", body: "me too" });
    expect(await review(given, { comment: true })).toMatchObject({
      exitCode: 0,
      notes: [expect.stringMatching(/^The comment created/)],
    });
    const own = comments.filter(({ login }) => login === workflow);
    expect(own).toMatchObject([
      { issue: 1, body: expect.stringMatching(/^<!-- scs-conformance review -->\n## my-cloud-1\.36 /) },
    ]);
    expect(await review(given, { comment: true })).toMatchObject({ notes: ["The comment same."] });
    given.results.branches.set(
      "main",
      given.results.store.commitFiles(given.results.branches.get("main"), { revoked_signers: `${signer.publicKey}\n` }),
    );
    const pulls = given.server.repositories.get("stranger/results");
    expect(pulls?.branches.get("topic")).toBe(given.head);
    expect(await review(given, { comment: true })).toMatchObject({
      exitCode: 4,
      notes: [expect.stringMatching(/^The comment updated/)],
    });
    expect(comments.filter(({ login }) => login === workflow)).toHaveLength(1);
    expect(comments[0]?.body).toBe(marked);
  });

  it("writes a check run: 50 annotations a request, summary within limits", async () => {
    const more = Object.fromEntries(Array.from({ length: 130 }, (_, n) => [`reports/junk-${n}.txt`, "x"]));
    const given = await setting({}, more);
    expect(await review(given, { check: true })).toMatchObject({ exitCode: 4, warnings: [] });
    const runs = writes(given).map(({ method, body }) => {
      const { output } = body as { readonly output: { readonly annotations: readonly unknown[] } };
      return [method, output.annotations.length];
    });
    expect(runs).toEqual([
      ["POST", 50],
      ["PATCH", 50],
      ["PATCH", 30],
    ]);
    expect(given.results.checkRuns).toMatchObject([
      { headSha: given.head, name: "scs-conformance review", conclusion: "failure" },
    ]);
    expect(given.results.checkRuns[0]?.annotations).toHaveLength(130);
  });

  it("says which permission is missing, and keeps its result", async () => {
    const given = await setting();
    const { exitCode, warnings, notes } = await review(given, { comment: true, check: true }, "reader");
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: [] });
    expect(warnings).toEqual([
      expect.stringContaining(
        "The comment could not be written: writing a comment: the token lacks the permission issues=write (403)",
      ),
      expect.stringContaining(
        "The check run could not be written: writing the check run: the token lacks the permission checks=write (403)",
      ),
    ]);
  });

  it.each<[name: string, options: LoopbackGithubOptions, text: RegExp]>([
    [
      "is not there",
      { interfere: ({ path: at }) => (at.endsWith("/pulls/1") ? { status: 404, body: {} } : undefined) },
      /may not see it \(404\)/,
    ],
    [
      "holds blobs that are others",
      {
        interfere: ({ path: at }) =>
          at.includes("/git/blobs/")
            ? { status: 200, body: { sha: at.split("/").at(-1), size: 1, encoding: "base64", content: "eA==" } }
            : undefined,
      },
      /these are other bytes/,
    ],
    [
      "changes too many files",
      {
        interfere: ({ path: at }) =>
          at.endsWith("/files")
            ? {
                status: 200,
                body: Array.from({ length: 100 }, () => ({ filename: "x", status: "added", sha: null })),
                headers: { link: '<http://127.0.0.1/>; rel="next"' },
              }
            : undefined,
      },
      /there are more than 300/,
    ],
  ])("ends inconclusive when the pull request %s", async (_, options, text) => {
    const { review: found, refusal, exitCode } = await review(await setting(options));
    expect({ found, exitCode }).toEqual({ found: undefined, exitCode: 2 });
    expect(refusal?.text).toMatch(text);
  });
});

describe("the split workflow", () => {
  it("hands over what the writing job judges again", async () => {
    const given = await setting();
    const file = path.join(scratchFolder(), "review.json");
    await review(given, { artifactOut: file }, "reader");
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      schemaVersion: 1,
      repository: "sig/results",
      pull: 1,
      head: given.head,
      state: "holds",
    });
    const told = await review(given, { pull: undefined, publish: file, head: given.head });
    expect(told).toMatchObject({ exitCode: 0, warnings: [] });
    expect(given.results.comments).toHaveLength(1);
    expect(given.results.checkRuns).toMatchObject([{ headSha: given.head }]);
  });

  it("believes the handed file in nothing", async () => {
    const given = await setting({}, { "reports/junk.txt": "x" });
    const file = path.join(scratchFolder(), "review.json");
    const forged = { schemaVersion: 1, repository: "sig/results", pull: 1, head: given.head, state: "holds" };
    writeFileSync(file, JSON.stringify(forged));
    const told = await review(given, { pull: undefined, publish: file, head: given.head });
    expect(told).toMatchObject({ exitCode: 4, warnings: [expect.stringContaining("own job says that it holds")] });
    expect(given.results.checkRuns).toMatchObject([{ conclusion: "failure" }]);
  });

  it("tells nothing about a commit that it was not run for", async () => {
    const given = await setting();
    const file = path.join(scratchFolder(), "review.json");
    await review(given, { artifactOut: file }, "reader");
    for (const head of ["0".repeat(40), undefined]) {
      if (head === undefined) {
        const fork = given.server.repositories.get("stranger/results");
        fork?.branches.set("topic", given.results.store.commitFiles(given.head, { z: "z" }));
      }
      const told = await review(given, { pull: undefined, publish: file, head });
      expect(told).toMatchObject({
        review: undefined,
        exitCode: 2,
        warnings: [expect.stringContaining("has moved on")],
      });
    }
    expect(writes(given)).toEqual([]);
  });

  it.each(["", "[]", "{", '{"schemaVersion":1,"pull":"1; rm"}', JSON.stringify({ a: "x".repeat(70_000) })])(
    "refuses a handed file that is none: %.30s",
    async (text) => {
      const given = await setting();
      const file = path.join(scratchFolder(), "review.json");
      writeFileSync(file, text);
      await expect(review(given, { pull: undefined, publish: file })).rejects.toThrow(
        /is not JSON|document|larger|expected/,
      );
      expect(given.server.requests).toEqual([]);
    },
  );
});
