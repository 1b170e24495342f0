/** The small files beside the results: whose cluster it was, which product, which tool. */
import { parseDocument } from "yaml";
import type { ConformanceResultsFact } from "../model/facts/inputs.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import { parseKubernetesVersion } from "../model/versions/kubernetes-version.ts";
import { printable, refused } from "./limits.ts";
import { specName } from "./spec-name.ts";
import { emptyRun, note, type SuiteRun } from "./suite-run.ts";

/** serverversion.json: what /version answered. */
export function serverVersion(text: string, file: string): string | undefined {
  const value = json(text, file);
  const version = isJsonObject(value) && typeof value.gitVersion === "string" ? value.gitVersion : "";
  return parseKubernetesVersion(version) === undefined ? undefined : version;
}

/** The uid of kube-system in a list of namespaces: the cluster's identity. */
export function clusterUid(text: string, file: string): string | undefined {
  const value = json(text, file);
  const items = isJsonObject(value) ? value.items : value;
  if (!Array.isArray(items)) return undefined;
  for (const item of items) {
    const metadata = isJsonObject(item) ? item.metadata : undefined;
    if (!isJsonObject(metadata) || metadata.name !== "kube-system") continue;
    const { uid } = metadata;
    return typeof uid === "string" && /^[\w.-]{1,100}$/.test(uid) ? uid : undefined;
  }
  return undefined;
}

/** Version of Sonobuoy out of meta/config.json. */
export function sonobuoyVersion(text: string, file: string): string | undefined {
  const value = json(text, file);
  const version = isJsonObject(value) ? value.Version : undefined;
  return typeof version === "string" && /^v?\d[\w.+-]{0,60}$/.test(version) ? version : undefined;
}

/** scs-conformance.json: which image a run of ours was, as the node named it, by digest. */
export function ownImage(text: string, file: string): string | undefined {
  const value = json(text, file);
  const image = isJsonObject(value) ? value.image : undefined;
  return typeof image === "string" && /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,499}$/.test(image) ? image : undefined;
}

/** PRODUCT.yaml of a submission to cncf/k8s-conformance; one that cannot be read names nobody. */
export function product(text: string): ConformanceResultsFact["product"] {
  const value = yaml(text);
  const field = (name: string): string => {
    const given = isJsonObject(value) ? value[name] : undefined;
    return typeof given === "string" || typeof given === "number" ? printable(String(given)).slice(0, 200).trim() : "";
  };
  const named = { vendor: field("vendor"), name: field("name"), version: field("version") };
  return named.vendor === "" || named.name === "" ? undefined : named;
}

/** The tree of sonobuoy_results.yaml: what there is when the JUnit file itself was not kept. */
export function sonobuoyResults(text: string, file: string): SuiteRun {
  const run = emptyRun();
  const tree = yaml(text);
  if (tree === undefined) throw refused(file, "is no YAML that can be read");
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const item = open.pop();
    if (!isJsonObject(item)) continue;
    if (Array.isArray(item.items)) for (const child of item.items) open.push(child);
    else noteLeaf(run, item);
  }
  return run;
}

function noteLeaf(run: SuiteRun, { name, status }: JsonObject): void {
  const spec = typeof name === "string" ? specName(name) : undefined;
  if (spec === undefined || typeof status !== "string") return;
  // "failed", and "unknown" and "timeout" for what never reported
  note(run, spec, status === "passed" || status === "skipped" ? status : "failed");
}

function json(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused(file, "is no JSON");
  }
}

/** Core schema, unique keys, next to no aliases; undefined for what is none. */
function yaml(text: string): unknown {
  try {
    const document = parseDocument(text, { version: "1.2", schema: "core", prettyErrors: false });
    return document.errors.length === 0 ? document.toJS({ maxAliasCount: 10 }) : undefined;
  } catch {
    // the parser recurses, and aliases beyond the cap throw
    return undefined;
  }
}
