/** A comparison as a terminal shows it. */
import type { Change, ComparedReport, Comparison } from "../../src/model/comparison.ts";
import { entry, heading, marked, type Pen, type PenOptions, penFor, prose } from "../terminal/pen.ts";
import { plainValue } from "../text/neutralise.ts";
import { timeOf, verdictMark } from "../words.ts";
import { causeText, detailLines, endText, standingMark, standingText, trends } from "./words.ts";

export function comparisonText(comparison: Comparison, options: PenOptions): string {
  const pen = penFor(options);
  const safe = plainValue(comparison);
  const { before, after, differences, changes } = safe;
  const lines = [
    ...side(pen, "before", before),
    ...side(pen, "after ", after),
    ...differences.flatMap(({ cause, what }) => entry(pen, 2, `${cause}:`, what, pen.dim)),
    ...trends.flatMap(([trend, title]) => {
      const own = changes.filter((change) => change.trend === trend);
      return own.length === 0 ? [] : [...heading(pen, title), ...own.flatMap((change) => changeLines(pen, change))];
    }),
    "",
    ...prose(pen, 0, endText(safe)),
  ];
  return `${lines.join("\n")}\n`;
}

function side(pen: Pen, label: string, { subject, verdict, checkedAt, asOf }: ComparedReport): readonly string[] {
  const { symbol, word, tone } = verdictMark(verdict);
  const as = asOf === checkedAt ? "" : `, judged as of ${timeOf(asOf)}`;
  return entry(pen, 0, `${label} ${symbol} ${word}`, `${subject}, seen ${timeOf(checkedAt)}${as}`, pen.paint(tone));
}

function changeLines(pen: Pen, change: Change): readonly string[] {
  const { requirement, before, after } = change;
  const because = after?.because ?? "";
  return [
    ...marked(pen, 2, standingMark(after), `${requirement}, was ${standingText(before)}: ${causeText(change)}`),
    ...(because === "" ? [] : prose(pen, 6, because)),
    ...detailLines(change).flatMap((line) => prose(pen, 6, line)),
  ];
}
