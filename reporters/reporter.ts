/** What every report format is: a pure function from a report to text. */
import type { Evidence } from "../src/model/evidence.ts";
import type { Report } from "../src/model/report.ts";
import type { Sha256 } from "../src/model/vocabulary.ts";

/** What a format may use beside the report. Nothing else comes in: no clock, no locale, no machine. */
export interface ReporterContext {
  /** SHA-256 of the bytes of report.json, so that a print or a comment can be matched to the signed file. */
  readonly reportSha256: Sha256;
  /** Whether the reader's terminal shows colours; default no. Words and symbols carry the meaning either way. */
  readonly color?: boolean;
  /** Columns of the reader's terminal; default 100. */
  readonly width?: number;
  /** Whether finished requirements get a line of their own in the terminal; default no. */
  readonly verbose?: boolean;
  /** The evidence the report was judged from, for excerpts beside findings. */
  readonly evidence?: Evidence;
  /** Path in a repository that SARIF results are shown at; default `scs-conformance.yaml`. */
  readonly sarifLocation?: string;
  /** Fingerprint of the key that signed report.json, as the caller knows it; absent: not signed, or not known. */
  readonly signedBy?: string;
}

export interface Reporter {
  /** Name of the file in a run's folder. */
  readonly file: string;
  readonly mediaType: string;
  /** What it is for, a noun phrase. */
  readonly title: string;
  /** Why this report cannot take this form, one clause; undefined when it can. `render` then throws UsageError. */
  readonly refuses?: (report: Report) => string | undefined;
  /** The whole file, ending with a newline. */
  readonly render: (report: Report, context: ReporterContext) => string;
}
