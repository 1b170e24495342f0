/** matrix.md: a matrix as a comment or a page of a repository. */
import type { Cell, Matrix } from "../../src/model/matrix.ts";
import { fitted, markdownCode, markdownLink, markdownProse, markdownText } from "../text/markdown.ts";
import { plain, plainValue } from "../text/neutralise.ts";
import { timeOf, verdictMark } from "../words.ts";
import {
  attestationText,
  type MatrixContext,
  matrixCaveats,
  matrixSentence,
  rowsOf,
  statementMark,
  statementText,
  testcaseMark,
  testcaseTimes,
  untilText,
  weakestText,
} from "./words.ts";

/** Below what a GitHub comment takes. */
const limit = 65_000;

export function matrixMarkdown(matrix: Matrix, context: MatrixContext): string {
  const safe = plainValue(matrix);
  const parts = [head(safe), overview(safe), offers(safe), cells(safe), refused(safe)];
  return fitted(parts.filter((part) => part !== "").join("\n\n"), `\n\n${closing(safe, context)}\n`, limit);
}

function head(matrix: Matrix): string {
  const { symbol, word } = verdictMark(matrix.verdict);
  const { scope, asOf } = matrix;
  return [
    ...matrixCaveats(matrix).map((caveat) => `> **!** ${markdownText(caveat)}\n`),
    `## ${symbol} ${word}: ${markdownText(`${matrix.name}: ${matrixSentence(matrix)}`)}`,
    "",
    markdownText(`${scope.name} ${scope.version}, ${scope.status}, as of ${timeOf(asOf)}.`),
    ...(matrix.weakest ? ["", `Weakest cell: ${markdownProse(weakestText(matrix))}`] : []),
  ].join("\n");
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (texts: readonly string[]) => `| ${texts.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

function overview(matrix: Matrix): string {
  if (matrix.cells.length === 0) return "";
  const rows = rowsOf(matrix).map(({ provider, configuration, places }) => [
    markdownText(provider),
    markdownText(configuration),
    ...places.map((own) => own.map(cellText).join("<br>") || "–"),
  ]);
  return table(["provider", "configuration", ...matrix.branches.map(markdownText)], rows);
}

function cellText(cell: Cell): string {
  const { symbol, word } = verdictMark(cell.verdict);
  return markdownText(`${symbol} ${word} ${untilText(cell)}`);
}

function offers({ providers }: Matrix): string {
  const rows = providers.flatMap(({ name, statements }) =>
    statements.map((one) => {
      const { symbol, word } = statementMark(one);
      return [
        markdownText(name),
        `${symbol} ${word}`,
        markdownLink(one.requirement, one.clause.url),
        markdownProse(statementText(one)),
      ];
    }),
  );
  return rows.length === 0
    ? ""
    : ["### What is offered", table(["provider", "result", "requirement", "because"], rows)].join("\n\n");
}

function cells(matrix: Matrix): string {
  const rows = matrix.cells.flatMap((cell) =>
    cell.testcases.map((one, index) => {
      const { symbol, word } = testcaseMark(one);
      const first = index === 0;
      return [
        first ? markdownCode(cell.subject) : "",
        first ? markdownText(attestationText(cell)) : "",
        markdownCode(one.id),
        `${symbol} ${word}`,
        markdownText(testcaseTimes(one)),
      ];
    }),
  );
  return rows.length === 0
    ? ""
    : ["### Cells", table(["subject", "attested", "testcase", "result", "when"], rows)].join("\n\n");
}

function refused({ reports }: Matrix): string {
  const rows = reports
    .filter(({ state }) => state === "refused")
    .map(({ place, because }) => [markdownCode(place), markdownText(because)]);
  return rows.length === 0 ? "" : ["### Refused", table(["report", "why"], rows)].join("\n\n");
}

function closing({ tool }: Matrix, { matrixSha256, signedBy }: MatrixContext): string {
  const signed = signedBy === undefined ? "not signed" : `signed by ${plain(signedBy)}`;
  return markdownText(`matrix.json sha256:${matrixSha256}, ${signed}; ${tool.name} ${tool.version}.`);
}
