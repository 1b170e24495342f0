/** review and data update on the command line: against GitHub on loopback, and without a network. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadKubernetesReleases } from "../../src/catalogue/releases.ts";
import { OpensshDesk } from "../../src/signing/openssh.testing.ts";
import { complaint, run } from "../support/command.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { addRepository, startLoopbackGithub } from "../support/loopback-github.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

const subject = "my-cloud-1.37";
const desk = new OpensshDesk();
const key = desk.key("ed25519");
afterAll(() => desk.remove());

/** A run of the subject, signed. */
async function signedRun(cwd: string): Promise<void> {
  const server = await cluster();
  const given = ["check", "--kubeconfig", server.kubeconfigFile, "-o", "run", "--subject", subject, "--key", key.path];
  const { code, stderr } = await run([...given, "--data", releaseFile()], { cwd });
  expect({ failed: (code ?? 3) > 2, stderr }).toMatchObject({ failed: false });
}

describe("from a run to a reviewed pull request", () => {
  it("is submitted, reviewed in the workflow's own words, and refused once it was changed", async () => {
    const cwd = scratchFolder();
    await signedRun(cwd);
    const to = await startLoopbackGithub();
    const signers = { allowed_signers: `${subject} namespaces="report@scs-conformance" ${key.publicLine}\n` };
    const results = addRepository(to, "sig/results", ["member", "github-actions[bot]"], signers);
    const env = { GITHUB_TOKEN: to.token("member"), GITHUB_API_URL: to.url };
    expect(await run(["submit", "run", "--github", "sig/results"], { cwd, env })).toMatchObject({ code: 0 });

    const event = path.join(cwd, "event.json");
    writeFileSync(event, JSON.stringify({ pull_request: { number: 1 }, repository: { full_name: "sig/results" } }));
    const workflow = {
      GITHUB_API_URL: to.url,
      GITHUB_TOKEN: to.token("github-actions[bot]"),
      GITHUB_EVENT_PATH: event,
    };
    const review = (...args: string[]) => run(["review", ...args], { cwd, env: workflow });
    const told = await review("--comment", "--check");
    expect(told).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ {2}recomputation {2}ok {9}judged again/m) });
    expect(told.stderr).toMatch(/^The comment created: https:.*\nThe check run created: https:/);
    expect(results.comments).toMatchObject([{ login: "github-actions[bot]" }]);

    const branch = results.pulls[0]?.headRef ?? "";
    const { folder } = JSON.parse(left(cwd, "run").text("receipt.github.json")) as { readonly folder: string };
    const forged = left(cwd, "run").text("report.json").replace('"outcome": "undetermined"', '"outcome": "pass"');
    const head = results.store.commitFiles(results.branches.get(branch), { [`${folder}/report.json`]: forged });
    results.branches.set(branch, head);
    const refused = await review("--comment", "--format", "markdown");
    expect(refused).toMatchObject({ code: 4, stdout: expect.stringMatching(/^\| recomputation \| \*\*bad\*\* \|/m) });
    expect(results.comments).toHaveLength(1);

    const proposed = path.join(cwd, "proposed");
    const base = path.join(cwd, "base");
    for (const root of [proposed, base]) {
      mkdirSync(root);
      writeFileSync(path.join(root, "allowed_signers"), signers.allowed_signers);
    }
    cpSync(path.join(cwd, "run"), path.join(proposed, folder), {
      recursive: true,
      filter: (file) => !/\.html$|receipt/.test(file),
    });
    expect(await run(["review", "proposed", "--base", "base", "--format", "json"], { cwd })).toMatchObject({ code: 0 });
  });

  it.each<[args: readonly string[], env: { readonly [name: string]: string }, why: RegExp]>([
    [[], {}, /^Which repository was not said\.$/],
    [["--repo", "sig/results"], {}, /^Which pull request was not said\.$/],
    [["--repo", "sig"], {}, /is no repository/],
    [["--pull", "x"], {}, /--pull/],
    [["somewhere"], {}, /takes two checkouts/],
    [["nowhere", "--base", "nowhere"], {}, /is no folder/],
    [[], { GITHUB_EVENT_PATH: "event.json" }, /event\.json: does not exist/],
  ])("is used wrongly: %j %j", async (args, env, why) => {
    expect(complaint(await run(["review", ...args], { env }))[0]).toMatch(why);
  });
});

describe("data update", () => {
  it("names each source that fails, and writes what `--data` takes", async () => {
    const to = await startLoopbackGithub();
    const { releases } = addRepository(to, "kubernetes/kubernetes", []);
    for (const { version } of loadKubernetesReleases().value.releases) {
      releases.push({ tag: `v${version}`, publishedAt: "2026-10-28T10:00:00Z" });
    }
    const cwd = scratchFolder();
    const env = { GITHUB_API_URL: to.url };
    const ended = await run(["data", "update", "-o", "data.json", "--key", key.path], { cwd, env });
    expect(ended).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(
        /^data\.json: 125 releases as of 2026-11-23, CVEs of 2026-08-21, signed by SHA256:/,
      ),
    });
    expect(ended.stderr.trimEnd().split("\n")).toHaveLength(3);
    expect(await run(["data", "show", "--data", "data.json"], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(cwd, "data.json.sig"), "utf8")).toMatch(/^-----BEGIN SSH SIGNATURE-----/);
    expect(complaint(await run(["data", "update"], { cwd, env }))[0]).toBe("Where to write it was not said.");
  });
});
