/** An outlook as a terminal shows it. */
import type { Outlook } from "../../src/model/outlook.ts";
import { entry, type Pen, type PenOptions, penFor, prose } from "../terminal/pen.ts";
import { plainValue } from "../text/neutralise.ts";
import { timeOf, verdictMark } from "../words.ts";
import { concernText, endText, rowsOf, type TurnRow, turnMark, whyText } from "./words.ts";

export function outlookText(outlook: Outlook, options: PenOptions): string {
  const pen = penFor(options);
  const safe = plainValue(outlook);
  const { symbol, word, tone } = verdictMark(safe.verdict);
  const rows = rowsOf(safe, pen.verbose);
  const lines = [
    ...entry(pen, 0, `${symbol} ${word}`, `${safe.subject}, seen ${timeOf(safe.checkedAt)}`, pen.paint(tone)),
    "",
    ...rows.flatMap((row) => rowLines(pen, row)),
    ...(rows.length === 0 ? [] : [""]),
    ...prose(pen, 0, endText(safe)),
  ];
  return `${lines.join("\n")}\n`;
}

function rowLines(pen: Pen, row: TurnRow): readonly string[] {
  const { symbol, tone } = turnMark(row);
  const what = `${row.kind} ${row.names.join(", ")}: ${row.from}, then ${row.to}`;
  return [
    ...entry(pen, 0, `${symbol} ${row.on}`, what, pen.paint(tone), 13),
    ...[whyText(row), concernText(row)].filter((text) => text !== "").flatMap((text) => prose(pen, 15, text)),
  ];
}
