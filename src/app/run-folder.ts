/** The folder of a run: written whole or not at all. */
import { constants, promises as fs } from "node:fs";
import path from "node:path";
import { UsageError } from "../model/faults.ts";

export interface RunFolder {
  /** Puts all files in place in one step; returns the folder's path. */
  commit(files: readonly RunFile[], name: string): Promise<string>;
  /** Forgets everything. */
  discard(): Promise<void>;
}

export interface RunFile {
  readonly name: string;
  readonly content: string;
}

const defaultParent = "scs-report";

/**
 * Makes sure before anything else that the folder can be written. `target` is the folder asked for; without one, a folder
 * named by the run is made below `scs-report`.
 */
export async function openRunFolder(target: string | undefined): Promise<RunFolder> {
  if (target !== undefined) await refuseOccupied(target);
  const parent = target === undefined ? defaultParent : path.dirname(path.resolve(target));
  const draft = await makeDraft(parent);
  return {
    async commit(files, name) {
      for (const file of files) await writeSynced(path.join(draft, file.name), file.content);
      const folder = target ?? (await freeName(path.join(parent, safeName(name))));
      if (target !== undefined) await fs.rmdir(target).catch(() => undefined);
      await fs.rename(draft, folder);
      return folder;
    },
    async discard() {
      await fs.rm(draft, { recursive: true, force: true });
    },
  };
}

/** Writes one file whole or not at all: to a draft beside it, then renamed. */
export async function writeWhole(file: string, content: string): Promise<void> {
  const draft = `${file}.draft-${process.pid}`;
  try {
    await writeSynced(draft, content);
    await fs.rename(draft, file);
  } catch (error) {
    await fs.rm(draft, { force: true });
    throw new UsageError([{ file, message: `cannot be written: ${reason(error)}` }]);
  }
}

/** Refuses early what could not be written late. */
export async function refuseUnwritable(file: string): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  await fs.access(folder, constants.W_OK).catch((error: unknown) => {
    throw new UsageError([{ file: folder, message: `is no folder that can be written: ${reason(error)}` }]);
  });
}

async function refuseOccupied(target: string): Promise<void> {
  const entries = await fs.readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new UsageError([{ file: target, message: `cannot be used as a folder: ${reason(error)}` }]);
  });
  if (entries.length > 0) {
    throw new UsageError([{ file: target, message: "exists and is not empty" }], "Name another folder with -o.");
  }
}

async function makeDraft(parent: string): Promise<string> {
  try {
    await fs.mkdir(parent, { recursive: true });
    return await fs.mkdtemp(path.join(parent, ".draft-"));
  } catch (error) {
    throw new UsageError(
      [{ file: parent, message: `cannot be written: ${reason(error)}` }],
      "Name a folder that you may write to with -o.",
    );
  }
}

async function writeSynced(file: string, content: string): Promise<void> {
  const handle = await fs.open(file, "wx", 0o644);
  try {
    await handle.writeFile(content, "utf8");
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function freeName(wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? wanted : `${wanted}-${n}`;
    if (!(await fs.stat(candidate).catch(() => undefined))) return candidate;
  }
}

/** A subject may hold anything; a file name keeps letters, digits, dot, dash and underscore. */
function safeName(name: string): string {
  return (
    name
      .replace(/[^A-Za-z0-9._-]+/g, "-")
      .replace(/^[.-]+/, "")
      .slice(0, 120) || "run"
  );
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code ?? (error instanceof Error ? error.message : "unknown reason");
}
