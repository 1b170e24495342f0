/** One requirement: what came of it, what was found, what the norm says, how to mend it. */
import type { Result } from "../../src/model/report.ts";
import { declarationStanding, waiverText } from "../claims.ts";
import type { ReporterContext } from "../reporter.ts";
import { grouped, isOpen } from "../summary.ts";
import { subjectsText, valueText } from "../text/value.ts";
import { basisText, capitalised, counted, ended, markOf, timeOf } from "../words.ts";
import { excerpts } from "./excerpt.ts";
import { anchor, chip, link, prose } from "./parts.ts";
import { html, type Markup } from "./template.ts";

const shown = 12;

/** What the filter calls it: speaks against, open, or for. */
function side(result: Result): string {
  if (result.outcome === "fail") return "is-against";
  return isOpen(result) ? "is-open" : "is-for";
}

/** `level` is that of the heading above. */
export function resultCard(result: Result, level: 2 | 3, context: ReporterContext): Markup {
  const mark = markOf(result);
  const title = level === 2 ? html`<h3>${capitalised(result.title)}</h3>` : html`<h4>${capitalised(result.title)}</h4>`;
  const names = result.findings.map((finding) => finding.subject.name);
  return html`<article class="result ${mark.tone} ${side(result)}" id="${anchor("requirement", result.requirement)}">
<div class="bar">${chip(mark)} ${title}</div>
<p class="meta"><span class="mono">${result.requirement}</span>${origin(result)}</p>
<p class="because">${prose(ended(capitalised(result.because)))}</p>
${waived(result)}${findingList(result)}${remedy(result)}${attestation(result)}${missing(result)}
<details${result.outcome === "fail" ? html` open` : ""}><summary>The norm, and what was seen</summary>${clause(result)}${observed(result)}${excerpts(context.evidence, result.facts, names)}</details>
</article>
`;
}

function origin(result: Result): Markup {
  const kind = result.bindingKind === "attested" ? html`<span>attested: no testcase counts this</span>` : "";
  const basis = basisText(result) === "" ? "" : html`<span>${basisText(result)}</span>`;
  const defect = result.defect === true ? html`<span>defect of this tool</span>` : "";
  return html`<span>${result.level.toUpperCase()} of a ${result.status} text</span>${kind}${basis}${defect}`;
}

function findingList(result: Result): Markup {
  const groups = grouped(result.findings);
  if (groups.length === 0) return html``;
  const items = groups.slice(0, shown).map(
    ({
      finding,
      subjects,
    }) => html`<div class="finding"><p><strong>${subjectsText(subjects)}</strong>: ${prose(finding.message)}</p>
<dl><dt>expected</dt><dd>${valueText(finding.expected)}</dd><dt>actual</dt><dd>${valueText(finding.actual)}</dd></dl></div>
`,
  );
  const rest = groups.length - shown;
  const more = rest > 0 ? html`<p class="note">and ${counted(rest, "more finding")}, all in report.json</p>` : "";
  return html`<div class="block"><b>${result.outcome === "fail" ? "Found" : "Noted"}</b>${items}${more}</div>`;
}

function remedy(result: Result): Markup {
  const { remediation } = result;
  if (remediation === undefined) return html``;
  return html`<div class="block"><b>How to mend it (${remediation.platform})</b><p>${prose(remediation.text)}</p></div>`;
}

const states = { due: "due", declared: "declared", disproved: "disproved", hidden: "not visible" } as const;

function attestation(result: Result): Markup {
  const { attestation: asked, declaration } = result;
  if (asked === undefined && declaration === undefined) return html``;
  const said =
    declaration &&
    html`<p>“${declaration.statement}” <span class="note">${capitalised(declarationStanding(declaration))}; declared ${timeOf(declaration.declaredAt)}${declaration.declarant === undefined ? "" : ` by ${declaration.declarant}`}, valid until ${timeOf(declaration.validUntil)}, signed by <span class="mono">${declaration.signedBy}</span>${proof(declaration)}</span></p>`;
  const head =
    asked === undefined
      ? html`<b>Declaration</b>`
      : html`<b>Attestation: ${states[asked.state]}</b><p>${asked.question}</p>`;
  return html`<div class="block">${head}${said}</div>`;
}

function proof({ evidence }: NonNullable<Result["declaration"]>): Markup {
  if (evidence === undefined) return html``;
  const digest = evidence.sha256 === undefined ? "" : html` <span class="mono">sha256:${evidence.sha256}</span>`;
  return html`; proof: ${evidence.url === undefined ? "" : link(evidence.url, evidence.url)}${digest}`;
}

function waived({ waiver }: Result): Markup {
  if (waiver === undefined) return html``;
  return html`<div class="block"><b>Waived, and a failure all the same</b><p>${waiverText(waiver)}</p></div>`;
}

function missing(result: Result): Markup {
  if (result.missing.length === 0) return html``;
  const items = result.missing.map(
    (one) =>
      html`<p><span class="mono">${one.fact}</span> ${one.reason.replaceAll("-", " ")}; needs ${prose(one.resolve)}</p>`,
  );
  return html`<div class="block"><b>What would give an answer</b>${items}</div>`;
}

function clause(result: Result): Markup {
  const { text, url, revision } = result.clause;
  return html`<div class="block clause"><blockquote>${text}</blockquote><p class="note">${link(url, `${result.standard}, text of ${revision}`)}</p></div>`;
}

function observed(result: Result): Markup {
  const entries = Object.entries(result.observed);
  if (entries.length === 0) return html``;
  const items = entries.map(([name, value]) => html`<dt>${name}</dt><dd>${valueText(value)}</dd>`);
  return html`<div class="block"><b>Observed</b><dl class="facts">${items}</dl></div>`;
}
