/** One run of ssh-keygen: no terminal to hang on, a passphrase by askpass only, an end in time, its complaints in one line. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { UsageError } from "../model/faults.ts";
import { printable } from "./public-key.ts";

export interface KeygenEnvironment {
  readonly [name: string]: string | undefined;
}

export interface KeygenRun {
  readonly environment: KeygenEnvironment;
  readonly secret: string | undefined;
  readonly milliseconds: number;
  readonly notice?: ((text: string) => void) | undefined;
}

/**
 * What ssh-keygen asks whenever it wants a secret. The answers stand in its own environment, seen by this user alone; the file holds
 * none. A touch that it waits for is said on, not answered.
 */
const askpass = `#!/bin/sh
case "\${SSH_ASKPASS_PROMPT:-}" in
  none) printf '%s\\n' "$1" >&2; exit 0 ;;
  confirm) exit 1 ;;
esac
case "$1" in
  *PIN*) answer=\${SCS_CONFORMANCE_KEY_PIN:-} ;;
  *) answer=\${SCS_CONFORMANCE_KEY_PASSPHRASE:-} ;;
esac
[ -n "$answer" ] || exit 1
printf '%s\\n' "$answer"
`;

/** An SSHSIG and what surrounds it take less. */
const largest = 65_536;

/** What it prints. UsageError: it is not there, it refused, it took too long. */
export async function runKeygen(args: readonly string[], input: Uint8Array, run: KeygenRun): Promise<string> {
  const own = run.environment.SSH_ASKPASS !== undefined && run.secret === undefined;
  if (own) return exchange(args, input, run, { ...run.environment });
  const folder = await mkdtemp(path.join(tmpdir(), "scs-conformance-askpass-"));
  try {
    const file = path.join(folder, "askpass");
    await writeFile(file, askpass, { mode: 0o700 });
    return await exchange(args, input, run, {
      ...run.environment,
      SSH_ASKPASS: file,
      SSH_ASKPASS_REQUIRE: "force",
      SCS_CONFORMANCE_KEY_PASSPHRASE: run.secret ?? "",
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function exchange(
  args: readonly string[],
  input: Uint8Array,
  { milliseconds, notice }: KeygenRun,
  env: KeygenEnvironment,
): Promise<string> {
  // in a session of its own it has no terminal: it asks through askpass or not at all
  const child = spawn("ssh-keygen", args, { env: { ...env }, stdio: ["pipe", "pipe", "pipe"], detached: true });
  return new Promise((resolve, reject) => {
    const output = { stdout: "", stderr: "" };
    const timer = setTimeout(() => {
      end(child);
      reject(refused(`it did not end within ${milliseconds / 1000} s`));
    }, milliseconds);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output.stdout = (output.stdout + text).slice(0, largest);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output.stderr = (output.stderr + text).slice(0, largest);
      for (const line of text.split("\n").filter((one) => one.startsWith("Confirm user presence")))
        notice?.(printable(line));
    });
    child.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(error.code === "ENOENT" ? absent() : refused(error.code ?? error.message));
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(output.stdout);
      else reject(refused(complaint(output.stderr) || `it ended with ${code ?? "a signal"}`));
    });
    // it may end before it has read everything
    child.stdin.on("error", () => undefined).end(input);
  });
}

function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

/** Its lines as one, without frames and prompts. */
function complaint(stderr: string): string {
  return stderr
    .split("\n")
    .map((line) => line.replace(/^Enter (passphrase|PIN)[^:]*: */, "").trim())
    .filter((line) => line !== "" && !line.startsWith("@") && !line.startsWith("Confirm user presence"))
    .map(printable)
    .slice(0, 4)
    .join("; ");
}

function refused(why: string): UsageError {
  return new UsageError(`ssh-keygen did not sign: ${why}`);
}

function absent(): UsageError {
  return new UsageError(
    "there is no ssh-keygen on this machine",
    "Leave --signer out: --key and --agent need no other program.",
  );
}
