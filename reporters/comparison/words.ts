/** What a comparison says, in words that text and Markdown share. */
import type { Change, Comparison, Standing } from "../../src/model/comparison.ts";
import { type Mark, markOf } from "../words.ts";

export const trends = [
  ["worse", "Worse"],
  ["better", "Better"],
  ["other", "Otherwise changed"],
] as const satisfies readonly (readonly [Change["trend"], string])[];

const absent: Mark = { symbol: "·", word: "not judged", tone: "quiet" };

export function standingMark(standing: Standing | null): Mark {
  return standing === null ? absent : markOf(standing);
}

/** `fail` or `pass, declared`. */
export function standingText(standing: Standing | null): string {
  if (standing === null) return absent.word;
  const { outcome, basis, binding, waiver } = standing;
  return [
    outcome,
    ...(basis === "observed" ? [] : [basis]),
    ...(binding ? ["binding"] : []),
    ...(waiver ? [`waived by ${waiver}`] : []),
  ].join(", ");
}

/** Whose doing it is, and how that is known. */
export function causeText({ causes, told }: Change): string {
  const names = causes.join(" and ");
  switch (told) {
    case "alone":
      return names;
    case "either":
      return `${causes.join(" or ")}: either alone gives the same`;
    case "together":
      return `${names}, only together`;
    case "possible":
      return causes.length === 0 ? "nothing that the reports show" : `possibly ${causes.join(" or ")}`;
  }
}

/** What of the cluster and of its findings changed, one phrase each. */
export function detailLines({ facts, findings, causes }: Change): readonly string[] {
  const ofFacts = facts.length > 0 && (causes.includes("cluster") || causes.includes("flake"));
  return [
    ...(ofFacts ? [`facts that differ: ${facts.join(", ")}`] : []),
    ...some("new finding", findings.added),
    ...some("finding gone", findings.gone),
  ];
}

const shown = 5;

function some(label: string, items: readonly string[]): readonly string[] {
  const rest = items.length - shown;
  return [...items.slice(0, shown).map((item) => `${label}: ${item}`), ...(rest > 0 ? [`${label}: ${rest} more`] : [])];
}

export function endText({ changes, unchanged, notJudgedAgain }: Comparison): string {
  const told =
    notJudgedAgain === null || changes.length === 0 ? "" : ` Whose doing it is cannot be told: ${notJudgedAgain}.`;
  return `${changes.length} changed, ${unchanged} unchanged.${told}`;
}
