/** An outlook as a comment or a job summary. */
import type { Outlook } from "../../src/model/outlook.ts";
import { fitted, markdownCode, markdownProse, markdownText } from "../text/markdown.ts";
import { plainValue } from "../text/neutralise.ts";
import { timeOf, verdictMark } from "../words.ts";
import { concernText, endText, rowsOf, type TurnRow, turnMark, whyText } from "./words.ts";

/** Below what a GitHub comment takes. */
const limit = 65_000;

export function outlookMarkdown(outlook: Outlook): string {
  const safe = plainValue(outlook);
  const { symbol, word } = verdictMark(safe.verdict);
  const head = `## Outlook: ${symbol} ${word} ${markdownText(`${safe.subject}, seen ${timeOf(safe.checkedAt)}`)}`;
  const rows = rowsOf(safe).map(cells);
  const table = [["day", "what", "was", "then", "because"], ["---", "---", "---", "---", "---"], ...rows];
  const body = rows.length === 0 ? head : [head, "", ...table.map((one) => `| ${one.join(" | ")} |`)].join("\n");
  return fitted(body, `\n\n${markdownText(endText(safe))}\n`, limit);
}

function cells(row: TurnRow): readonly string[] {
  const why = [whyText(row), concernText(row)].filter((text) => text !== "").map(markdownProse);
  return [
    row.on,
    `${row.kind} ${row.names.map(markdownCode).join(", ")}`,
    markdownText(row.from),
    markdownText(`${turnMark(row).symbol} ${row.to}`),
    why.join("<br>"),
  ];
}
