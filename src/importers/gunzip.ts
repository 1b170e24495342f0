/** Unpacks gzip piece by piece: nobody's bomb is in memory at once. */
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { capped, refused } from "./limits.ts";

/** Throws UsageError for what is no gzip, is cut off, or grows beyond `most` bytes. */
export async function* gunzip(
  chunks: AsyncIterable<Uint8Array>,
  most: number,
  name: string,
): AsyncGenerator<Uint8Array> {
  // a reader that stops early must stop the reading as well
  const unpacked = pipeline(Readable.from(chunks), createGunzip({ chunkSize: 64 * 1024 }), () => undefined);
  try {
    yield* capped(unpacked as AsyncIterable<Uint8Array>, most, name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") throw refused(name, "is cut off: the packed data end too early");
    if (code?.startsWith("Z_")) throw refused(name, "is no intact gzip file");
    throw error;
  }
}
