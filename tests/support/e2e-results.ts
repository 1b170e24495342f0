/** Results of the upstream e2e suite made to measure: JUnit text, tarballs, and bytes in a file. */
import { cpSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";
import { loadSpecLists } from "../../src/catalogue/conformance-specs.ts";
import { importResults } from "../../src/importers/import-file.ts";
import type { ConformanceResultsFact, NodeConfigurationFact } from "../../src/model/facts/inputs.ts";
import { scratchFolder } from "./scratch.ts";

export const fixtures = path.resolve(import.meta.dirname, "../../fixtures/imports");

/**
 * A copy of a result folder whose files were written at that time. A result that tells no time itself counts from when its
 * files were written, and in a checkout that is the time of the checkout.
 */
export function copyWrittenAt(folder: string, at: string): string {
  const copy = path.join(scratchFolder(), path.basename(folder));
  cpSync(path.join(fixtures, folder), copy, { recursive: true });
  for (const name of readdirSync(copy, { recursive: true, encoding: "utf8" }))
    utimesSync(path.join(copy, name), new Date(at), new Date(at));
  return copy;
}

const lists = loadSpecLists();

/** Names of a minor's specs. */
export function specsOf(minor: string, kind: "conformance" | "networkPolicy" = "conformance"): readonly string[] {
  return lists.find((list) => list.minor === minor)?.[kind] ?? [];
}

export interface Run {
  readonly passed?: readonly string[];
  readonly failed?: readonly string[];
  readonly skipped?: readonly string[];
  readonly properties?: { readonly [name: string]: string };
  /** Seconds each executed spec takes. */
  readonly seconds?: number;
  /** When the suite began, as ginkgo writes it. */
  readonly timestamp?: string;
}

/** A JUnit file as ginkgo 2 writes it: serial, begun 2026-11-20 10:00, one hour long. */
export function junit({
  passed = [],
  failed = [],
  skipped = [],
  properties = {},
  seconds = 2,
  timestamp,
}: Run): string {
  const all = {
    DryRun: "false",
    FlakeAttempts: "0",
    ParallelTotal: "1",
    FocusStrings: "\\[Conformance\\]",
    ...properties,
  };
  const time = timestamp ?? "2026-11-20T10:00:00";
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites tests="1" disabled="0" errors="0" failures="0" time="3600.5">',
    `<testsuite name="Kubernetes e2e suite" tests="1" time="3600.5" timestamp="${time}"><properties>`,
    ...Object.entries(all).map(([name, value]) => `<property name="${name}" value="${escaped(value)}"></property>`),
    "</properties>",
    '<testcase name="[SynchronizedBeforeSuite]" classname="Kubernetes e2e suite" status="passed" time="0.1"></testcase>',
    ...passed.map((name) => testcase(name, "passed", seconds, "")),
    ...failed.map((name) => testcase(name, "failed", seconds, '<failure message="no" type="failed">why</failure>')),
    ...skipped.map((name) => testcase(name, "skipped", 0, '<skipped message="skipped"></skipped>')),
    "</testsuite></testsuites>",
    "",
  ].join("\n");
}

function testcase(name: string, status: string, time: number, inside: string): string {
  return `<testcase name="[It] ${escaped(name)}" classname="x" status="${status}" time="${time}">${inside}</testcase>`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&#34;").replaceAll("'", "&#39;");

export interface TarEntry extends Partial<Header> {
  readonly name: string;
  readonly content?: string | Uint8Array;
}

/** A packed tar archive; `gzip` false leaves it as it is. */
export async function tarball(entries: readonly TarEntry[], gzip = true): Promise<Uint8Array> {
  const archive = pack();
  for (const { content = "", ...header } of entries) {
    archive.entry({ mtime: new Date("2026-11-20T11:00:01Z"), ...header }, Buffer.from(content));
  }
  archive.finalize();
  const parts: Uint8Array[] = [];
  for await (const part of archive) parts.push(part as unknown as Uint8Array);
  const bytes = Buffer.concat(parts);
  return gzip ? gzipSync(bytes) : bytes;
}

/** A Sonobuoy tarball around a JUnit file, of the cluster that its files name. */
export function sonobuoyTarball(
  content: string,
  version = "v1.36.3",
  uid = "uid-of-this-cluster",
  more: readonly TarEntry[] = [],
): Promise<Uint8Array> {
  const namespaces = { items: [{ metadata: { name: "kube-system", uid } }] };
  return tarball([
    { name: "meta/config.json", content: JSON.stringify({ Version: "v0.57.3" }) },
    { name: "podlogs/kube-system/x/logs/y.txt", content: "kube-apiserver version: v9.9.9\n" },
    { name: "plugins/e2e/results/global/junit_01.xml", content },
    { name: "serverversion.json", content: JSON.stringify({ major: "1", minor: "36", gitVersion: version }) },
    { name: "resources/cluster/core_v1_namespaces.json", content: JSON.stringify(namespaces) },
    ...more,
  ]);
}

/** The bytes as a file in a scratch folder. */
export function written(name: string, bytes: string | Uint8Array): string {
  const file = path.join(scratchFolder(), name);
  writeFileSync(file, bytes);
  return file;
}

export async function imported(file: string): Promise<ConformanceResultsFact> {
  return (await importResults(file, lists)).results;
}

/** Configurations of kubelets in a result. */
export async function importedNodes(file: string): Promise<NodeConfigurationFact | undefined> {
  return (await importResults(file, lists)).nodes;
}
