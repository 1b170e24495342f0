/** What is read first: caveats, verdict, subject, date, digest, who gathered, and what others will say. */
import { dateOf } from "../../src/model/instant.ts";
import type { Report } from "../../src/model/report.ts";
import { consoleForecast, monitorForecast } from "../elsewhere.ts";
import type { ReporterContext } from "../reporter.ts";
import { advisory, attested, caveats, tested, unlisted } from "../summary.ts";
import { plain } from "../text/neutralise.ts";
import { capitalised, clusterText, counted, timeOf, verdictMark, verdictSentence } from "../words.ts";
import { prose, tallyChips } from "./parts.ts";
import { reasons } from "./reasons.ts";
import { html, type Markup } from "./template.ts";

export function masthead(report: Report, context: ReporterContext): Markup {
  const { scope } = report;
  const mark = verdictMark(report.verdict);
  const alone =
    report.verdict === report.testcaseVerdict ? "" : html` The testcases alone amount to ${report.testcaseVerdict}.`;
  return html`<header>
${caveats(report).map((caveat) => html`<p class="caveat"><span aria-hidden="true">!</span> ${caveat}</p>`)}
<p class="overline">Conformance report · ${scope.name} ${scope.version}, ${scope.status}</p>
<h1>${report.subject}</h1>
<div class="verdict ${mark.tone}"><span class="sign" aria-hidden="true">${mark.symbol}</span><strong>${mark.word}</strong><span>${capitalised(verdictSentence(report))}.${alone}</span></div>
${reasons(report)}<dl class="facts">${facts(report, context)}</dl>
<dl class="facts forecast">
<dt>Compliance monitor will show</dt><dd>${prose(monitorForecast(report).text)}</dd>
<dt>Console runner prints</dt><dd class="mono">${consoleForecast(report).text}</dd>
</dl>
${summary(report)}
</header>
`;
}

function facts(report: Report, context: ReporterContext): Markup {
  const { cluster, requests } = report;
  const judged = report.asOf === report.checkedAt ? "" : html`<dt>Judged as of</dt><dd>${timeOf(report.asOf)}</dd>`;
  const gathered =
    report.gatheredBy === "unsigned"
      ? html`unsigned: nobody vouches for the looking`
      : html`<span class="mono">${report.gatheredBy}</span>`;
  const signed =
    context.signedBy === undefined ? "not signed" : html`<span class="mono">${plain(context.signedBy)}</span>`;
  return html`
<dt>Seen</dt><dd>${timeOf(report.checkedAt)}, tier ${report.selection.tier}, ${counted(requests.count, "request")}</dd>${judged}
${until(report)}<dt>Cluster</dt><dd>${clusterText(cluster)}</dd>
<dt>Cluster id</dt><dd class="mono">${cluster.uid ?? "not visible"}</dd>
<dt>report.json</dt><dd class="mono">sha256:${context.reportSha256}</dd>
<dt>Gathered by</dt><dd>${gathered}</dd>
<dt>Report signed by</dt><dd>${signed}</dd>
`;
}

/** The verdict holds as long as every result that it rests on. */
function until({ testcases }: Report): Markup {
  const times = testcases.flatMap(({ id, attempted, expiresAt }) =>
    attempted && expiresAt !== undefined ? [{ id, expiresAt }] : [],
  );
  const [first, ...others] = times.sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
  if (first === undefined) return html``;
  const why = others.length === 0 ? "" : html`, the first to end is ${first.id}`;
  return html`<dt>Results count until</dt><dd>${dateOf(first.expiresAt)}${why}</dd>
`;
}

function summary(report: Report): Markup {
  const rows: readonly (readonly [href: string, name: string, results: Report["results"]])[] = [
    ["#counts", "What counts", [...tested(report).flatMap((group) => group.results), ...unlisted(report)]],
    ["#attested", "Attested", [...attested(report)]],
    ["#advice", "Advice", advisory(report).flatMap((group) => group.results)],
  ];
  return html`<table><caption>Requirements by what they decide</caption>
<thead><tr><th scope="col">Part</th><th scope="col">Results</th></tr></thead>
<tbody>${rows
    .filter(([, , results]) => results.length > 0)
    .map(
      ([href, name, results]) =>
        html`<tr><th scope="row"><a href="${href}">${name}</a></th><td>${tallyChips(results)}</td></tr>
`,
    )}</tbody></table>`;
}
