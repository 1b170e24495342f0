/** A report in the order people read it: what to mind first, what counts, what is attested, what is advice, what is open. */
import { canonicalJson } from "../src/model/canonical-json.ts";
import type { Finding, Subject } from "../src/model/finding.ts";
import type { Report, Result } from "../src/model/report.ts";
import { leftText } from "./traces.ts";
import { counted, timeOf } from "./words.ts";

/** What must be known before a verdict is believed, one sentence each. */
export function caveats(report: Report): readonly string[] {
  const { only, skip } = report.selection;
  const { reduced, redacted } = report.evidence;
  const broken = defects(report).length;
  const left = leftText(report);
  const contradicted = report.results.filter((result) => result.declaration?.contradicted === true);
  const chosen = [only.length > 0 && `only ${only.join(", ")}`, skip.length > 0 && `without ${skip.join(", ")}`];
  return [
    report.recorded === true &&
      "RECORDED: the facts were replayed from a recording. This says nothing about a live cluster.",
    report.hypothetical &&
      `HYPOTHETICAL: judged as of ${timeOf(report.asOf)}, seen at ${timeOf(report.checkedAt)}. It cannot be handed in.`,
    redacted !== undefined &&
      `REDACTED: ${counted(redacted.names, "name")} of machines stand as commitments; equal ones are equal, and the owner can open each.`,
    reduced !== undefined &&
      `REDUCED: judged from a part of the evidence sha256:${reduced.evidence.slice(0, 12)} for review; ${counted(reduced.leftOut, "fact")} left out, and what rests on them not looked at.`,
    report.partial &&
      `PARTIAL: not all was selected (${chosen.filter((part) => part !== false).join("; ") || "what binds was left out of the evidence"}).`,
    contradicted.length > 0 &&
      `CONTRADICTED: what the provider declared of ${contradicted.map((result) => result.requirement).join(", ")} is not what was measured.`,
    left !== undefined && left,
    broken > 0 &&
      `DEFECT: ${counted(broken, "check")} of this tool broke. That is not the cluster's fault; please report it.`,
  ].filter((line) => line !== false);
}

const severity: readonly Result["outcome"][] = ["fail", "undetermined", "not-run", "pass", "not-applicable"];

/** What speaks against first, then what is open, then what speaks for; else in the order of the report. */
function bySeverity(results: readonly Result[]): readonly Result[] {
  return [...results].sort((a, b) => severity.indexOf(a.outcome) - severity.indexOf(b.outcome));
}

export interface TestedGroup {
  readonly testcase: Report["testcases"][number];
  readonly results: readonly Result[];
}

/** The testcases that decide, each with the results of its requirements. */
export function tested(report: Report): readonly TestedGroup[] {
  return report.testcases.map((testcase) => ({
    testcase,
    results: bySeverity(report.results.filter((result) => testcase.requirements.includes(result.requirement))),
  }));
}

/** Binding statements that no testcase counts. */
export function attested(report: Report): readonly Result[] {
  return bySeverity(report.results.filter((result) => result.binding && result.bindingKind !== "tested"));
}

/** Tested requirements that no listed testcase names: none in a sound report, but never to be lost from view. */
export function unlisted(report: Report): readonly Result[] {
  const named = new Set(report.testcases.flatMap((testcase) => testcase.requirements));
  return report.results.filter((result) => result.bindingKind === "tested" && !named.has(result.requirement));
}

export interface StandardGroup {
  readonly standard: string;
  readonly status: Result["status"];
  readonly results: readonly Result[];
}

/** Everything that changes no verdict, by standard. */
export function advisory(report: Report): readonly StandardGroup[] {
  return byStandard(report.results.filter((result) => !result.binding));
}

export function byStandard(results: readonly Result[]): readonly StandardGroup[] {
  const standards = [...new Set(results.map((result) => result.standard))].sort();
  return standards.map((standard) => {
    const own = bySeverity(results.filter((result) => result.standard === standard));
    return { standard, status: own[0]?.status ?? "draft", results: own };
  });
}

export interface OpenGroup {
  /** Completes "n need ...". */
  readonly resolve: string;
  readonly requirements: readonly string[];
  /** How many of them bind. */
  readonly binding: number;
}

export const isOpen = (result: Result): boolean => result.outcome === "undetermined" || result.outcome === "not-run";

/** What has no answer yet, by what would give one; most first. A requirement that needs two things stands under both. */
export function openBy(report: Report): readonly OpenGroup[] {
  const groups = new Map<string, Result[]>();
  for (const result of report.results.filter(isOpen)) {
    for (const resolve of new Set(result.missing.map((one) => one.resolve))) {
      groups.set(resolve, [...(groups.get(resolve) ?? []), result]);
    }
  }
  return [...groups]
    .map(([resolve, results]) => ({
      resolve,
      requirements: results.map((result) => result.requirement),
      binding: results.filter((result) => result.binding).length,
    }))
    .sort((a, b) => b.requirements.length - a.requirements.length || (a.resolve < b.resolve ? -1 : 1));
}

/** Findings that say the same of several things of one kind, put together: whoever mends one mends them all. */
export interface FindingGroup {
  readonly finding: Finding;
  readonly subjects: readonly Subject[];
}

export function grouped(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, { finding: Finding; subjects: Subject[] }>();
  for (const finding of findings) {
    const { subject, ...rest } = finding;
    const key = canonicalJson([rest, subject.kind]);
    const group = groups.get(key);
    if (group) group.subjects.push(subject);
    else groups.set(key, { finding, subjects: [subject] });
  }
  return [...groups.values()];
}

/** Results whose check broke: our fault. */
export function defects(report: Report): readonly Result[] {
  return report.results.filter((result) => result.defect === true);
}
