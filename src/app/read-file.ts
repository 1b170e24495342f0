/** Reads files that the caller names, with a cap first and one clear line when it cannot be done. */
import fs from "node:fs/promises";
import { UsageError } from "../model/faults.ts";

/** Bytes of a file of at most `maxBytes`; a pipe that the caller names is read as far as that, and no further. */
export async function readCapped(file: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const handle = await fs.open(file, "r");
    try {
      const stat = await handle.stat();
      const bytes = stat.isFile() && stat.size > maxBytes ? undefined : await upTo(maxBytes, handle, stat.isFile());
      if (bytes === undefined) throw new UsageError([{ file, message: `is larger than ${maxBytes} bytes` }]);
      return bytes;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const known: { [code: string]: string } = {
      ENOENT: "does not exist",
      EACCES: "may not be read",
      EISDIR: "is a folder",
    };
    throw new UsageError([{ file, message: known[code ?? ""] ?? `cannot be read: ${code ?? "unknown reason"}` }]);
  }
}

/** Undefined when there is more: a device has no end, and no size either. */
async function upTo(maxBytes: number, handle: fs.FileHandle, regular: boolean): Promise<Uint8Array | undefined> {
  if (regular) return handle.readFile();
  const parts: Uint8Array[] = [];
  for (let total = 0; total <= maxBytes; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(64 * 1024), 0);
    if (bytesRead === 0) return Buffer.concat(parts);
    parts.push(buffer.subarray(0, bytesRead));
    total += bytesRead;
  }
  return undefined;
}

/**
 * A file in a folder that somebody else may have packed: like readCapped, and never a pipe or a device, whose opening may wait
 * for ever.
 */
export async function readStored(file: string, maxBytes: number): Promise<Uint8Array> {
  const stat = await fs.stat(file).catch(() => undefined);
  if (stat && !stat.isFile() && !stat.isDirectory()) {
    throw new UsageError([{ file, message: "is a pipe or a device, and no file" }]);
  }
  return readCapped(file, maxBytes);
}

/** UTF-8 text of a file of at most `maxBytes`. */
export async function readText(file: string, maxBytes: number): Promise<string> {
  return decodeText(file, await readCapped(file, maxBytes));
}

/** UTF-8, byte for byte: a byte order mark stays. */
export function decodeText(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError([{ file, message: "is not UTF-8" }]);
  }
}

/** Like readStored; undefined when the file does not exist. */
export async function readIfThere(file: string, maxBytes: number): Promise<Uint8Array | undefined> {
  const there = await fs.stat(file).catch(() => undefined);
  return there ? readStored(file, maxBytes) : undefined;
}
