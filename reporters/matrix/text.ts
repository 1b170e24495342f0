/** A matrix as a terminal shows it. */
import type { Cell, Matrix } from "../../src/model/matrix.ts";
import { heading, marked, type Pen, type PenOptions, penFor, prose } from "../terminal/pen.ts";
import { plainValue } from "../text/neutralise.ts";
import { timeOf, verdictMark } from "../words.ts";
import {
  attestationText,
  matrixCaveats,
  matrixSentence,
  statementMark,
  statementText,
  testcaseMark,
  testcaseTimes,
  untilText,
  weakestText,
} from "./words.ts";

export function matrixText(matrix: Matrix, options: PenOptions): string {
  const pen = penFor(options);
  const safe = plainValue(matrix);
  const { name, scope, asOf, providers, cells, reports } = safe;
  const refused = reports.filter(({ state }) => state === "refused");
  const lines = [
    ...matrixCaveats(safe).flatMap((caveat) => prose(pen, 0, `! ${caveat}`)),
    ...marked(pen, 0, verdictMark(safe.verdict), `${name}: ${matrixSentence(safe)}`),
    ...prose(pen, 4, `${scope.name} ${scope.version}, ${scope.status}, as of ${timeOf(asOf)}`),
    ...(safe.weakest ? prose(pen, 4, `Weakest cell: ${weakestText(safe)}`) : []),
    ...providers.flatMap(({ name: provider, verdict, statements }) => [
      ...heading(pen, provider, verdict),
      ...cells.filter((cell) => cell.provider === provider).flatMap((cell) => cellLines(pen, cell)),
      ...statements.flatMap((one) => marked(pen, 2, statementMark(one), `${one.requirement}: ${statementText(one)}`)),
    ]),
    ...(refused.length === 0 ? [] : heading(pen, "Refused")),
    ...refused.flatMap(({ place, because }) => prose(pen, 2, `✗ ${place}: ${because}`)),
  ];
  return `${lines.join("\n")}\n`;
}

function cellLines(pen: Pen, cell: Cell): readonly string[] {
  const head = `${cell.subject} (Kubernetes ${cell.version ?? cell.branch}) ${untilText(cell)}`;
  const attested = attestationText(cell);
  return [
    ...marked(pen, 2, verdictMark(cell.verdict), head),
    ...cell.testcases.flatMap((one) => marked(pen, 6, testcaseMark(one), `${one.id}: ${testcaseTimes(one)}`)),
    ...(attested === "none" ? [] : prose(pen, 6, `attested: ${attested}`)),
  ];
}
