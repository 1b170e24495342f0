/** Judging again: does the evidence give this very report? */

import type { OpenedEvidence } from "../evidence/open.ts";
import type { Report } from "../model/report.ts";
import { reportText } from "../model/report-text.ts";
import { judgeEvidence } from "./judge-evidence.ts";
import { tool } from "./tool.ts";

export type Recomputation =
  /** The same bytes. */
  | { readonly kind: "identical" }
  /** Same tool and standards, other bytes: the report is not what the evidence gives. */
  | { readonly kind: "different"; readonly differences: readonly string[] }
  /** Another tool or other standards judged; what came out is compared outcome by outcome. */
  | { readonly kind: "other-version"; readonly by: string; readonly differences: readonly string[] };

export function recompute(text: string, report: Report, evidence: OpenedEvidence): Recomputation {
  const sameTool = report.tool.sha256 === tool.sha256;
  // two builds of the same judging sources may differ in name and version only
  const again = judgeEvidence(evidence, report.asOf, sameTool ? report.tool : tool);
  const found = differences(report, again);
  if (!sameTool || report.standards.sha256 !== again.standards.sha256) {
    const { name, version, sha256 } = report.tool;
    const by = `${name} ${version} (tool ${sha256.slice(0, 12)}, standards ${report.standards.sha256.slice(0, 12)})`;
    return { kind: "other-version", by, differences: found };
  }
  if (reportText(again) === text) return { kind: "identical" };
  return { kind: "different", differences: found.length > 0 ? found : ["bytes outside the outcomes"] };
}

/** Outcomes and verdicts that differ, one line each. */
function differences(old: Report, fresh: Report): readonly string[] {
  const lines: string[] = [];
  const compare = (what: string, a: string | undefined, b: string | undefined): void => {
    if (a !== b) lines.push(`${what}: ${a ?? "absent"} in the report, ${b ?? "absent"} recomputed`);
  };
  compare("verdict", old.verdict, fresh.verdict);
  compare("testcase verdict", old.testcaseVerdict, fresh.testcaseVerdict);
  const oldTestcases = new Map(old.testcases.map((testcase) => [testcase.id, testcase.verdict]));
  const freshTestcases = new Map(fresh.testcases.map((testcase) => [testcase.id, testcase.verdict]));
  for (const id of new Set([...oldTestcases.keys(), ...freshTestcases.keys()])) {
    compare(`testcase ${id}`, oldTestcases.get(id), freshTestcases.get(id));
  }
  const outcomes = (report: Report) => new Map(report.results.map((result) => [result.requirement, result.outcome]));
  const [before, after] = [outcomes(old), outcomes(fresh)];
  for (const id of new Set([...before.keys(), ...after.keys()])) compare(id, before.get(id), after.get(id));
  return lines;
}
