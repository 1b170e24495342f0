/** The folder of a run: written whole or not at all. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { UsageError } from "../model/faults.ts";
import { defaultParent, draftName, draftPrefix, removeAbandoned } from "./drafts.ts";
import { type FileContent, whyNot, writeSynced } from "./write-file.ts";

export interface RunFolder {
  /** Puts all files in place; returns the folder's path. `name` is the folder's when the caller named none. */
  commit(files: readonly RunFile[], name: string): Promise<string>;
  /** Forgets everything. */
  discard(): Promise<void>;
}

export interface RunFile {
  readonly name: string;
  readonly content: FileContent;
}

/** Where a run's files go. */
export interface FolderOptions {
  readonly folder?: string | undefined;
  /** Told what is removed that killed runs left there. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

const elsewhere = "Name a folder that you may write to with -o.";

/**
 * Makes sure before anything else that the folder can be written. Without a folder that is asked for, one
 * named by the run is made below `scs-report`. A new folder comes by one rename; in one that is there already (it may be a
 * mounted volume) the files come one by one, report.json last.
 */
export async function openRunFolder({ folder: target, onNotice }: FolderOptions): Promise<RunFolder> {
  const inside = target !== undefined && (await isEmptyFolder(target));
  const parent = target === undefined ? defaultParent : inside ? target : path.dirname(path.resolve(target));
  const removed = await removeAbandoned(target);
  if (removed.length > 0) onNotice?.(`Removed the drafts of runs that were killed: ${removed.join(", ")}`);
  const { draft, made } = await makeDraft(parent);
  const discard = async (): Promise<void> => {
    await fs.rm(draft, { recursive: true, force: true });
    // another run may have begun there meanwhile: only what is empty goes
    for (const folder of made) await fs.rmdir(folder).catch(() => undefined);
  };
  return {
    discard,
    async commit(files, name) {
      for (const file of files) await writeSynced(path.join(draft, file.name), file.content);
      const folder = target ?? (await freeName(path.join(parent, safeName(name))));
      try {
        if (inside) await moveEach(files, draft, folder);
        else await fs.rename(draft, folder);
      } catch (error) {
        throw new UsageError([{ file: folder, message: `cannot be written: ${whyNot(error)}` }], elsewhere);
      }
      return folder;
    },
  };
}

async function moveEach(files: readonly RunFile[], draft: string, folder: string): Promise<void> {
  const last = files.filter((file) => file.name === "report.json");
  for (const { name } of [...files.filter((file) => !last.includes(file)), ...last]) {
    await fs.rename(path.join(draft, name), path.join(folder, name));
  }
  await fs.rmdir(draft);
}

/** False when there is nothing of that name; UsageError when it cannot be used. */
async function isEmptyFolder(target: string): Promise<boolean> {
  const entries = await fs.readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new UsageError([{ file: target, message: `cannot be used as a folder: ${whyNot(error)}` }], elsewhere);
  });
  // what a run that was killed left is no content
  if (entries?.some((name) => !name.startsWith(draftPrefix))) {
    throw new UsageError([{ file: target, message: "exists and is not empty" }], "Name another folder with -o.");
  }
  return entries !== undefined;
}

interface Draft {
  readonly draft: string;
  /** Folders that had to be made for it, innermost first. */
  readonly made: readonly string[];
}

async function makeDraft(parent: string): Promise<Draft> {
  try {
    const first = await fs.mkdir(parent, { recursive: true });
    const draft = path.join(parent, draftName());
    await fs.mkdir(draft);
    return { draft, made: first === undefined ? [] : between(path.resolve(parent), path.resolve(first)) };
  } catch (error) {
    throw new UsageError([{ file: parent, message: `cannot be written: ${whyNot(error)}` }], elsewhere);
  }
}

function between(inner: string, outer: string): readonly string[] {
  return inner === outer || inner === path.dirname(inner) ? [inner] : [inner, ...between(path.dirname(inner), outer)];
}

async function freeName(wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? wanted : `${wanted}-${n}`;
    if (!(await fs.stat(candidate).catch(() => undefined))) return candidate;
  }
}

/** A subject may hold anything; a file name keeps letters, digits, dot, dash and underscore. */
export function safeName(name: string): string {
  return (
    name
      .replace(/[^A-Za-z0-9._-]+/g, "-")
      .replace(/^[.-]+/, "")
      .slice(0, 120) || "run"
  );
}
