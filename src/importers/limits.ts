/** How much of a result is read at most. Real ones stay far below: a JUnit file has 3 MB, a Sonobuoy tarball rarely 50 MB. */
import { UsageError } from "../model/faults.ts";

const mebi = 1024 * 1024;

export const limits = {
  /** Bytes of a file or archive as it lies there. */
  packed: 256 * mebi,
  /** Bytes of all that comes out of an archive. */
  unpacked: 1024 * mebi,
  /** Entries of an archive, needed or not. */
  entries: 100_000,
  /** Bytes of one JUnit file, also of a packed one. */
  xml: 128 * mebi,
  /** Bytes of e2e.log; a verbose one has some 50 MB. */
  log: 512 * mebi,
  /** Bytes of a list of namespaces. */
  list: 16 * mebi,
  /** Bytes of sonobuoy_results.yaml; of a whole suite it has 2 MB. */
  tree: 8 * mebi,
  /** Bytes of the other files that are read whole: a few lines each. */
  document: mebi,
  /** Files of one kind in one result: one per process of a parallel run. */
  files: 100,
  /** Nodes whose configuration is read: as many as Kubernetes supports. */
  nodes: 5000,
  specs: 100_000,
  /** Characters of a spec's name. */
  name: 2000,
  depth: 64,
} as const;

/** Passes chunks on until they are more than `most` bytes; then a UsageError about `name`. */
export async function* capped(
  chunks: AsyncIterable<Uint8Array>,
  most: number,
  name: string,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > most) throw refused(name, `is larger than ${most / mebi} MiB`);
    yield chunk;
  }
}

/** All of it, as UTF-8 text. */
export async function wholeText(chunks: AsyncIterable<Uint8Array>, most: number, name: string): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of capped(chunks, most, name)) parts.push(chunk);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw refused(name, "is not UTF-8");
  }
}

/** A fault of the result; names out of archives may hold anything and are made one short, printable line. */
export function refused(name: string, message: string): UsageError {
  return new UsageError([{ file: printable(name), message }], "Give the result as the tool left it.");
}

export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, " ").slice(0, 300);
}
