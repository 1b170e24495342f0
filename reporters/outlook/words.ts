/** What an outlook says, in words that text and Markdown share. */
import type { Assumption, Outlook, Turn } from "../../src/model/outlook.ts";
import { counted, type Mark } from "../words.ts";

const assumptionText: { readonly [A in Assumption]: string } = {
  "as-it-is": "unless looked at again",
  "looked-again": "even if looked at again, unless with newer release data",
  "data-renewed": "",
};

/** Turns of one day that are alike but for what they happen to. */
export interface TurnRow extends Omit<Turn, "name"> {
  readonly names: readonly string[];
}

/** Without answers that only change their reason for being open, unless all are asked for. */
export function rowsOf({ turns }: Outlook, all = false): readonly TurnRow[] {
  const rows = new Map<string, TurnRow>();
  for (const { name, ...turn } of turns) {
    if (!all && turn.kind === "requirement" && turn.trend === "other") continue;
    const key = JSON.stringify([turn.on, turn.kind, turn.from, turn.to, turn.assuming, turn.because]);
    const row = rows.get(key);
    const requirements = [...new Set([...(row?.requirements ?? []), ...turn.requirements])];
    rows.set(key, { ...turn, requirements, names: [...(row?.names ?? []), name] });
  }
  return [...rows.values()];
}

export function turnMark({ to, trend }: Pick<Turn, "to" | "trend">): Mark {
  if (/^fail, advisory/.test(to)) return { symbol: "!", word: to, tone: "advice" };
  if (/^fail/i.test(to)) return { symbol: "✗", word: to, tone: "bad" };
  if (trend === "better") return { symbol: "✓", word: to, tone: "good" };
  return trend === "worse" ? { symbol: "○", word: to, tone: "open" } : { symbol: "·", word: to, tone: "quiet" };
}

/** Why, and what resolves it. */
export function whyText({ because, resolve, assuming }: TurnRow): string {
  return [because, ...(resolve.length > 0 ? [`needs ${resolve.join(", ")}`] : []), assumptionText[assuming]]
    .filter((text) => text !== "")
    .join("; ");
}

/** Requirements that a turn concerns and that are not what turns. */
export function concernText({ kind, requirements }: TurnRow): string {
  return kind === "requirement" || requirements.length === 0 ? "" : `concerns ${requirements.join(", ")}`;
}

export function endText(outlook: Outlook): string {
  const worse = rowsOf(outlook).filter(({ trend }) => trend === "worse").length;
  const until = outlook.until.slice(0, 10);
  return worse === 0
    ? `Nothing of this gets worse until ${until}.`
    : `${counted(worse, "thing")} to watch until ${until}. Answers are judged by the rules and release data of today.`;
}
