/** Entries of a tar archive, one after the other, in memory only: nothing is ever written to a disk. */
import { pipeline, Readable } from "node:stream";
import { extract, type Header } from "tar-stream";
import { UsageError } from "../model/faults.ts";
import { limits, printable, refused } from "./limits.ts";
import { type Place, placeOf } from "./parts.ts";

export interface TarFile {
  readonly name: string;
  readonly place: Place;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Milliseconds since the epoch at which the file was written, as the archive says. */
  readonly modified?: number;
}

/**
 * Hands each needed file to `take`, which has to read it before the next one comes. Throws UsageError for archives that are
 * damaged, hold more entries than anyone's result, names that lead out of the archive, or a link in a needed file's place.
 */
export async function eachTarFile(
  archive: string,
  chunks: AsyncIterable<Uint8Array>,
  take: (file: TarFile) => Promise<void>,
): Promise<void> {
  const unpack = extract();
  pipeline(Readable.from(chunks), unpack, () => undefined);
  let entries = 0;
  try {
    for await (const entry of unpack) {
      entries += 1;
      if (entries > limits.entries) throw refused(archive, `holds more than ${limits.entries} entries`);
      const { header } = entry;
      const place = safePlace(archive, header);
      const modified = header.mtime?.getTime();
      const file = { name: header.name, place, chunks: entry as AsyncIterable<unknown> as AsyncIterable<Uint8Array> };
      if (place) await take({ ...file, place, ...(modified === undefined ? {} : { modified }) });
      // what nobody wanted has to pass by all the same
      entry.resume();
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof Error && isTarFault(error)) throw refused(archive, "is no intact tar archive");
    throw error;
  }
  if (entries === 0) throw refused(archive, "is an empty archive");
}

function safePlace(archive: string, { name, type }: Header): Place | undefined {
  const steps = name.split(/[/\\]/);
  if (/^([/\\]|[A-Za-z]:)/.test(name) || steps.includes("..") || name.includes("\0")) {
    throw refused(archive, `holds ${JSON.stringify(printable(name))}, a name that leads out of the archive`);
  }
  const place = placeOf(name);
  if (!place || type === "directory") return undefined;
  if (type !== "file" && type !== "contiguous-file") {
    throw refused(archive, `holds ${JSON.stringify(printable(name))} as a ${type ?? "thing of no known kind"}`);
  }
  return place;
}

/** What tar-stream says of damaged archives; it has no class or code for them. */
function isTarFault(error: Error): boolean {
  return /^(Invalid (tar header|header)|Unexpected end of data|Header exceeds max size|Writable stream closed)/.test(
    error.message,
  );
}
