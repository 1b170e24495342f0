/** The parts of the page, in the order people read: what counts, what is attested, what is advice, what is open, what it rests on. */
import type { Report } from "../../src/model/report.ts";
import { type ClaimLine, uncountedLines, waiverLines } from "../claims.ts";
import type { ReporterContext } from "../reporter.ts";
import { advisory, attested, openBy, tested, unlisted } from "../summary.ts";
import { remainders, tracesText } from "../traces.ts";
import { counted, countsUntil, seen, verdictMark } from "../words.ts";
import { anchor, chip, prose, tallyChips } from "./parts.ts";
import { resultCard } from "./result.ts";
import { html, type Markup } from "./template.ts";

const none = html`<p class="none">Nothing of this kind here.</p>`;

export function countingSection(report: Report, context: ReporterContext): Markup {
  const groups = tested(report);
  const rows = groups.map(
    ({ testcase, results }) =>
      html`<tr><th scope="row" class="mono">${testcase.id}</th><td>${chip(verdictMark(testcase.verdict))}</td><td class="aside">${counted(results.length, "requirement")}</td><td>${seen(testcase)}${countsUntil(testcase)}</td></tr>
`,
  );
  const cards = groups.map(
    ({
      testcase,
      results,
    }) => html`<section class="group"><h3><span class="mono">${testcase.id}</span> ${chip(verdictMark(testcase.verdict))}</h3>
${results.map((result) => resultCard(result, 3, context))}</section>
`,
  );
  return html`<section class="results" id="counts"><h2>What counts</h2>
<p class="note">The testcases of the scope. They alone decide what the compliance monitor shows.</p>
<table><caption>Testcases</caption><thead><tr><th scope="col">Testcase</th><th scope="col">Verdict</th><th scope="col" class="aside">Rests on</th><th scope="col">Seen</th></tr></thead>
<tbody>${rows}</tbody></table>
${cards}${unlisted(report).map((result) => resultCard(result, 2, context))}${none}</section>
`;
}

export function attestedSection(report: Report, context: ReporterContext): Markup {
  const results = attested(report);
  if (results.length === 0) return html``;
  return html`<section class="results" id="attested"><h2>Attested</h2>
<p class="note">Binding statements that no testcase counts. One that is disproved makes the verdict FAIL; one that is due, declared or not visible changes nothing.</p>
${results.map((result) => resultCard(result, 2, context))}${none}</section>
`;
}

/** Declarations that do not count, and waivers; nothing when there are none. */
export function claimsSection(report: Report): Markup {
  return html`${claims("declarations", "Declarations that do not count", "What the provider declared and what nevertheless decides nothing, with the reason.", uncountedLines(report))}${claims("waivers", "Waivers", "Known failures that somebody has accepted for a time. They stay failures; a waiver that covers nothing is a finding.", waiverLines(report))}`;
}

function claims(id: string, title: string, note: string, lines: readonly ClaimLine[]): Markup {
  if (lines.length === 0) return html``;
  const symbols = { bad: "✗", open: "!", quiet: "–", good: "✓", advice: "!" } as const;
  const items = lines.map(
    ({ name, state, text, tone }) =>
      html`<dt class="mono">${name}</dt><dd>${chip({ symbol: symbols[tone], word: state, tone })} ${prose(text)}</dd>
`,
  );
  return html`<section id="${id}"><h2>${title}</h2>
<p class="note">${note}</p>
<dl class="facts">
${items}</dl></section>
`;
}

export function adviceSection(report: Report, context: ReporterContext): Markup {
  const groups = advisory(report);
  if (groups.length === 0) return html``;
  const parts = groups.map(
    ({
      standard,
      status,
      results,
    }) => html`<section class="group"><h3>${standard} (${status}) ${tallyChips(results)}</h3>
${results.map((result) => resultCard(result, 3, context))}</section>
`,
  );
  return html`<section class="results" id="advice"><h2>Advice</h2>
<p class="note">Recommendations, drafts and texts outside the scope. None of this changes the verdict.</p>
${parts}${none}</section>
`;
}

export function openSection(report: Report): Markup {
  const groups = openBy(report);
  if (groups.length === 0) return html``;
  const items = groups.map(({ resolve, requirements, binding }) => {
    const links = requirements.map(
      (id, index) => html`${index > 0 ? ", " : ""}<a href="#${anchor("requirement", id)}">${id}</a>`,
    );
    const counts = binding === 0 ? "" : html` (${binding} binding)`;
    return html`<li><span class="count">${requirements.length}</span><div>${requirements.length === 1 ? "needs" : "need"} ${prose(resolve)}${counts}<br><span class="note">${links}</span></div></li>
`;
  });
  return html`<section id="open"><h2>Open</h2>
<p class="note">What has no answer yet, by what would give one.</p>
<ul class="open-list">${items}</ul></section>
`;
}

export function basisSection(report: Report): Markup {
  const rows = report.evidence.facts.map(
    (fact) =>
      html`<tr id="${anchor("fact", fact.id)}"><th scope="row" class="mono">${fact.id}</th><td>${fact.status}</td><td class="mono">${fact.sha256.slice(0, 16)}…</td></tr>
`,
  );
  const { tool, data, standards, cleanup } = report;
  const left = cleanup && remainders(cleanup).map((text) => html`<br>${text}`);
  const cleaned = cleanup && html`<dt>Traces</dt><dd>${tracesText(report)}${left}</dd>`;
  return html`<section id="basis"><h2>What it rests on</h2>
<p class="note">Anyone can judge again: the same evidence, standards and tool give the same bytes. That proves the judging; who vouches for the looking is the signature.</p>
<dl class="facts">
<dt>Evidence</dt><dd class="mono">sha256:${report.evidence.sha256}</dd>
<dt>Standards</dt><dd class="mono">sha256:${standards.sha256}</dd>
<dt>Release data</dt><dd>of ${data.date} <span class="mono">sha256:${data.sha256}</span></dd>
<dt>Tool</dt><dd>${tool.name} ${tool.version} <span class="mono">sha256:${tool.sha256}</span></dd>
<dt>Report</dt><dd class="mono">${report.id}</dd>${cleaned}
</dl>
<table><caption>Facts: what was looked at</caption><thead><tr><th scope="col">Fact</th><th scope="col">Status</th><th scope="col">Digest</th></tr></thead>
<tbody>${rows}</tbody></table></section>
`;
}
