/** One flipped bit anywhere in report, evidence, signature, statement or envelope makes `verify` say no. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../../src/app/check.ts";
import { verifyRun } from "../../src/app/verify-run.ts";
import { ephemeralSigner } from "../../src/signing/key-signer.ts";
import { run } from "../support/command.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { withDesk } from "../support/openssh-desk.ts";
import { scratchFolder } from "../support/scratch.ts";

/** The same positions in every run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Writes the file with one bit flipped, and takes it back after the look. */
async function flipped<T>(file: string, next: () => number, look: () => Promise<T>): Promise<{ at: string; said: T }> {
  const bytes = await fs.readFile(file);
  const [offset, bit] = [Math.floor(next() * bytes.length), Math.floor(next() * 8)];
  const changed = Buffer.from(bytes);
  changed[offset] = (changed[offset] ?? 0) ^ (1 << bit);
  await fs.writeFile(file, changed);
  const said = await look();
  await fs.writeFile(file, bytes);
  return { at: `byte ${offset}, bit ${bit}`, said };
}

const files = ["report.json", "evidence.json", "report.json.sig", "statement.intoto.json", "report.dsse.json"];

describe("one flipped bit", () => {
  it("in any of sixty places of each file is seen", { timeout: 300_000 }, async () => {
    const server = await cluster();
    const signer = ephemeralSigner();
    const folder = path.join(scratchFolder(), "run");
    const now = () => new Date();
    await check({
      cluster: { kubeconfig: server.kubeconfigFile, requestTimeout: 10_000, timeout: 60_000 },
      selection: { scope: "scs-compatible-kaas", only: [], skip: [], tier: "observe", includeProposed: false },
      inputs: { subject: "my-cloud", data: releaseFile() },
      signing: { signer, passphrase: async () => undefined },
      folder,
      formats: ["in-toto"],
      now,
      onEvent: () => undefined,
      signal: new AbortController().signal,
    });
    const allowedSigners = path.join(scratchFolder(), "allowed");
    await fs.writeFile(allowedSigners, `my-cloud ${signer.publicKey}\n`);
    const verify = () => verifyRun({ target: folder, allowedSigners, now });
    expect(await verify()).toMatchObject({ exitCode: 0 });
    const missed: string[] = [];
    for (const file of files) {
      const next = numbers(files.indexOf(file) + 1);
      for (let n = 0; n < 60; n++) {
        const { at, said } = await flipped(path.join(folder, file), next, verify);
        if (said.exitCode !== 4) missed.push(`${file}, ${at}: ${said.exitCode}`);
      }
    }
    expect(missed).toEqual([]);
    expect(await verify()).toMatchObject({ exitCode: 0 });
  });

  it("is seen by the command", { timeout: 240_000 }, async () => {
    const server = await cluster();
    const key = withDesk().key("ed25519");
    const cwd = scratchFolder();
    const args = [
      "--kubeconfig",
      server.kubeconfigFile,
      "--subject",
      "my-cloud",
      "-o",
      "run",
      "--key",
      key.path,
      "--format",
      "in-toto",
    ];
    await run(["check", ...args, "--data", releaseFile()], { cwd });
    await fs.writeFile(path.join(cwd, "allowed"), `my-cloud ${key.publicLine}\n`);
    const verify = () => run(["verify", "run", "--allowed-signers", "allowed"], { cwd });
    expect(await verify()).toMatchObject({ code: 0 });
    const next = numbers(42);
    for (const file of files) {
      for (let n = 0; n < 3; n++) {
        const { at, said } = await flipped(path.join(cwd, "run", file), next, verify);
        expect({ file, at, code: said.code }).toEqual({ file, at, code: 4 });
        expect(said.stdout).toMatch(/ does not hold\.\n$/);
        expect(said.stdout.split("\n").length).toBeGreaterThanOrEqual(7);
      }
    }
  });
});
