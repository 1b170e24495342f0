/** Reads a result of the upstream e2e suite, in whatever form a tool left it. The only part that touches a disk. */
import { createHash, type Hash } from "node:crypto";
import { createReadStream, promises as fs } from "node:fs";
import path from "node:path";
import type { SpecLists } from "../model/conformance/spec-lists.ts";
import { sha256 } from "../model/digest.ts";
import type { ConformanceResultsFact, NodeConfigurationFact } from "../model/facts/inputs.ts";
import { UsageError } from "../model/faults.ts";
import { type Collector, createCollector } from "./collect.ts";
import { gunzip } from "./gunzip.ts";
import { capped, limits, refused } from "./limits.ts";
import { knownFolders, nodeOf, placeOf } from "./parts.ts";
import { peeked } from "./peek.ts";
import { reduced } from "./reduce.ts";
import type { ResultParts } from "./result-parts.ts";
import { eachTarFile } from "./tar.ts";

export interface Imported {
  readonly results: ConformanceResultsFact;
  /** Configurations of kubelets that Sonobuoy collected beside the results. */
  readonly nodes?: NodeConfigurationFact;
}

/**
 * A Sonobuoy tarball, a folder with junit_01.xml and e2e.log (Hydrophone, a CNCF submission, an unpacked tarball), or one
 * JUnit file; each also packed with gzip. Throws UsageError for everything else.
 */
export async function importResults(target: string, lists: readonly SpecLists[]): Promise<Imported> {
  const collector = createCollector();
  try {
    const stat = await fs.stat(target);
    const source = stat.isDirectory()
      ? await addFolder(collector, target)
      : await addFile(collector, target, stat.mtimeMs);
    const parts = collector.finish(target);
    const results = reduced(parts, lists, source, target);
    const nodes = nodeConfiguration(parts, results);
    return { results, ...(nodes ? { nodes } : {}) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof UsageError || code === undefined) throw error;
    const known: { readonly [code: string]: string } = { ENOENT: "does not exist", EACCES: "may not be read" };
    throw new UsageError([{ file: target, message: known[code] ?? `cannot be read: ${code}` }]);
  }
}

function nodeConfiguration(
  { kubelets, clusterUid }: ResultParts,
  { source, finishedAt, undated }: ConformanceResultsFact,
): NodeConfigurationFact | undefined {
  // of a result that could be of any age nothing counts
  if (kubelets.size === 0 || undated === true) return undefined;
  const nodes = [...kubelets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([node, settings]) => ({ node, settings }));
  return { source, at: finishedAt, ...(clusterUid === undefined ? {} : { clusterUid }), nodes };
}

/** The digest of a folder covers names and bytes of the files that were read. */
async function addFolder(collector: Collector, target: string): Promise<string> {
  const digests: string[] = [];
  const hosts = await fs.readdir(path.join(target, "hosts")).catch(() => []);
  const ofNodes = hosts.map((name) => `hosts/${name}`).filter((folder) => nodeOf(folder) !== undefined);
  for (const folder of [...knownFolders, ...ofNodes.sort().slice(0, limits.nodes + 1)]) {
    const entries = await fs.readdir(path.join(target, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const place = placeOf(name);
      if (!place || entry.isDirectory()) continue;
      if (!entry.isFile()) throw refused(name, "is no plain file");
      const hash = createHash("sha256");
      const file = path.join(target, name);
      await collector.add(name, place, hashed(file, hash), (await fs.stat(file)).mtimeMs);
      digests.push(`${hash.digest("hex")}  ${name}\n`);
    }
  }
  return sha256(digests.sort().join(""));
}

async function addFile(collector: Collector, target: string, modified: number): Promise<string> {
  const hash = createHash("sha256");
  const outer = await peeked(hashed(target, hash));
  const packed = outer.head[0] === 0x1f && outer.head[1] === 0x8b;
  const inner = packed ? await peeked(gunzip(outer.chunks, limits.unpacked, target)) : outer;
  if (isTar(inner.head, target)) {
    await eachTarFile(target, inner.chunks, (file) => collector.add(file.name, file.place, file.chunks, file.modified));
  } else if (/^\uFEFF?\s*</.test(new TextDecoder().decode(inner.head.subarray(0, 200)))) {
    const place = { part: "junit", folder: "", gzip: false } as const;
    await collector.add(path.basename(target), place, inner.chunks, modified);
  } else {
    throw refused(target, "is neither a tar archive nor a JUnit file, nor a folder with one");
  }
  return hash.digest("hex");
}

/** `ustar` at its place; old archives have no mark and are known by their name. */
function isTar(head: Uint8Array, target: string): boolean {
  const mark = Buffer.from(head.subarray(257, 262)).toString("latin1");
  return mark === "ustar" || (/\.(tar|tar\.gz|tgz)$/.test(target) && head.length >= 512);
}

async function* hashed(file: string, hash: Hash): AsyncGenerator<Uint8Array> {
  const bytes = createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>;
  for await (const chunk of capped(bytes, limits.packed, file)) {
    hash.update(chunk);
    yield chunk;
  }
}
