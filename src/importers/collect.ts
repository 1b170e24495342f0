/** Takes the needed files of a result one by one and keeps what they say, folder by folder. */

import type { KubeletSettings } from "../model/facts/kubelet.ts";
import { kubeletConfigz } from "../model/kubelet/kubelet-configz.ts";
import { clusterUid, ownImage, product, serverVersion, sonobuoyResults, sonobuoyVersion } from "./documents.ts";
import { type E2eLog, readE2eLog } from "./e2e-log.ts";
import { gunzip } from "./gunzip.ts";
import { readJunit } from "./junit.ts";
import { capped, limits, refused, wholeText } from "./limits.ts";
import { isSuiteFolder, nodeOf, type Part, type Place } from "./parts.ts";
import type { Product, ResultParts } from "./result-parts.ts";
import { merge, type SuiteRun } from "./suite-run.ts";

export interface Collector {
  /** `modified`: milliseconds since the epoch at which the file was written, the last resort for the time of a run. */
  add(name: string, place: Place, chunks: AsyncIterable<Uint8Array>, modified?: number): Promise<void>;
  /** What all files together say. Throws UsageError when they are of no run, or of several. */
  finish(target: string): ResultParts;
}

interface Found {
  readonly runs: Map<string, SuiteRun>;
  readonly logs: Map<string, E2eLog>;
  tree: SuiteRun | undefined;
  apiServerVersion: string | undefined;
  clusterUid: string | undefined;
  sonobuoy: string | undefined;
  product: Product | undefined;
  ownImage: string | undefined;
  readonly kubelets: Map<string, KubeletSettings>;
  modified: number | undefined;
}

const most: { readonly [P in Part]: number } = {
  junit: limits.xml,
  log: limits.log,
  results: limits.tree,
  version: limits.document,
  namespaces: limits.list,
  config: limits.document,
  product: limits.document,
  kubelet: limits.document,
  own: limits.document,
};

export function createCollector(): Collector {
  const found: Found = {
    runs: new Map(),
    logs: new Map(),
    tree: undefined,
    apiServerVersion: undefined,
    clusterUid: undefined,
    sonobuoy: undefined,
    product: undefined,
    ownImage: undefined,
    kubelets: new Map(),
    modified: undefined,
  };
  const counts = new Map<Part, number>();
  return {
    async add(name, place, packed, modified) {
      const { part, folder, gzip } = place;
      const count = (counts.get(part) ?? 0) + 1;
      counts.set(part, count);
      const files = part === "kubelet" ? limits.nodes : limits.files;
      if (count > files) throw refused(name, `is one of more than ${files} files of its kind`);
      const chunks = gzip ? gunzip(packed, most[part], name) : capped(packed, most[part], name);
      await read(found, part, folder, chunks, name);
      if (modified !== undefined && (part === "junit" || part === "results")) {
        found.modified = Math.max(found.modified ?? 0, modified);
      }
    },
    finish: (target) => chosen(found, target),
  };
}

async function read(found: Found, part: Part, folder: string, chunks: AsyncIterable<Uint8Array>, name: string) {
  if (part === "junit") {
    const run = await readJunit(chunks, name);
    const before = found.runs.get(folder);
    if (before) merge(before, run);
    else found.runs.set(folder, run);
    return;
  }
  if (part === "log") {
    // of a log that was cut in two, the later part adds to the earlier one
    found.logs.set(folder, joined(found.logs.get(folder), await readE2eLog(chunks)));
    return;
  }
  const text = await wholeText(chunks, most[part], name);
  if (part === "results") found.tree ??= sonobuoyResults(text, name);
  else if (part === "version") found.apiServerVersion ??= serverVersion(text, name);
  else if (part === "namespaces") found.clusterUid ??= clusterUid(text, name);
  else if (part === "config") found.sonobuoy ??= sonobuoyVersion(text, name);
  else if (part === "kubelet") noteKubelet(found, nodeOf(folder), kubeletConfigz(text));
  else if (part === "own") found.ownImage ??= ownImage(text, name);
  else found.product ??= product(text);
}

/** A node that did not answer left a message instead of a configuration: it is passed over. */
function noteKubelet({ kubelets }: Found, node: string | undefined, settings: KubeletSettings | undefined) {
  if (node !== undefined && settings) kubelets.set(node, settings);
}

function joined(a: E2eLog | undefined, b: E2eLog): E2eLog {
  if (!a) return b;
  return { ...a, ...b, flakedLines: [...a.flakedLines, ...b.flakedLines], complete: a.complete || b.complete };
}

function chosen(found: Found, target: string): ResultParts {
  const folders = [...found.runs.keys()];
  const folder = folders.find(isSuiteFolder) ?? folders[0];
  if (folder !== undefined && folders.length > 1 && !isSuiteFolder(folder)) {
    throw refused(target, `holds JUnit files of several runs, in ${folders.length} folders`);
  }
  const junit = folder === undefined ? undefined : found.runs.get(folder);
  const run = junit ?? found.tree;
  if (!run) throw refused(target, "holds no JUnit file of the e2e suite (junit_01.xml)");
  const suite = [...found.logs.keys()].find(isSuiteFolder);
  const log =
    found.logs.get(folder ?? suite ?? "") ?? (found.logs.size === 1 ? [...found.logs.values()][0] : undefined);
  const { apiServerVersion, clusterUid: uid, sonobuoy, product: named } = found;
  return {
    run,
    fromJunit: junit !== undefined,
    ...(log ? { log } : {}),
    ...(apiServerVersion === undefined ? {} : { apiServerVersion }),
    ...(uid === undefined ? {} : { clusterUid: uid }),
    ...(sonobuoy === undefined ? {} : { sonobuoy }),
    ...(named === undefined ? {} : { product: named }),
    ...(found.ownImage === undefined ? {} : { ownImage: found.ownImage }),
    kubelets: found.kubelets,
    ...(found.modified === undefined ? {} : { modified: found.modified }),
    sonobuoyLayout: found.tree !== undefined || folders.some(isSuiteFolder),
  };
}
