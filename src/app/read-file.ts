/** Reads files that the caller names, with a cap first and one clear line when it cannot be done. */
import { promises as fs } from "node:fs";
import { UsageError } from "../model/faults.ts";

/** Bytes of a file of at most `maxBytes`. */
export async function readCapped(file: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const handle = await fs.open(file, "r");
    try {
      const { size } = await handle.stat();
      if (size > maxBytes) throw new UsageError([{ file, message: `is larger than ${maxBytes} bytes` }]);
      return await handle.readFile();
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

/** Like readCapped; undefined when the file does not exist. */
export async function readIfThere(file: string, maxBytes: number): Promise<Uint8Array | undefined> {
  const there = await fs.stat(file).catch(() => undefined);
  return there ? readCapped(file, maxBytes) : undefined;
}
