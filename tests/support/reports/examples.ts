/** A report of each kind that a form has to be able to show. */
import type { Report } from "../../../src/model/report.ts";
import { reportOf } from "../reports.ts";
import { conformantReport } from "./conformant.ts";
import { failingReport } from "./failing.ts";
import { hostileReport } from "./hostile.ts";
import { noRightsReport } from "./no-rights.ts";

export const exampleReports: readonly (readonly [string, Report])[] = [
  ["conformant", conformantReport()],
  ["failing", failingReport()],
  ["without rights", noRightsReport()],
  ["hostile", hostileReport()],
  ["empty", reportOf([])],
];
