/** report.json: the sealed form, from which all others are made. */
import { reportText } from "../src/model/report-text.ts";
import type { Reporter } from "./reporter.ts";

export const json: Reporter = {
  file: "report.json",
  mediaType: "application/json",
  title: "the sealed result, for machines and for checking again",
  render: (report) => reportText(report),
};
