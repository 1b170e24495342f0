/** The question for a passphrase at a terminal: a real one, made by script(1). */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bundle } from "../support/command.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { withDesk } from "../support/openssh-desk.ts";
import { scratchFolder } from "../support/scratch.ts";

const quoted = (words: readonly string[]) => words.map((word) => `'${word}'`).join(" ");

/** Runs check with an encrypted key on a pseudo terminal and types the answer once asked. */
async function typed(answer: string) {
  const server = await cluster();
  const key = withDesk().key("ed25519", "right");
  const cwd = scratchFolder();
  const args = [
    "check",
    "--kubeconfig",
    server.kubeconfigFile,
    "--data",
    releaseFile(),
    "-o",
    "run",
    "--key",
    key.path,
  ];
  const line = quoted([process.execPath, bundle, ...args, "--only", "version-policy-check"]);
  const terminal = spawn("script", ["-qefc", line, "/dev/null"], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: cwd, TERM: "xterm", SHELL: "/bin/sh" },
    stdio: ["pipe", "pipe", "ignore"],
  });
  let screen = "";
  terminal.stdout.setEncoding("utf8").on("data", (text: string) => {
    const asked = !screen.includes("Passphrase") && (screen + text).includes("Passphrase");
    screen += text;
    if (asked) terminal.stdin.write(answer);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    terminal.once("error", reject);
    terminal.once("close", resolve);
  });
  terminal.stdin.destroy();
  return { code, screen, left: readdirSync(cwd), requests: server.requests.length };
}

describe("the passphrase of a key", () => {
  it("is asked for at a terminal and not shown", async () => {
    const { code, screen, left } = await typed("right\r");
    expect({ code, left }).toEqual({ code: 0, left: ["run"] });
    expect(screen).toContain("Passphrase of the signing key:");
    expect(screen).not.toContain("right");
  });

  it.each<[string, string, number]>([
    ["wrong", "wrong\r", 3],
    ["not given (Ctrl-D)", "\u0004", 3],
    ["not given (Ctrl-C)", "\u0003", 130],
  ])("that is %s ends the run before the first request", async (_, answer, wanted) => {
    const { code, left, requests } = await typed(answer);
    expect({ code, left, requests }).toEqual({ code: wanted, left: [], requests: 0 });
  });
});
