/** A result in its reduced form: what judging needs, held against the lists of the minor, by name. */

import type { SpecLists } from "../model/conformance/spec-lists.ts";
import type { ConformanceResultsFact } from "../model/facts/inputs.ts";
import { instantAt } from "../model/instant.ts";
import type { Sha256 } from "../model/vocabulary.ts";
import { refused } from "./limits.ts";
import { minorOf } from "./minor.ts";
import type { ResultParts } from "./result-parts.ts";
import { isConformanceSpec, isPolicySpec } from "./spec-name.ts";
import { finishedAt, flakedIn, startedWith } from "./started.ts";
import type { SpecState } from "./suite-run.ts";

interface Tally {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly notExecuted: readonly string[];
}

export function reduced(
  parts: ResultParts,
  lists: readonly SpecLists[],
  source: Sha256,
  target: string,
): ConformanceResultsFact {
  const { specs } = parts.run;
  const told = finishedAt(parts);
  const finished = told ?? (parts.modified === undefined ? undefined : instantAt(parts.modified));
  if (finished === undefined) throw refused(target, "tells nowhere when the suite was run");
  const version = parts.apiServerVersion ?? parts.log?.apiServerVersion;
  const minor = minorOf(specs.keys(), version, lists);
  const list = lists.find((candidate) => candidate.minor === minor);
  const executed = [...specs].filter(([, state]) => state !== "skipped").map(([name]) => name);
  const about = {
    conformance: executed.some(isConformanceSpec),
    networkPolicy: executed.some(isPolicySpec),
  };
  const neither = !about.conformance && !about.networkPolicy;
  const flaked = flakedIn(parts);
  return {
    tool: toolOf(parts),
    source,
    finishedAt: finished,
    ...(told === undefined ? { undated: true } : {}),
    ...(version === undefined ? {} : { kubernetesVersion: version }),
    ...(parts.clusterUid === undefined ? {} : { clusterUid: parts.clusterUid }),
    ...(parts.product === undefined ? {} : { product: parts.product }),
    run: startedWith(parts, executed.length),
    executed: executed.length,
    ...(about.conformance || neither ? { conformance: conformanceOf(specs, minor, list, flaked) } : {}),
    ...(about.networkPolicy ? { networkPolicy: policiesOf(specs, minor, list, flaked) } : {}),
  };
}

function conformanceOf(
  specs: ReadonlyMap<string, SpecState>,
  minor: string | undefined,
  list: SpecLists | undefined,
  flaked: ReadonlySet<string>,
): NonNullable<ConformanceResultsFact["conformance"]> {
  const { passed, failed, notExecuted } = tally(specs, list?.conformance, isConformanceSpec);
  return {
    minor: minor ?? "unknown",
    required: list?.conformance.length ?? 0,
    passed: passed.length,
    failed: [...failed],
    notExecuted: [...notExecuted],
    flaked: [...flaked].filter(isConformanceSpec).sort(),
  };
}

function policiesOf(
  specs: ReadonlyMap<string, SpecState>,
  minor: string | undefined,
  list: SpecLists | undefined,
  flaked: ReadonlySet<string>,
): NonNullable<ConformanceResultsFact["networkPolicy"]> {
  const { passed, failed, notExecuted } = tally(specs, list?.networkPolicy, isPolicySpec);
  return {
    minor: minor ?? "unknown",
    ...(list ? { required: list.networkPolicy.length } : {}),
    passed: [...passed],
    failed: [...failed],
    notExecuted: [...notExecuted],
    flaked: [...flaked].filter(isPolicySpec).sort(),
  };
}

/** The required specs, and a failure of any other spec of the kind as well; without a list, what the result names. */
function tally(
  specs: ReadonlyMap<string, SpecState>,
  list: readonly string[] | undefined,
  isKind: (name: string) => boolean,
): Tally {
  const required = new Set(list ?? [...specs.keys()].filter(isKind));
  const beyond = [...specs].filter(([name, state]) => state === "failed" && isKind(name) && !required.has(name));
  const all = [...required, ...beyond.map(([name]) => name)].sort();
  const inState = (wanted: SpecState) => all.filter((name) => (specs.get(name) ?? "skipped") === wanted);
  return { passed: inState("passed"), failed: inState("failed"), notExecuted: inState("skipped") };
}

function toolOf({ ownImage, sonobuoy, sonobuoyLayout, product, fromJunit, log }: ResultParts): string {
  if (ownImage !== undefined) return `scs-conformance, ${ownImage}`;
  if (sonobuoy !== undefined) return `sonobuoy ${sonobuoy}`;
  if (sonobuoyLayout) return fromJunit ? "sonobuoy" : "sonobuoy (results only)";
  if (product !== undefined) return "CNCF submission";
  return log ? "e2e suite (JUnit and log)" : "e2e suite (JUnit only)";
}
