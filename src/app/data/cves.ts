/** CVEs of Kubernetes itself out of records of kubernetes-sigs/cve-feed-osv (Apache-2.0), in the form of OSV 1.x. */
import { cvss3Score } from "../../model/cvss.ts";
import type { KubernetesReleasesFact } from "../../model/facts/inputs.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { compareVersions, parseKubernetesVersion } from "../../model/versions/kubernetes-version.ts";
import type { Sourced } from "./releases.ts";

type Cve = KubernetesReleasesFact["cves"][number];
type Range = Cve["affected"][number];

/** Components with the version numbers of Kubernetes; other products of the same feed count their own. */
const core =
  /^(k8s\.io\/)?(kubernetes|kubelet|kubectl|kubeadm|(kube-)?apiserver|(kube-)?controller-manager|(kube-)?scheduler|kube-scheduler|kube-proxy|client-go|apimachinery|apiextensions-apiserver|kube-aggregator|(legacy-)?cloud-providers?|mount-utils)$/;
const others =
  /ingress-nginx|image-builder|secrets-store|csi-|dashboard|nfs|smb|java|cluster-api|external-|azure|gcp|vsphere/;

/** Known CVEs, changed and extended by the records; a fault leaves all as it was. */
export function withRecords(known: readonly Cve[], records: readonly string[]): Sourced<readonly Cve[]> {
  if (records.length === 0) return { fault: "it holds no record" };
  const all = new Map(known.map((cve) => [cve.id, cve]));
  const notes: string[] = [];
  for (const text of records) {
    const read = readRecord(text);
    if (typeof read === "string") return { fault: read };
    notes.push(...read.notes);
    const { cve } = read;
    if (!cve) continue;
    const before = all.get(cve.id);
    if (!before) notes.push(`new: ${cve.id} (${cve.score ?? "no score"})`);
    else if (JSON.stringify(before.affected) !== JSON.stringify(cve.affected)) notes.push(`${cve.id}: other ranges`);
    all.set(cve.id, { ...cve, score: cve.score ?? before?.score ?? null });
  }
  return { value: [...all.values()].sort((a, b) => number(a.id) - number(b.id)), notes };
}

const number = (id: string): number => {
  const [, year = "0", count = "0"] = id.split("-");
  return Number(year) * 10_000_000 + Number(count);
};

function readRecord(text: string): { readonly cve?: Cve; readonly notes: readonly string[] } | string {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return "a record is not JSON";
  }
  if (!isJsonObject(value) || typeof value.id !== "string" || !/^CVE-\d{4}-\d{4,7}$/.test(value.id)) {
    return "a record names no CVE";
  }
  const { id } = value;
  if (typeof value.withdrawn === "string") return { notes: [`${id} was withdrawn, and is left as it is known`] };
  const parts = objects(value.affected);
  const nameOf = (part: JsonObject) => (isJsonObject(part.package) ? String(part.package.name ?? "") : "");
  const own = parts.filter((part) => core.test(nameOf(part)));
  const unknown = parts.map(nameOf).filter((name) => !core.test(name) && !others.test(name));
  const notes = unknown.map(
    (name) => `${id}: ${JSON.stringify(name.slice(0, 60))} is left out, no part of Kubernetes that is known`,
  );
  if (own.length === 0) return { notes };
  const affected: Range[] = [];
  for (const range of own.flatMap((part) => objects(part.ranges))) {
    const ranges = rangesOf(objects(range.events));
    if (typeof ranges === "string") return `${id}: ${ranges}`;
    affected.push(...ranges);
  }
  if (affected.length === 0) return { notes: [...notes, `${id} has no range of versions, and is left out`] };
  const scores = own.flatMap((part) => objects(part.severity)).map((one) => cvss3Score(String(one.score)));
  const known = scores.filter((score) => score !== undefined);
  const unique = [...new Map(affected.map((range) => [JSON.stringify(range), range])).values()].sort(byStart);
  const fixed = [...new Set(unique.flatMap(({ before }) => (before === null ? [] : [before])))];
  return { cve: { id, score: known.length > 0 ? Math.max(...known) : null, affected: unique, fixed }, notes };
}

/** Events in their order: from a start to the next end. */
function rangesOf(events: readonly JsonObject[]): readonly Range[] | string {
  const ranges: Range[] = [];
  let open: string | null | undefined;
  for (const { introduced, fixed, last_affected: last } of events) {
    const [text] = [introduced, fixed, last].filter((one) => typeof one === "string");
    const version = text === "0" ? null : plain(text);
    if (version === undefined) return `${JSON.stringify(text ?? "an event").slice(0, 60)} is no version`;
    if (introduced !== undefined) {
      // a further start without an end before it: everything since the first one is affected
      if (open === undefined) open = version;
    } else if (open !== undefined) {
      const before = last === undefined ? version : next(version);
      // fixed in the very version it came with: nothing was ever affected
      if (before !== open) ranges.push({ from: open, before });
      open = undefined;
    }
  }
  return open === undefined ? ranges : [...ranges, { from: open, before: null }];
}

/** A bound at a prerelease stands as the release itself (standards/README.md). */
function plain(text: string | undefined): string | undefined {
  return /^v?(\d+\.\d+\.\d+)(-[0-9A-Za-z.-]+)?$/.exec(text ?? "")?.[1];
}

function next(version: string | null): string | null {
  const [major, minor, patch] = (version ?? "").split(".").map(Number);
  return version === null ? null : `${major}.${minor}.${(patch ?? 0) + 1}`;
}

function byStart(a: Range, b: Range): number {
  const [one, other] = [parseKubernetesVersion(a.from ?? "0.0.0"), parseKubernetesVersion(b.from ?? "0.0.0")];
  return one && other ? compareVersions(one, other) : 0;
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
