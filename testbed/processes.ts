import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { testbedFolder } from "./folders.ts";

/** A started process of a cluster. */
export interface Running {
  readonly name: string;
  readonly pid: number;
  /** Program and arguments as wanted, without what enters namespaces. */
  readonly command: readonly string[];
  /** Undefined while it runs, else how it ended, such as `exit code 1`. */
  ended(): string | undefined;
  /** The last lines it wrote, for error messages. */
  lastLines(count?: number): string;
}

/** All processes of one cluster, and the folder that goes with them. */
export interface ProcessGroup {
  start(name: string, command: readonly string[], prefix?: readonly string[]): Running;
  /** A command that removes what processes leave behind; run once all of them are killed, also when this process dies. */
  afterwards(command: readonly string[]): void;
  /** SIGKILL to all, waits until they are gone, and what they left. */
  stop(): Promise<void>;
}

/**
 * Opens a group whose processes log to `FOLDER/log/NAME.log`. A guardian process of its own watches this one: whatever happens
 * here (a crash, SIGKILL), it kills what is left and removes the folder.
 */
export function openProcessGroup(folder: string): ProcessGroup {
  mkdirSync(path.join(folder, "log"), { recursive: true });
  const guardian = spawn(process.execPath, [path.join(testbedFolder(), "reaper.js"), folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
  });
  guardian.unref();
  const guardianInput = guardian.stdin;
  guardianInput.on("error", () => {}); // it was killed; the group still stops what it knows
  const children: ChildProcess[] = [];

  const start = (name: string, command: readonly string[], prefix: readonly string[] = []): Running => {
    const log = path.join(folder, "log", `${name}.log`);
    const [program = "", ...args] = [...prefix, ...command];
    const output = openSync(log, "a");
    const child = spawn(program, args, {
      stdio: ["ignore", output, output],
      detached: true,
      cwd: folder,
      env: { PATH: process.env.PATH ?? "", HOME: folder },
    });
    closeSync(output);
    const { pid } = child;
    let failure = pid === undefined ? `could not be started from ${program}` : undefined;
    child.on("error", (error) => {
      failure = error.message;
    });
    if (pid !== undefined) {
      children.push(child);
      guardianInput.write(`+${pid}\n`);
      child.once("exit", () => guardianInput.write(`-${pid}\n`));
    }
    child.unref();
    return { name, pid: pid ?? -1, command, ended: () => failure ?? describeEnd(child), lastLines: tail(log) };
  };

  const afterwards = (command: readonly string[]) => {
    guardianInput.write(`!${JSON.stringify(command)}\n`);
  };

  const stop = async () => {
    await Promise.all(children.map(kill));
    if (guardian.exitCode === null && guardian.signalCode === null && guardian.pid !== undefined) {
      guardian.ref();
      guardianInput.end();
      await once(guardian, "exit");
    }
  };
  return { start, afterwards, stop };
}

async function kill(child: ChildProcess): Promise<void> {
  if (describeEnd(child) === undefined) {
    child.ref();
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }
}

function describeEnd(child: ChildProcess): string | undefined {
  if (child.exitCode !== null) {
    return `ended with exit code ${child.exitCode}`;
  }
  return child.signalCode === null ? undefined : `was ended by ${child.signalCode}`;
}

function tail(log: string): (count?: number) => string {
  return (count = 15) => readFileSync(log, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}
