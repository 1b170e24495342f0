/** Reads one kubeconfig file into its named entries; paths in it become absolute. Every fault is a UsageError. */
import { dirname, resolve } from "node:path";
import { readSettingsFile } from "../http/settings-file.ts";
import { UsageError } from "../model/faults.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";

/** One cluster, user or context as written, and the folder that its relative paths start from. */
export interface KubeconfigEntry {
  readonly name: string;
  readonly value: JsonObject;
  readonly folder: string;
}

export interface KubeconfigFile {
  readonly clusters: readonly KubeconfigEntry[];
  readonly users: readonly KubeconfigEntry[];
  readonly contexts: readonly KubeconfigEntry[];
  readonly currentContext: string | undefined;
}

const kind = { name: "kubeconfig", advice: "name a kubeconfig with --kubeconfig or KUBECONFIG" } as const;

function entriesOf(file: string, document: JsonObject, list: string, key: string): KubeconfigEntry[] {
  const items = document[list] ?? [];
  if (!Array.isArray(items)) throw new UsageError([{ file, message: `\`${list}\` is not a list` }]);
  return items.map((item, index) => {
    const name = isJsonObject(item) ? item.name : undefined;
    const value = isJsonObject(item) ? (item[key] ?? {}) : undefined;
    if (typeof name !== "string" || name === "" || !isJsonObject(value)) {
      throw new UsageError([{ file, message: `\`${list}[${index}]\` needs a \`name\` and a mapping \`${key}\`` }]);
    }
    return { name, value, folder: dirname(file) };
  });
}

/** @throws UsageError for a file that is missing, unreadable, too large, not YAML or not a kubeconfig */
export function readKubeconfigFile(path: string): KubeconfigFile {
  const file = resolve(path);
  const document = readSettingsFile(file, kind);
  const current = document["current-context"];
  return {
    clusters: entriesOf(file, document, "clusters", "cluster"),
    users: entriesOf(file, document, "users", "user"),
    contexts: entriesOf(file, document, "contexts", "context"),
    currentContext: typeof current === "string" && current !== "" ? current : undefined,
  };
}

const firstWins = (lists: readonly (readonly KubeconfigEntry[])[]) => {
  const byName = new Map<string, KubeconfigEntry>();
  for (const entry of lists.flat()) if (!byName.has(entry.name)) byName.set(entry.name, entry);
  return [...byName.values()];
};

/** Several files as one, the way kubectl does it: the first to name an entry or a current context wins. */
export function mergeKubeconfigs(files: readonly KubeconfigFile[]): KubeconfigFile {
  return {
    clusters: firstWins(files.map((file) => file.clusters)),
    users: firstWins(files.map((file) => file.users)),
    contexts: firstWins(files.map((file) => file.contexts)),
    currentContext: files.find((file) => file.currentContext !== undefined)?.currentContext,
  };
}
