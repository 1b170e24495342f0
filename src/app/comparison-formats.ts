/** A comparison in each of its forms. */
import { comparisonMarkdown } from "../../reporters/comparison/markdown.ts";
import { comparisonText } from "../../reporters/comparison/text.ts";
import type { Comparison } from "../model/comparison.ts";
import { jsonText } from "../model/report-text.ts";
import type { TerminalOptions } from "./exit.ts";
import type { TableFormat } from "./table-formats.ts";

export function comparisonIn(
  format: TableFormat,
  comparison: Comparison,
  { color, width, verbose }: TerminalOptions,
): string {
  switch (format) {
    case "json":
      return jsonText(comparison);
    case "markdown":
      return comparisonMarkdown(comparison);
    case "text":
      return comparisonText(comparison, { color, verbose, ...(width === undefined ? {} : { width }) });
  }
}

/** 1 when something that binds fails and did not before, 2 when it has no answer any more, else 0; whose doing it is makes no difference. */
export function comparisonExitCode({ changes }: Comparison): 0 | 1 | 2 {
  const worse = changes.flatMap(({ trend, before, after }) =>
    trend === "worse" && (after ?? before)?.binding === true ? [after?.verdict ?? "MISS"] : [],
  );
  if (worse.includes("FAIL")) return 1;
  return worse.length > 0 ? 2 : 0;
}
