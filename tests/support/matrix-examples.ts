/** Matrices to show: of two providers with all that can be said, and of names that somebody chose to do harm. */
import type { FoundReport } from "../../src/engine/matrix/matrix-of.ts";
import type { Matrix } from "../../src/model/matrix.ts";
import type { Report } from "../../src/model/report.ts";
import { exampleMatrix, found, reportOn } from "./matrix.ts";

const failing = (report: Report): Report => ({
  ...report,
  testcases: report.testcases.map((one) =>
    one.id === "version-policy-check" ? { ...one, verdict: "FAIL" as const } : one,
  ),
});

export function providersMatrix(): Matrix {
  const unsigned = "signature: there is no report.json.sig beside the report";
  const reports: readonly FoundReport[] = [
    found(reportOn("acme-1.36", "1.36", "2026-08-20")),
    found(reportOn("acme-1.36", "1.36", "2026-11-24")),
    found(reportOn("acme-1.37-gpu", "1.37")),
    found(reportOn("nordcloud-1.35", "1.35")),
    found(failing(reportOn("nordcloud-1.36", "1.36", "2026-11-24"))),
    found(reportOn("nordcloud-1.37", "1.37", "2026-11-02")),
    found(reportOn("nordcloud-1.37", "1.37", "2026-11-24"), { refused: unsigned, signedBy: undefined }),
    found({ ...reportOn("nordcloud-1.37", "1.37"), hypothetical: true, asOf: "2027-05-01T00:00:00Z" }),
  ];
  return exampleMatrix(reports);
}

const evil =
  '<script>alert(1)</script>"><img src=x onerror=alert(2)> [x](javascript:alert(3)) @everyone \u001b[31m\u202e\n::error::x ##[group]';

export function hostileMatrix(sound: number, unsound: number): Matrix {
  const many = Array.from({ length: sound }, (_, index) => found(reportOn(`${evil} ${index}-1.36`, "1.36")));
  const refused = Array.from({ length: unsound }, (_, index) =>
    found(reportOn(`${evil} ${index}-1.37`, "1.37"), { refused: `signature: ${evil}`, place: `${evil}/${index}` }),
  );
  return exampleMatrix([...many, ...refused], { name: evil });
}
