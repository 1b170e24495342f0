/** Which files of a result are needed, by their names. */

export type Part = "junit" | "log" | "results" | "version" | "namespaces" | "config" | "product" | "kubelet" | "own";

export interface Place {
  readonly part: Part;
  /** Folder in the result; files of one run lie in one folder. */
  readonly folder: string;
  /** Packed by itself. */
  readonly gzip: boolean;
}

const patterns: readonly (readonly [Part, RegExp])[] = [
  ["junit", /^junit[^/]*\.xml$/i],
  ["log", /^e2e\.log(\.head|\.tail)?$/],
  ["results", /^sonobuoy_results\.yaml$/],
  ["version", /^serverversion\.json$/],
  // one file per resource: Namespaces.json, since 0.50 core_v1_namespaces.json
  ["namespaces", /^(core_v1_)?namespaces\.json$/i],
  ["product", /^PRODUCT\.ya?ml$/],
  ["own", /^scs-conformance\.json$/],
];

/** The part that a file is; undefined for everything that is not needed. */
export function placeOf(name: string): Place | undefined {
  const steps = name.split("/");
  const base = steps.pop() ?? "";
  const folder = steps.filter((step) => step !== "" && step !== ".").join("/");
  const gzip = base.endsWith(".gz");
  const plain = gzip ? base.slice(0, -".gz".length) : base;
  if (plain === "config.json" && (folder === "meta" || folder.endsWith("/meta"))) {
    return { part: "config", folder, gzip };
  }
  // what Sonobuoy asked each kubelet for
  if (plain === "configz.json" && nodeOf(folder) !== undefined) return { part: "kubelet", folder, gzip };
  const part = patterns.find(([, pattern]) => pattern.test(plain))?.[0];
  if (part === undefined || (part === "namespaces" && !folder.endsWith("resources/cluster"))) return undefined;
  return { part, folder, gzip };
}

/** The node of a folder below `hosts`; undefined for other folders, and for what can be no node's name. */
export function nodeOf(folder: string): string | undefined {
  return /(?:^|\/)hosts\/([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)$/.exec(folder)?.[1];
}

/** Where a folder that holds an unpacked Sonobuoy tarball keeps what is needed. */
export const knownFolders = ["", "plugins/e2e", "plugins/e2e/results/global", "meta", "resources/cluster"] as const;

/** Where Sonobuoy puts the results of the e2e suite, in whatever folder the whole was packed. */
export function isSuiteFolder(folder: string): boolean {
  return /(^|\/)plugins\/e2e\/results\/global$/.test(folder);
}
