/** How outcomes and verdicts are shown: always a word and a symbol; a tone is only ever added to them. */
import { dateOf } from "../src/model/instant.ts";
import type { Report, Result } from "../src/model/report.ts";
import type { Outcome, Verdict } from "../src/model/vocabulary.ts";

/** Worst first. `good` is the only tone that may be shown in green; `open` is for what nobody knows yet. */
export const tones = ["bad", "advice", "open", "good", "quiet"] as const;
export type Tone = (typeof tones)[number];

export interface Mark {
  readonly symbol: string;
  readonly word: string;
  readonly tone: Tone;
}

const outcomes: { readonly [O in Outcome]: Mark } = {
  pass: { symbol: "✓", word: "pass", tone: "good" },
  fail: { symbol: "✗", word: "fail", tone: "bad" },
  undetermined: { symbol: "?", word: "undetermined", tone: "open" },
  "not-run": { symbol: "○", word: "not run", tone: "open" },
  "not-applicable": { symbol: "–", word: "not applicable", tone: "quiet" },
};

const notMet: Mark = { symbol: "!", word: "not met", tone: "advice" };

/** Mark of a result. What does not bind cannot fail: it is advice that is not met. */
export function markOf(result: Pick<Result, "outcome" | "binding">): Mark {
  return result.outcome === "fail" && !result.binding ? notMet : outcomes[result.outcome];
}

const verdicts: { readonly [V in Verdict]: Mark & { readonly sentence: (scope: string) => string } } = {
  PASS: { symbol: "✓", word: "PASS", tone: "good", sentence: (scope) => `conformant with ${scope}` },
  FAIL: { symbol: "✗", word: "FAIL", tone: "bad", sentence: (scope) => `not conformant with ${scope}` },
  DNF: {
    symbol: "?",
    word: "DNF",
    tone: "open",
    sentence: (scope) => `undecided: part of what counts for ${scope} could not be seen`,
  },
  MISS: {
    symbol: "○",
    word: "MISS",
    tone: "open",
    sentence: (scope) => `undecided: part of what counts for ${scope} was not attempted`,
  },
};

export function verdictMark(verdict: Verdict): Mark {
  return verdicts[verdict];
}

/** `conformant with SCS-compatible KaaS v1`. */
export function verdictSentence(report: Report): string {
  return verdicts[report.verdict].sentence(`${report.scope.name} ${report.scope.version}`);
}

/** `Kubernetes v1.34.2, cluster-api, 6 nodes`, and what of it is not visible. */
export function clusterText({ version, platform, nodes }: Report["cluster"]): string {
  return [
    version === null ? "Kubernetes version not visible" : `Kubernetes ${version}`,
    platform === "unknown" ? "platform unknown" : platform,
    nodes === null ? "nodes not visible" : counted(nodes, "node"),
  ].join(", ");
}

/** `2026-11-23 10:00:42 UTC`. */
export function timeOf(instant: string): string {
  return instant.replace("T", " ").replace(/Z$/, " UTC");
}

/** `1 node`, `2 nodes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** When a testcase's evidence was seen. */
export function seen(testcase: Report["testcases"][number]): string {
  return testcase.attempted ? timeOf(testcase.observedAt) : "not attempted";
}

/** `, counts until 2026-12-07`, the day on which a testcase's result counts no longer; nothing where there is no result. */
export function countsUntil({ attempted, expiresAt }: Report["testcases"][number]): string {
  return attempted && expiresAt !== undefined ? `, counts until ${dateOf(expiresAt)}` : "";
}

/** A phrase as a sentence begins; names that are written small stay so. */
export function capitalised(text: string): string {
  return /^(?!etcd\b|kube)[a-z]+\b(?![/.:])/.test(text) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
}

/** On whose word a result rests, where that is not our own eyes; nothing for what has no answer yet. */
export function basisText({ basis, outcome, declaration }: Pick<Result, "basis" | "outcome" | "declaration">): string {
  if (basis === "observed" || outcome === "undetermined" || outcome === "not-run") return "";
  if (basis !== "declared") return basis;
  return declaration?.reviewed === true ? "declared, counter-signed" : "declared, not reviewed";
}

/** With a full stop, if it has no end of its own. */
export function ended(text: string): string {
  return /[.?!…]$/.test(text) ? text : `${text}.`;
}
