/** Handing in to a results repository, as a provider would: GitHub on loopback, bodies held against its own schemas. */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { OpensshDesk } from "../../src/signing/openssh.testing.ts";
import { complaint, run } from "../support/command.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { addRepository, type LoopbackGithub, startLoopbackGithub } from "../support/loopback-github.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

const subject = "my-cloud-1.37";
const desk = new OpensshDesk();
const key = desk.key("ed25519");
afterAll(() => desk.remove());

async function checkInto(folder: string, args: readonly string[] = []): Promise<void> {
  const server = await cluster();
  const given = ["check", "--kubeconfig", server.kubeconfigFile, "-o", folder, "--subject", subject];
  const { code, stderr } = await run([...given, "--data", releaseFile(), ...args]);
  expect({ failed: (code ?? 3) > 2, stderr }).toMatchObject({ failed: false });
}

let made: Promise<string> | undefined;

/** A folder with a copy of one signed run, named `run`. */
async function signed(): Promise<string> {
  const folder = path.join(desk.folder, "signed");
  made ??= checkInto(folder, ["--key", key.path]).then(() => folder);
  const cwd = scratchFolder();
  cpSync(await made, path.join(cwd, "run"), { recursive: true });
  return cwd;
}

async function submit(to: LoopbackGithub, cwd: string, args: readonly string[] = ["run"], login = "member") {
  const env = { GITHUB_TOKEN: to.token(login), GITHUB_API_URL: to.url };
  const ended = await run(["submit", ...args, "--github", "sig/results"], { cwd, env });
  expect(ended.stdout + ended.stderr).not.toContain(to.token(login));
  return ended;
}

