/** A report in the few words of an expected.yaml: every verdict, every outcome, and why it is open or failed. */
import { exitCodeOf } from "../../../src/engine/exit-code.ts";
import type { Report, Result } from "../../../src/model/report.ts";

export interface Expected {
  readonly verdict: Report["verdict"];
  readonly testcaseVerdict: Report["testcaseVerdict"];
  readonly exit: number;
  readonly testcases: { readonly [id: string]: string };
  readonly attestations: Report["attestations"];
  /** `pass`, `fail: codes of the findings`, `undetermined: fact reason, ...`, by requirement. */
  readonly requirements: { readonly [id: string]: string };
}

export function expectedOf(report: Report): Expected {
  return {
    verdict: report.verdict,
    testcaseVerdict: report.testcaseVerdict,
    exit: exitCodeOf(report, { gate: "binding", strict: false }),
    testcases: Object.fromEntries(report.testcases.map(({ id, verdict }) => [id, verdict])),
    attestations: report.attestations,
    requirements: Object.fromEntries(report.results.map((result) => [result.requirement, outcomeText(result)])),
  };
}

function outcomeText({ outcome, defect, findings, missing, because }: Result): string {
  if (defect === true) return `defect: ${because}`;
  const reasons =
    outcome === "fail" ? findings.map(({ code }) => code) : missing.map(({ fact, reason }) => `${fact} ${reason}`);
  const distinct = [...new Set(reasons)].join(", ");
  return distinct === "" ? outcome : `${outcome}: ${distinct}`;
}
