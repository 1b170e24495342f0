import { Type } from "@sinclair/typebox";
import { expect, it } from "vitest";
import { githubAs } from "../../tests/support/github-client.ts";
import { startLoopbackGithub } from "../../tests/support/loopback-github.ts";
import { apiAddress, repositoryOption } from "./address.ts";
import { blobSha } from "./blob.ts";
import { GithubFault } from "./fault.ts";
import { fetchFrom } from "./fetch.ts";
import { readToken } from "./token.ts";

const Named = Type.Object({ name: Type.String() });

it("reads all pages of a list, and no more than it is told", async () => {
  const server = await startLoopbackGithub({
    interfere: ({ attempt }) => ({
      status: 200,
      body: [{ name: `item ${attempt}` }],
      headers: attempt < 3 ? { link: `<http://127.0.0.1/list?page=${attempt + 1}>; rel="next"` } : {},
    }),
  });
  const client = githubAs(server, "member");
  const items = await client.list("listing", "GET /repos/{owner}/{repo}/things", { owner: "a", repo: "b" }, Named, 10);
  expect(items.map(({ name }) => name)).toEqual(["item 1", "item 2", "item 3"]);
  const endless = await startLoopbackGithub({
    interfere: () => ({ status: 200, body: [{ name: "x" }], headers: { link: '<http://127.0.0.1/>; rel="next"' } }),
  });
  await expect(githubAs(endless, "member").list("listing", "GET /endless", {}, Named, 2)).rejects.toThrow(
    "listing: there are more than 2",
  );
});

it("reads again after an answer that passes, and creates only once", async () => {
  const server = await startLoopbackGithub({
    interfere: ({ method, attempt }) =>
      method === "GET" && attempt > 1 ? { status: 200, body: { name: "x" } } : { status: 502, body: {} },
  });
  const client = githubAs(server, "member");
  expect(await client.call("looking", "GET /thing", {}, Named)).toEqual({ name: "x" });
  await expect(client.call("making", "POST /thing", { a: 1 }, Named)).rejects.toThrow("making: GitHub answered 502");
  expect(server.requests.map(({ method }) => method)).toEqual(["GET", "GET", "POST"]);
});

it("takes the token to GitHub's API and nowhere else", async () => {
  const server = await startLoopbackGithub();
  const fetch = fetchFrom({
    api: apiAddress(`${server.url}/api/v3`),
    timeout: 1000,
    signal: new AbortController().signal,
    environment: {},
  });
  for (const other of ["https://elsewhere.example/api/v3/x", `${server.url}/other`, `${server.url}/api/v33`]) {
    await expect(fetch(other)).rejects.toThrow(GithubFault);
  }
  expect(server.requests).toEqual([]);
  expect((await fetch(`${server.url}/api/v3/x`)).status).toBe(404);
});

it("says that nobody answers", async () => {
  const server = await startLoopbackGithub({ interfere: () => ({ status: 0, cut: true }) });
  const asked = githubAs(server, undefined).call("looking", "GET /x", {}, Named);
  await expect(asked).rejects.toMatchObject({
    kind: "unknown",
    message: expect.stringMatching(/^looking: .*broken off/),
  });
});

it.each([
  ["http://github.example.org", "is not encrypted"],
  ["https://user:secret@github.example.org", "holds a user or a password"],
  ["ftp://x", "is no address"],
])("is no address of an API: %s", (text, why) => {
  expect(() => apiAddress(text)).toThrow(why);
});

it.each(["a", "a/b/c", "a/..", "../b", "a b/c", "a/b.git", "-a/b", "a/"])("is no repository: %s", (text) => {
  expect(() => repositoryOption("--github", text)).toThrow("is no repository");
});

it.each([
  ["", undefined],
  ["two words", undefined],
  ["gh-token\n", "gh-token"],
  ["t\u00f6ken", undefined],
])("token %j", (text, token) => {
  expect(readToken(text)).toBe(token);
});

it("computes ids of blobs as Git does", () => {
  expect(blobSha(Buffer.from(""))).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  expect(blobSha(Buffer.from("what is up, doc?"))).toBe("bd9dbf5aae1a3862dd1526723246b20206e5fc37");
});
