/** What a matrix says, in words that all its forms share. */
import { dateOf } from "../../src/model/instant.ts";
import type { Cell, CellTestcase, Matrix, ProviderStatement } from "../../src/model/matrix.ts";
import type { Sha256, Verdict } from "../../src/model/vocabulary.ts";
import { counted, type Mark, markOf, timeOf, verdictMark } from "../words.ts";

/** What a form may use beside the matrix. */
export interface MatrixContext {
  /** SHA-256 of the bytes of matrix.json. */
  readonly matrixSha256: Sha256;
  /** Fingerprint of the key that signed it; absent: not signed, or not known. */
  readonly signedBy?: string;
}

/** What must be known before it is believed, one sentence each. */
export function matrixCaveats({ inputs, reports, scope }: Matrix): readonly string[] {
  const refused = reports.filter(({ state }) => state === "refused").length;
  return [
    !scope.submittable && `NO CERTIFICATE: ${scope.name} is a scope of this suite's own.`,
    inputs.allowedSigners === undefined &&
      "SIGNERS NOT CHECKED: every signature is intact, nobody asked whose key may speak for whom.",
    refused > 0 &&
      `REFUSED: ${counted(refused, "report")} of ${reports.length} count for nothing, each with the reason below.`,
    inputs.complete &&
      "COMPLETE BY WORD: whoever made this says that the reports stand for every branch that the providers offer.",
  ].filter((line) => line !== false);
}

const sentences: { readonly [V in Verdict]: string } = {
  PASS: "every cell holds",
  FAIL: "something here does not conform",
  DNF: "something that counts could not be decided",
  MISS: "something that counts has no result that still counts",
};

export function matrixSentence({ verdict, cells, reports }: Matrix): string {
  const used = reports.filter(({ state }) => state !== "refused").length;
  const size = `${counted(cells.length, "cell")} from ${counted(used, "report")}`;
  return cells.length === 0 ? "no report counts" : `${sentences[verdict]}; ${size}`;
}

export function weakestText({ weakest }: Matrix): string {
  if (!weakest) return "none";
  return `${weakest.subject}: ${weakest.verdict} (${weakest.because})`;
}

/** A row of the table: one configuration of one provider. */
export interface MatrixRow {
  readonly provider: string;
  readonly configuration: string;
  /** One list for each branch; several subjects may share a place. */
  readonly places: readonly (readonly Cell[])[];
}

export function rowsOf({ branches, cells }: Matrix): readonly MatrixRow[] {
  const rows = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.provider, cell.configuration]);
    rows.set(key, [...(rows.get(key) ?? []), cell]);
  }
  return [...rows.values()].map((own) => ({
    provider: own[0]?.provider ?? "",
    configuration: own[0]?.configuration ?? "",
    places: branches.map((branch) => own.filter((cell) => cell.branch === branch)),
  }));
}

/** `until 2026-12-07`; of what does not pass, what decides it. */
export function untilText({ verdict, validUntil, weakest }: Pick<Cell, "verdict" | "validUntil" | "weakest">): string {
  return verdict === "PASS" && validUntil !== null ? `until ${dateOf(validUntil)}` : `by ${weakest.id}`;
}

export function testcaseMark({ state, verdict }: CellTestcase): Mark {
  const mark = verdictMark(verdict);
  return state === "counts" ? mark : { ...mark, word: state === "expired" ? "expired" : "no result" };
}

export function testcaseTimes({ observedAt, expiresAt, state }: CellTestcase): string {
  if (observedAt === undefined || expiresAt === undefined) return "no report has it";
  return `seen ${timeOf(observedAt)}, ${state === "expired" ? "counted" : "counts"} until ${dateOf(expiresAt)}`;
}

/** `3 met, 2 due`; what is disproved comes first. */
export function attestationText({ attestations }: Cell): string {
  const { disproved, met, declared, due } = attestations;
  const parts = [
    disproved.length > 0 && `disproved: ${disproved.join(", ")}`,
    met.length > 0 && `${met.length} met`,
    declared.length > 0 && `${declared.length} declared`,
    due.length > 0 && `${due.length} due`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? "none" : parts.join("; ");
}

export function statementMark({ outcome }: ProviderStatement): Mark {
  return markOf({ outcome, binding: true });
}

/** Why, what would resolve it, and whether somebody has declared it. */
export function statementText({ because, missing, declared }: ProviderStatement): string {
  const needs = missing.length === 0 ? "" : `; needs ${[...new Set(missing.map(({ resolve }) => resolve))].join(", ")}`;
  return `${because}${needs}${declared ? "; the provider declares it" : ""}`;
}
