/** A matrix of example reports, judged by the rules of the catalogue: every part can be replaced. */
import { embeddedScope, parseScope } from "../../src/catalogue/scope.ts";
import { loadCatalogue } from "../../src/catalogue/standards.ts";
import { type FoundReport, matrixOf } from "../../src/engine/matrix/matrix-of.ts";
import { sha256 } from "../../src/model/digest.ts";
import type { Matrix, MatrixInputs } from "../../src/model/matrix.ts";
import type { Report } from "../../src/model/report.ts";
import { conformantReport } from "./reports/conformant.ts";
import { digestOfReport } from "./reports.ts";

export const matrixDay = "2026-11-25T08:00:00Z";

/** Branches as upstream had them then. */
export const branches = [
  { minor: "1.34", released: "2025-08-27", endOfLifePlanned: "2026-10-27" },
  { minor: "1.35", released: "2025-12-17", endOfLifePlanned: "2027-02-28" },
  { minor: "1.36", released: "2026-04-22", endOfLifePlanned: "2027-06-28" },
  { minor: "1.37", released: "2026-08-26", endOfLifePlanned: "2027-10-28" },
  { minor: "1.38", released: "2026-12-16", endOfLifePlanned: "2028-02-28" },
];

/** A conformant run on a cluster of that branch, seen on the day at 10:00:42. */
export function reportOn(subject: string, branch: string, day = "2026-11-23", more: Partial<Report> = {}): Report {
  const checkedAt = `${day}T10:00:42Z`;
  const report = conformantReport({ subject, checkedAt, asOf: checkedAt });
  return {
    ...report,
    cluster: { ...report.cluster, version: `v${branch}.2` },
    testcases: report.testcases.map((testcase) =>
      testcase.id === "version-policy-check" ? { ...testcase, observedAt: checkedAt } : testcase,
    ),
    ...more,
  };
}

export function found(report: Report, over: Partial<FoundReport> = {}): FoundReport {
  const digest = digestOfReport(report);
  const place = `reports/${report.subject}/${report.checkedAt.slice(0, 10)}-${digest.slice(0, 8)}`;
  return { place, sha256: digest, report, signedBy: report.gatheredBy, refused: undefined, ...over };
}

export interface MatrixWorld {
  readonly asOf?: string;
  readonly inputs?: Partial<MatrixInputs>;
  readonly name?: string;
}

export function exampleMatrix(
  reports: readonly FoundReport[],
  { asOf = matrixDay, inputs, name = "SCS" }: MatrixWorld = {},
): Matrix {
  const { id, text } = embeddedScope("scs-compatible-kaas");
  return matrixOf({
    name,
    found: reports,
    asOf,
    scope: parseScope({ id, text, file: id }),
    // goldens must not change with a word of a standard
    catalogue: { ...loadCatalogue(), sha256: sha256("standards") },
    inputs: {
      scope: { id, text, sha256: sha256(text) },
      complete: false,
      allowedSigners: "* ssh-ed25519 AAAA\n",
      releases: { date: "2026-11-20", minors: branches },
      ...inputs,
    },
    data: { date: "2026-11-20", sha256: sha256("data") },
    tool: { name: "scs-conformance", version: "0.1.0", sha256: sha256("tool") },
  });
}
