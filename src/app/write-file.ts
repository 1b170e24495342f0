/** Writes single files whole or not at all. */
import { constants, promises as fs } from "node:fs";
import path from "node:path";
import { UsageError } from "../model/faults.ts";

/** Text, or bytes in pieces. */
export type FileContent = string | readonly Uint8Array[];

/** Writes to a draft beside the file, then renames. */
export async function writeWhole(file: string, content: FileContent): Promise<void> {
  const draft = `${file}.draft-${process.pid}`;
  try {
    await writeSynced(draft, content);
    await fs.rename(draft, file);
  } catch (error) {
    await fs.rm(draft, { force: true });
    throw new UsageError([{ file, message: `cannot be written: ${whyNot(error)}` }]);
  }
}

/** Refuses early what could not be written late. */
export async function refuseUnwritable(file: string): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  await fs.access(folder, constants.W_OK).catch((error: unknown) => {
    throw new UsageError([{ file: folder, message: `is no folder that can be written: ${whyNot(error)}` }]);
  });
  const there = await fs.stat(file).catch(() => undefined);
  if (there && !there.isFile()) throw new UsageError([{ file, message: "exists and is no file" }]);
}

/** A new file that only its owner may read. UsageError when there is one. */
export async function writePrivate(file: string, content: FileContent): Promise<void> {
  try {
    await writeSynced(file, content, 0o600);
  } catch (error) {
    throw new UsageError([{ file, message: `cannot be written: ${whyNot(error)}` }]);
  }
}

/** A new file, on the disk when this returns. */
export async function writeSynced(file: string, content: FileContent, mode = 0o644): Promise<void> {
  const handle = await fs.open(file, "wx", mode);
  try {
    // each goes on where the one before it ended
    for (const part of typeof content === "string" ? [content] : content) await handle.writeFile(part, "utf8");
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const known: { readonly [code: string]: string } = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left",
  ENOENT: "there is no such folder",
  ENOTDIR: "it is a file, or below one",
  EEXIST: "a file of that name is in the way",
  ENOTEMPTY: "somebody else has written there meanwhile",
};

/** Why the file system refused, in words. */
export function whyNot(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? message : (known[code] ?? code);
}
