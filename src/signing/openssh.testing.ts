/** The system's OpenSSH as referee for the tests: keys made on the spot, its own signatures, its own verdicts, its own agent. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export interface KeyFile {
  readonly path: string;
  /** The line of the .pub file without its comment. */
  readonly publicLine: string;
}

export interface Verdict {
  readonly accepted: boolean;
  readonly output: string;
}

/**
 * Runs a tool of OpenSSH. Its absence fails the test with a sentence: without the referee nothing here is shown.
 * Input comes from a file: a pipe would break when the tool decides before it has read all.
 */
function run(tool: string, args: readonly string[], input?: string, env: Record<string, string> = {}): Verdict {
  const stdin = input === undefined ? "ignore" : openSync(input, "r");
  const done = spawnSync(tool, args, {
    stdio: [stdin, "pipe", "pipe"],
    env: { ...process.env, LC_ALL: "C", TZ: "UTC", ...env },
  });
  if (typeof stdin === "number") closeSync(stdin);
  if (done.error) throw new Error(`${tool} cannot be run (${done.error.message}); install the OpenSSH client`);
  return { accepted: done.status === 0, output: `${done.stdout}${done.stderr}` };
}

function mustRun(tool: string, args: readonly string[], env?: Record<string, string>): string {
  const { accepted, output } = run(tool, args, undefined, env);
  if (!accepted) throw new Error(`${tool} ${args.join(" ")} failed: ${output}`);
  return output;
}

const agentTool = "ssh-agent";

/** A temporary folder with keys, signatures and verdicts of ssh-keygen in it. */
export class OpensshDesk {
  readonly folder = mkdtempSync(join(tmpdir(), "scs-signing-"));
  #files = 0;

  write(text: string | Uint8Array, name = `file-${this.#files++}`): string {
    const path = join(this.folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }

  /** `kind` as in `ssh-keygen -t`, `ecdsa-384` and `rsa-3072` with bits. */
  key(kind: string, passphrase = "", extra: readonly string[] = []): KeyFile {
    const path = join(this.folder, `key-${this.#files++}`);
    const [type = "", bits] = kind.split("-");
    const size = bits === undefined ? [] : ["-b", bits];
    mustRun("ssh-keygen", ["-q", "-t", type, ...size, "-N", passphrase, "-C", "somebody", "-f", path, ...extra]);
    const [name, base64] = readFileSync(`${path}.pub`, "utf8").split(" ");
    return { path, publicLine: `${name} ${base64}` };
  }

  /** Certifies a key as `ssh-keygen -s` does; the path of the certificate, beside a copy of the private key that it is found by. */
  certificate(authority: KeyFile, key: KeyFile, args: readonly string[]): string {
    const copy = this.write(readFileSync(key.path));
    writeFileSync(`${copy}.pub`, `${key.publicLine}\n`);
    mustRun("ssh-keygen", ["-q", "-s", authority.path, "-I", "somebody", ...args, `${copy}.pub`]);
    return `${copy}-cert.pub`;
  }

  read(path: string): string {
    return readFileSync(path, "utf8");
  }

  fingerprint(key: KeyFile): string {
    return mustRun("ssh-keygen", ["-l", "-f", `${key.path}.pub`]).split(" ")[1] ?? "";
  }

  /** Changes a copy of a key file with `ssh-keygen -p`. */
  rewritten(key: KeyFile, args: readonly string[]): string {
    const path = this.write(readFileSync(key.path));
    mustRun("ssh-keygen", ["-q", "-p", "-f", path, ...args]);
    return path;
  }

  sign(key: KeyFile, message: Uint8Array, namespace: string, hash = "sha512"): string {
    const path = this.write(message);
    mustRun("ssh-keygen", ["-q", "-Y", "sign", "-f", key.path, "-n", namespace, "-O", `hashalg=${hash}`, path]);
    return readFileSync(`${path}.sig`, "utf8");
  }

  verify(question: {
    armored: string;
    message: Uint8Array;
    namespace: string;
    principal: string;
    allowedSigners: string;
    revoked?: string | undefined;
    /** `2026-11-23T10:00:00Z` */
    at?: string | undefined;
  }): Verdict {
    const time = question.at?.replace(/[-:T]/g, "");
    const args = [
      ...["-Y", "verify", "-n", question.namespace, "-I", question.principal],
      ...["-f", this.write(question.allowedSigners, "allowed"), "-s", this.write(question.armored, "signature")],
      ...(question.revoked === undefined ? [] : ["-r", this.write(question.revoked, "revoked")]),
      ...(time === undefined ? [] : [`-Overify-time=${time}`]),
    ];
    return run("ssh-keygen", args, this.write(question.message, "message"));
  }

  /** An ssh-agent of its own with the given keys; ends with `stop`. */
  async agent(keys: readonly KeyFile[]): Promise<{ socket: string; stop: () => Promise<void> }> {
    const socket = join(this.folder, `agent-${this.#files++}`);
    const agent = spawn(agentTool, ["-D", "-a", socket], { stdio: "ignore" });
    agent.once("error", () => undefined);
    for (let tries = 0; !existsSync(socket) && tries < 200; tries++) await wait(20);
    for (const key of keys) mustRun("ssh-add", ["-q", key.path], { SSH_AUTH_SOCK: socket });
    return { socket, stop: () => stopped(agent) };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}
