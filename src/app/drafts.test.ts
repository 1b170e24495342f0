import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { scratchFolder } from "../../tests/support/scratch.ts";
import { draftName, removeAbandoned } from "./drafts.ts";
import { openRunFolder } from "./run-folder.ts";

/** A process that does nothing until it is killed. */
async function idle(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["-e", "console.log(1); setInterval(() => {}, 60_000)"], { stdio: "pipe" });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

/** Field 22 of its stat: when it started. */
function startOf({ pid }: { readonly pid?: number | undefined }): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

interface Parts {
  readonly pid: number | undefined;
  readonly started: string;
  readonly place?: string;
}

/** The name that a process gives its draft. */
function nameOf({ pid, started, place }: Parts): string {
  const [, , , here, random] = draftName().split("-");
  return [".draft", pid, started, place ?? here, random].join("-");
}

/** A place with a finished run in it and a draft of some process, and what became of the draft. */
function place(draft: string, files: readonly string[] = ["evidence.json"]) {
  const parent = scratchFolder();
  const folder = path.join(parent, draft);
  mkdirSync(folder);
  for (const name of files) writeFileSync(path.join(folder, name), "{}");
  mkdirSync(path.join(parent, "run"));
  writeFileSync(path.join(parent, "run", "report.json"), "{}");
  return { parent, folder, next: path.join(parent, "next") };
}

describe("a draft", () => {
  it("goes once its process was killed, and not before; nothing else goes", async () => {
    const child = await idle();
    const { parent, folder, next } = place(nameOf({ pid: child.pid, started: startOf(child) }));
    expect(await removeAbandoned(next)).toEqual([]);
    await killed(child);
    expect(await removeAbandoned(next, true)).toEqual([folder]);
    expect(existsSync(folder)).toBe(true);
    expect(await removeAbandoned(next)).toEqual([folder]);
    expect(readdirSync(parent, { recursive: true }).sort()).toEqual(["run", "run/report.json"]);
  });

  it("goes when another process has the number now", async () => {
    const child = await idle();
    const { folder, next } = place(nameOf({ pid: child.pid, started: String(BigInt(startOf(child)) - 1n) }));
    expect(await removeAbandoned(next)).toEqual([folder]);
  });

  it("in the folder that was named itself goes as well", async () => {
    const child = await idle();
    const { parent, folder } = place(nameOf({ pid: child.pid, started: startOf(child) }));
    await killed(child);
    expect(await removeAbandoned(parent)).toEqual([folder]);
  });

  it("of a run at work stays beside the next one, and each tells only of what it removed", async () => {
    const child = await idle();
    const { parent, folder, next } = place(nameOf({ pid: child.pid, started: startOf(child) }));
    await killed(child);
    const notices: string[] = [];
    const onNotice = (text: string) => void notices.push(text);
    const both = [next, path.join(parent, "other")].map((one) => openRunFolder({ folder: one, onNotice }));
    const [one, other] = await Promise.all(both);
    expect(notices).toEqual([`Removed the drafts of runs that were killed: ${folder}`]);
    expect(readdirSync(parent).filter((name) => name.startsWith(".draft-"))).toHaveLength(2);
    await openRunFolder({ folder: path.join(parent, "third"), onNotice }).then((third) => third.discard());
    expect(readdirSync(parent).filter((name) => name.startsWith(".draft-"))).toHaveLength(2);
    await one?.commit([{ name: "report.json", content: "{}" }], "x");
    await other?.discard();
    expect(readdirSync(parent).sort()).toEqual(["next", "run"]);
  });
});

describe("never goes", () => {
  it.each<[string, (parts: Parts) => string]>([
    ["one of another machine, or of a container that is gone", (parts) => nameOf({ ...parts, place: "0".repeat(16) })],
    ["one that names no process", () => ".draft-0123456789ab"],
    ["a longer name", (parts) => `${nameOf(parts)}-mine`],
    ["a name with another prefix", (parts) => `x${nameOf(parts)}`],
    ["a number that no process has", (parts) => nameOf({ ...parts, pid: 99_999_999 })],
  ])("%s", async (_, name) => {
    const child = await idle();
    const parts = { pid: child.pid, started: startOf(child) };
    await killed(child);
    const { folder, next } = place(name(parts));
    expect(await removeAbandoned(next)).toEqual([]);
    expect(readdirSync(folder)).toEqual(["evidence.json"]);
  });

  it("a symbolic link, what it leads to, a file, or a folder that holds folders", async () => {
    const child = await idle();
    const names = [1, 2, 3].map(() => nameOf({ pid: child.pid, started: startOf(child) }));
    await killed(child);
    const { folder, parent, next } = place(names[0] ?? "");
    mkdirSync(path.join(folder, "inside"));
    const elsewhere = scratchFolder();
    writeFileSync(path.join(elsewhere, "precious"), "");
    symlinkSync(elsewhere, path.join(parent, names[1] ?? ""));
    writeFileSync(path.join(parent, names[2] ?? ""), "");
    expect(await removeAbandoned(next, true)).toEqual([]);
    expect(await removeAbandoned(next)).toEqual([]);
    expect(readdirSync(parent).sort()).toEqual([...names, "run"].sort());
    expect(lstatSync(path.join(parent, names[1] ?? "")).isSymbolicLink()).toBe(true);
    expect(readdirSync(elsewhere)).toEqual(["precious"]);
    expect(readdirSync(folder).sort()).toEqual(["evidence.json", "inside"]);
  });
});
