/** matrix.html: one page to read, mail and print. No script, no network, nothing from outside: the policy in its head says so. */
import type { Matrix } from "../../src/model/matrix.ts";
import { page } from "../html/page.ts";
import { chip, prose } from "../html/parts.ts";
import { colours, layout } from "../html/style.ts";
import { pageFoot, printing } from "../html/style-modes.ts";
import { css, html, type Markup } from "../html/template.ts";
import { plain, plainValue } from "../text/neutralise.ts";
import { capitalised, timeOf, verdictMark } from "../words.ts";
import { cellsSection, offersSection, reportsSection } from "./sections.ts";
import { type MatrixContext, matrixCaveats, matrixSentence, rowsOf, untilText, weakestText } from "./words.ts";

const grid = css`
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.matrix td, .matrix th { padding-right: 1.2rem; }
.matrix td .chip { margin-bottom: .15rem; }
.matrix .note { display: block; font-size: .85rem; white-space: nowrap; }
.page { max-width: 75rem; }
@media (max-width: 34rem) {
  .stack, .stack tbody, .stack tr, .stack th, .stack td, .stack caption { display: block; padding-right: 0; border-top: 0; }
  .stack thead { position: absolute; left: -99rem; }
  .stack tr { border-top: 1px solid var(--line); padding: .3rem 0; }
  .stack th, .stack td { padding: .1rem 0; }
  .stack .aside { display: none; }
}
`;

export function matrixHtml(matrix: Matrix, context: MatrixContext): string {
  const safe = plainValue(matrix);
  const { symbol, word } = verdictMark(safe.verdict);
  return page({
    title: `${symbol} ${word}: ${safe.name}, ${safe.scope.name} ${safe.scope.version}`,
    style: html`${colours}${layout}${grid}${pageFoot.matrix(context.matrixSha256)}${printing}`,
    skip: { to: "cells", text: "Skip to the cells" },
    masthead: masthead(safe, context),
    main: html`${overview(safe)}${offersSection(safe)}${cellsSection(safe)}${reportsSection(safe)}`,
    made: html`Made by ${safe.tool.name} ${safe.tool.version} from matrix.json. To check it: <code>scs-conformance verify matrix.json --reports</code> with the folder of the reports.`,
  });
}

function masthead(matrix: Matrix, { matrixSha256, signedBy }: MatrixContext): Markup {
  const { scope, asOf, data, standards } = matrix;
  const mark = verdictMark(matrix.verdict);
  const signed = signedBy === undefined ? "not signed" : html`<span class="mono">${plain(signedBy)}</span>`;
  return html`<header>
${matrixCaveats(matrix).map((caveat) => html`<p class="caveat"><span aria-hidden="true">!</span> ${caveat}</p>`)}
<p class="overline">Conformance matrix · ${scope.name} ${scope.version}, ${scope.status}</p>
<h1>${matrix.name}</h1>
<div class="verdict ${mark.tone}"><span class="sign" aria-hidden="true">${mark.symbol}</span><strong>${mark.word}</strong><span>${capitalised(matrixSentence(matrix))}.</span></div>
<dl class="facts">
<dt>Weakest cell</dt><dd>${prose(weakestText(matrix))}</dd>
<dt>As of</dt><dd>${timeOf(asOf)}</dd>
<dt>matrix.json</dt><dd class="mono">sha256:${matrixSha256}</dd>
<dt>Signed by</dt><dd>${signed}</dd>
<dt>Release data</dt><dd>of ${data.date} <span class="mono">sha256:${data.sha256}</span></dd>
<dt>Standards</dt><dd class="mono">sha256:${standards.sha256}</dd>
</dl>
</header>
`;
}

function overview(matrix: Matrix): Markup {
  if (matrix.cells.length === 0) return html``;
  const rows = rowsOf(matrix).map(
    ({
      provider,
      configuration,
      places,
    }) => html`<tr><th scope="row">${provider}${configuration === "" ? "" : html` <span class="note">${configuration}</span>`}</th>
${places.map((cells) => html`<td>${cells.length === 0 ? html`<span class="note">no report</span>` : cells.map((cell) => html`<div>${chip(verdictMark(cell.verdict))} <span class="note">${untilText(cell)}</span></div>`)}</td>`)}</tr>
`,
  );
  return html`<section id="matrix"><h2>Matrix</h2>
<p class="note">Each place is the newest result of every testcase, as long as it counts by the lifetimes of the scope; the date is that of the first to end.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Providers by branch">
<table class="matrix"><caption>Providers and configurations by branch of Kubernetes</caption>
<thead><tr><th scope="col">Provider</th>${matrix.branches.map((branch) => html`<th scope="col">${branch}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div></section>
`;
}
