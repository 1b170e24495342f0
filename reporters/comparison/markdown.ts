/** A comparison as a comment or a job summary. */
import type { Change, ComparedReport, Comparison } from "../../src/model/comparison.ts";
import { fitted, markdownCode, markdownProse, markdownText } from "../text/markdown.ts";
import { plainValue } from "../text/neutralise.ts";
import { timeOf, verdictMark } from "../words.ts";
import { causeText, detailLines, endText, standingMark, standingText, trends } from "./words.ts";

/** Below what a GitHub comment takes. */
const limit = 65_000;

export function comparisonMarkdown(comparison: Comparison): string {
  const safe = plainValue(comparison);
  const body = [
    head(safe),
    ...trends.map(([trend, title]) =>
      part(
        title,
        safe.changes.filter((one) => one.trend === trend),
      ),
    ),
  ];
  return fitted(body.filter((text) => text !== "").join("\n\n"), `\n\n${markdownText(endText(safe))}\n`, limit);
}

function head({ before, after, differences }: Comparison): string {
  return [
    "## What changed",
    "",
    `- Before: ${side(before)}`,
    `- After: ${side(after)}`,
    ...differences.map(({ cause, what }) => `- ${cause}: ${markdownText(what)}`),
  ].join("\n");
}

function side({ subject, verdict, checkedAt, asOf }: ComparedReport): string {
  const { symbol, word } = verdictMark(verdict);
  const as = asOf === checkedAt ? "" : `, judged as of ${timeOf(asOf)}`;
  return markdownText(`${symbol} ${word} ${subject}, seen ${timeOf(checkedAt)}${as}`);
}

function part(title: string, changes: readonly Change[]): string {
  if (changes.length === 0) return "";
  const rows = changes.map((change) => {
    const { symbol, word } = standingMark(change.after);
    const why = [change.after?.because ?? "", ...detailLines(change)].filter((text) => text !== "");
    return [
      `${symbol} ${word}`,
      markdownCode(change.requirement),
      markdownText(standingText(change.before)),
      markdownText(causeText(change)),
      why.map(markdownProse).join("<br>"),
    ];
  });
  const lines = [["now", "requirement", "was", "whose doing", "because"], ["---", "---", "---", "---", "---"], ...rows];
  return [`### ${title}`, "", ...lines.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}