describe("submit --github", () => {
  it("opens one pull request with the signed report and its evidence, and leaves a receipt", async () => {
    const to = await startLoopbackGithub();
    const results = addRepository(to, "sig/results", ["member"]);
    const cwd = await signed();
    const { code, stdout, stderr } = await submit(to, cwd);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("Wrote run/receipt.github.json.") });
    expect(stdout).toMatch(/^my-cloud-1\.37: \w+ of \S+Z is proposed by sig\/results: pull request 1, https:/);
    const { report, text } = left(cwd, "run");
    const receipt = JSON.parse(text("receipt.github.json")) as { readonly [key: string]: unknown };
    const folder = `reports/${subject}/${report.checkedAt.slice(0, 10)}-${String(receipt.reportSha256).slice(0, 8)}`;
    expect(receipt).toMatchObject({
      schemaVersion: 1,
      github: to.url,
      repository: "sig/results",
      outcome: "proposed",
      pull: { number: 1 },
      folder,
      signedBy: desk.fingerprint(key),
    });
    const tree = results.store.treeOf(results.branches.get(results.pulls[0]?.headRef ?? "") ?? "");
    const names = ["evidence.json", "report.json", "report.json.sig", "report.scs.yaml", "report.scs.yaml.sig"];
    expect([...tree.keys()]).toEqual(["README.md", ...names.map((name) => `${folder}/${name}`)]);
    for (const name of names) {
      expect(results.store.blobs.get(tree.get(`${folder}/${name}`) ?? "")?.toString()).toBe(text(name));
    }
    expect(results.pulls[0]).toMatchObject({ base: "main", title: expect.stringContaining(`Report on ${subject}`) });
    expect(text("receipt.github.json")).not.toContain(to.token("member"));

    const again = await submit(to, cwd);
    expect({ code: again.code, stdout: again.stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining("waits already in sig/results: pull request 1"),
    });
    expect(results.pulls).toHaveLength(1);
  });

  it("signs an unsigned run with the key that is given, and goes through a fork without the right to push", async () => {
    const to = await startLoopbackGithub();
    const results = addRepository(to, "sig/results", []);
    const cwd = scratchFolder();
    await checkInto(path.join(cwd, "run"));
    expect(complaint(await submit(to, cwd))[0]).toBe("What is to be handed in is not signed.");
    expect(to.requests).toEqual([]);
    const { code, stdout } = await submit(to, cwd, ["run", "--key", key.path], "provider");
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("pull request 1") });
    expect(results.pulls).toMatchObject([{ headRepository: "provider/results" }]);
    expect(left(cwd, "run").names).toContain("report.json.sig");
  });

  it("says what would go, and asks nobody, with --dry-run", async () => {
    const to = await startLoopbackGithub();
    const cwd = await signed();
    const { code, stdout } = await run(["submit", "run", "--github", "sig/results", "--dry-run"], {
      cwd,
      env: { GITHUB_API_URL: to.url },
    });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("would go to sig/results as ") });
    expect(to.requests).toEqual([]);
    expect(existsSync(path.join(cwd, "run/receipt.github.json"))).toBe(false);
  });

  it("ends with 4 when it is refused there, with 2 when nobody can tell", async () => {
    const to = await startLoopbackGithub();
    const cwd = await signed();
    const refused = await submit(to, cwd);
    expect(refused).toMatchObject({ code: 4, stdout: "", stderr: expect.stringContaining("may not see it (404)") });
    const broken = await startLoopbackGithub({ interfere: () => ({ status: 502, body: {} }) });
    expect(await submit(broken, cwd)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("GitHub answered 502"),
    });
    expect(existsSync(path.join(cwd, "run/receipt.github.json"))).toBe(false);
  });

  const change = (file: string, from: string | RegExp, into: string) => (cwd: string) => {
    const at = path.join(cwd, "run", file);
    const before = readFileSync(at, "utf8");
    const after = before.replace(from, into);
    expect(after).not.toBe(before);
    writeFileSync(at, after);
  };

  it.each<[name: string, prepare: (cwd: string) => unknown, why: RegExp]>([
    [
      "a report that was changed",
      change("report.json", /"verdict": "PASS"/, '"verdict": "FAIL"'),
      /is not what its evidence gives/,
    ],
    [
      "evidence that was changed",
      change("evidence.json", "my-cloud-1.37", "my-cloud-1.38"),
      /does not belong to the evidence/,
    ],
    [
      "a signature over something else",
      change("report.json.sig", /\n[A-Za-z0-9+/]{8}/, "\nAAAAAAAA"),
      /report\.json\.sig: /,
    ],
    ["no evidence", (cwd) => rmSync(path.join(cwd, "run/evidence.json")), /has no evidence\.json beside it/],
    [
      "a form that says something else",
      change("report.scs.yaml", "my-cloud", "your-cloud"),
      /is not what the report beside it gives/,
    ],
  ])("refuses %s before anything is sent", async (_, prepare, why) => {
    const to = await startLoopbackGithub();
    addRepository(to, "sig/results", ["member"]);
    const cwd = await signed();
    prepare(cwd);
    expect(complaint(await submit(to, cwd))[0]).toMatch(why);
    expect(to.requests).toEqual([]);
  });

  it("refuses what is no result: hypothetical, recorded, under a scope of our own", async () => {
    const to = await startLoopbackGithub();
    const cwd = await signed();
    const evaluate = (folder: string, ...args: string[]) =>
      run(["evaluate", "run/evidence.json", "-o", folder, "--key", key.path, ...args], { cwd });
    await evaluate("later", "--as-of", "2027-06-01");
    await evaluate("drafts", "--scope", "scs-kaas-drafts");
    await run(["demo", "-o", "demo"], { cwd });
    for (const [folder, why] of [
      ["later", /it is hypothetical: judged as of 2027-06-01/],
      ["drafts", /its scope scs-kaas-drafts is one of this suite's own/],
      ["demo", /its facts were replayed from a recording/],
    ] as const) {
      expect(complaint(await submit(to, cwd, [folder]))[0]).toMatch(why);
    }
    expect(to.requests).toEqual([]);
  });

  it.each<[args: readonly string[], env: { readonly [name: string]: string }, why: RegExp]>([
    [["--github", "sig"], { GITHUB_TOKEN: "token" }, /--github "sig" is no repository/],
    [["--github", "sig/results"], {}, /No token was given/],
    [["--github", "sig/results"], { GITHUB_TOKEN: "two words" }, /GITHUB_TOKEN holds no token/],
    [["--github", "sig/results", "--base", "../x"], { GITHUB_TOKEN: "token" }, /is no branch/],
    [["--github", "sig/results", "--monitor", "https://x"], { GITHUB_TOKEN: "token" }, /are two places/],
    [
      ["--github", "sig/results", "--github-url", "http://github.example"],
      { GITHUB_TOKEN: "token" },
      /is not encrypted/,
    ],
    [[], {}, /Where to hand it in was not said/],
  ])("is used wrongly: %j", async (args, env, why) => {
    const words = complaint(await run(["submit", "run", ...args], { env }));
    expect(words[0]).toMatch(why);
    expect(words.join("\n")).not.toContain("two words");
  });
});
