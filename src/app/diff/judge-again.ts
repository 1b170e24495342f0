/** Judges two runs, and every mixture of them, by this version. */

import type { Catalogue } from "../../model/catalogue.ts";
import type { Cause } from "../../model/comparison.ts";
import { UsageError } from "../../model/faults.ts";
import type { Report } from "../../model/report.ts";
import { judgeEvidence } from "../judge-evidence.ts";
import type { JudgedAgain } from "./causes.ts";
import type { Run } from "./differences.ts";
import { differingParts, mixed, type Side } from "./mixed-evidence.ts";
import { type Results, resultsOf } from "./standings.ts";

/** This version: what judges, and by which standards. */
export interface Version {
  readonly tool: Report["tool"];
  readonly standards: Catalogue["sha256"];
}

/** Or one sentence that says why they cannot be judged again. Mixtures are judged when they are asked for, each once. */
export function judgedAgain(before: Run, after: Run, version: Version): JudgedAgain | string {
  const [a, b] = [sideOf(before), sideOf(after)];
  if (!a || !b) {
    const which = a ? "the later run" : b ? "the earlier run" : "either run";
    return `the evidence of ${which} is not at hand, so nothing could be judged again`;
  }
  const made = new Map<string, Results | undefined>();
  const parts = differingParts(a, b);
  return {
    parts,
    versions: versionCauses([before.report, after.report], version),
    judged(taken) {
      const key = parts.filter((part) => taken.has(part)).join(" ");
      if (!made.has(key)) made.set(key, judge(taken.size === parts.length ? b : mixed(a, b, taken)));
      return made.get(key);
    },
  };
}

function sideOf({ report, evidence }: Run): Side | undefined {
  return evidence && { evidence, asOf: report.asOf };
}

function versionCauses(reports: readonly Report[], { tool, standards }: Version): readonly Cause[] {
  const other = (differs: (report: Report) => boolean) => reports.some(differs);
  return [
    ...(other((report) => report.tool.sha256 !== tool.sha256) ? (["tool"] as const) : []),
    ...(other((report) => report.standards.sha256 !== standards) ? (["rule"] as const) : []),
  ];
}

/** Undefined when the parts do not go together: a selection that names nothing of the other scope. */
function judge({ evidence, asOf }: Side): Results | undefined {
  try {
    // the digest only makes the id, which nobody sees
    return resultsOf(judgeEvidence({ evidence, sha256: evidence.facts.sha256 }, asOf));
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
