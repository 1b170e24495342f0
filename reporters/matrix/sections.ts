/** The parts of the page below the table: what is offered, the cells one by one, the reports that it is made of. */
import type { Cell, Matrix, ProviderStatement } from "../../src/model/matrix.ts";
import { chip, link, prose } from "../html/parts.ts";
import { html, type Markup } from "../html/template.ts";
import { type Mark, verdictMark } from "../words.ts";
import { attestationText, statementMark, statementText, testcaseMark, testcaseTimes, untilText } from "./words.ts";

export function offersSection({ providers }: Matrix): Markup {
  const asked = providers.filter(({ statements }) => statements.length > 0);
  if (asked.length === 0) return html``;
  const parts = asked.map(
    ({ name, verdict, statements }) => html`<section class="group"><h3>${name} ${chip(verdictMark(verdict))}</h3>
${statements.map(statementCard)}</section>
`,
  );
  return html`<section id="offers"><h2>What is offered</h2>
<p class="note">What one cluster cannot show: which branches a provider offers. A report on a cluster shows that its branch is offered; that there is none shows nothing.</p>
${parts}</section>
`;
}

function statementCard(statement: ProviderStatement): Markup {
  const mark = statementMark(statement);
  const { requirement, title, findings, clause } = statement;
  return html`<article class="result ${mark.tone}"><div class="bar">${chip(mark)}<h4>${title}</h4></div>
<p class="meta"><span class="mono">${requirement}</span></p>
<p class="because">${prose(statementText(statement))}</p>
${findings.length === 0 ? "" : html`<ul>${findings.map(({ message }) => html`<li>${prose(message)}</li>`)}</ul>`}
<div class="block clause"><b>The norm says</b><blockquote>${clause.text}</blockquote>${link(clause.url, "read it in its place")}</div></article>
`;
}

export function cellsSection({ cells }: Matrix): Markup {
  const cards = cells.map(cellCard);
  return html`<section class="results" id="cells"><h2>Cells</h2>
<p class="note">One subject each. The verdict is that of its testcases; FAIL as well where a binding statement that no testcase counts is disproved.</p>
${cards.length === 0 ? html`<p class="note">No report counts.</p>` : cards}</section>
`;
}

function cellCard(cell: Cell): Markup {
  const mark = verdictMark(cell.verdict);
  const rows = cell.testcases.map(
    (one) =>
      html`<tr><th scope="row" class="mono">${one.id}</th><td>${chip(testcaseMark(one))}</td><td>${testcaseTimes(one)}</td><td class="aside mono">${one.report?.slice(0, 12) ?? "–"}</td></tr>
`,
  );
  return html`<article class="result ${mark.tone}"><div class="bar">${chip(mark)}<h3>${cell.subject}</h3></div>
<p class="meta"><span>Kubernetes ${cell.version ?? cell.branch}</span><span>${untilText(cell)}</span></p>
<p class="because">Decided by <span class="mono">${cell.weakest.id}</span>: ${prose(cell.weakest.because)}</p>
<table class="stack"><caption>Testcases of ${cell.subject}</caption><thead><tr><th scope="col">Testcase</th><th scope="col">Result</th><th scope="col">When</th><th scope="col" class="aside">Report</th></tr></thead>
<tbody>${rows}</tbody></table>
<p class="because">Attested: ${attestationText(cell)}.</p></article>
`;
}

const stateMarks: { readonly [S in Matrix["reports"][number]["state"]]: Mark } = {
  counts: { symbol: "✓", word: "counts", tone: "good" },
  superseded: { symbol: "–", word: "superseded", tone: "quiet" },
  refused: { symbol: "✗", word: "refused", tone: "bad" },
};

export function reportsSection({ reports }: Matrix): Markup {
  const rows = reports.map(
    ({ place, sha256, subject, signedBy, state, because }) =>
      html`<tr><th scope="row" class="mono">${sha256.slice(0, 12)}</th><td>${chip(stateMarks[state])}</td><td>${subject ?? "no report"}<br><span class="note mono">${place}</span>${because === "" ? "" : html`<br>${prose(because)}`}</td><td class="aside mono">${signedBy ?? "not signed"}</td></tr>
`,
  );
  return html`<section id="reports"><h2>Reports</h2>
<p class="note">Every report was verified as of the day of the matrix: bytes, digests, signature, and its evidence judged again. That proves the judging; who vouches for the looking is each report's signature.</p>
<table class="stack"><caption>Reports that were found</caption><thead><tr><th scope="col">Digest</th><th scope="col">State</th><th scope="col">Report</th><th scope="col" class="aside">Signed by</th></tr></thead>
<tbody>${rows}</tbody></table></section>
`;
}
