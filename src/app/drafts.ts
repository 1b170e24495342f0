/** Drafts of run folders bear their process in their names: those that killed runs left can be told from all others, and go. */
import { createHash, randomBytes } from "node:crypto";
import { constants, promises as fs, readlinkSync } from "node:fs";
import path from "node:path";
import { processMark, stateOf } from "../kubernetes/acting/process-mark.ts";

export const draftPrefix = ".draft-";
/** Where run folders are made that nobody named. */
export const defaultParent = "scs-report";

/** What is more waits for the next run. */
const mostAtOnce = 100;

const form = /^\.draft-(?<pid>[1-9]\d{0,6})-(?<started>\d{1,20})-(?<place>[0-9a-f]{16})-[0-9a-f]{12}$/;

/** `.draft-PID-START-PLACE-RANDOM`; `.draft-RANDOM`, which nobody removes, where the system does not say what proves an end. */
export function draftName(): string {
  const random = randomBytes(6).toString("hex");
  const place = placeOfProcesses();
  const { pid, started } = processMark();
  const marked = place === undefined || started === "" ? "" : `${pid}-${started}-${place}-`;
  return `${draftPrefix}${marked}${random}`;
}

/**
 * Removes the drafts beside and in the run folder that is asked for whose process is proven to have ended; what two runs remove
 * at once is told by one. Their paths; with `dryRun` nothing goes.
 */
export async function removeAbandoned(target: string | undefined, dryRun = false): Promise<readonly string[]> {
  const folders = target === undefined ? [defaultParent] : [path.dirname(path.resolve(target)), path.resolve(target)];
  const removed: string[] = [];
  for (const folder of folders) {
    for (const draft of await abandonedIn(folder)) {
      if (await removeDraft(draft, dryRun)) removed.push(shown(draft));
    }
  }
  return removed;
}

/** As a person there would write it. */
function shown(draft: string): string {
  const relative = path.relative("", draft);
  return relative.startsWith("..") ? draft : relative;
}

async function abandonedIn(folder: string): Promise<readonly string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
  // an entry that is a symbolic link is no folder here
  return entries
    .filter((entry) => entry.isDirectory() && isAbandoned(entry.name))
    .slice(0, mostAtOnce)
    .map(({ name }) => path.join(folder, name));
}

function isAbandoned(name: string): boolean {
  const { pid, started, place } = form.exec(name)?.groups ?? {};
  if (pid === undefined || started === undefined || place !== placeOfProcesses()) return false;
  return stateOf({ ...processMark(), pid: Number(pid), started }) === "dead";
}

/**
 * Where a process id that is not there has ended: this machine since its start, this namespace of process ids
 * (pid_namespaces(7)). Undefined where that is not known, or /proc is that of another namespace.
 */
function placeOfProcesses(): string | undefined {
  const { host, boot } = processMark();
  try {
    if (boot === "" || readlinkSync("/proc/self") !== String(process.pid)) return undefined;
    const namespace = readlinkSync("/proc/self/ns/pid");
    return createHash("sha256")
      .update(JSON.stringify([host, boot, namespace]))
      .digest("hex")
      .slice(0, 16);
  } catch {
    return undefined;
  }
}

/** A draft holds files and nothing else. Held open, it cannot become another folder while it is emptied. */
async function removeDraft(draft: string, dryRun: boolean): Promise<boolean> {
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
  const handle = await fs.open(draft, flags).catch(() => undefined);
  if (handle === undefined) return false;
  try {
    const inside = `/proc/self/fd/${handle.fd}`;
    const entries = await fs.readdir(inside, { withFileTypes: true });
    if (!entries.every((entry) => entry.isFile())) return false;
    if (dryRun) return true;
    for (const { name } of entries) await fs.rm(path.join(inside, name), { force: true });
    await fs.rmdir(draft);
    return true;
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}
