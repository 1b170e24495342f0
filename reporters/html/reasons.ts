/** Why the verdict is not PASS, for readers who stop there: what binds and is disproved, then what counts and has no answer. */
import type { Report, Result } from "../../src/model/report.ts";
import { isOpen } from "../summary.ts";
import { capitalised, counted, ended, markOf } from "../words.ts";
import { anchor, chip, prose } from "./parts.ts";
import { html, type Markup } from "./template.ts";

/** A page that is read in a minute names no more. */
const shown = 6;

export function reasons(report: Report): Markup {
  if (report.verdict === "PASS") return html``;
  const failed = report.results.filter((result) => result.binding && result.outcome === "fail");
  const open = report.results.filter((result) => result.bindingKind === "tested" && isOpen(result));
  const all = [...failed, ...open];
  if (all.length === 0) return html``;
  const rest = all.length - shown;
  const more = rest > 0 ? html`<li>and ${counted(rest, "more reason")} below</li>` : "";
  return html`<h2 class="why">Why</h2>
<ul class="reasons">${all.slice(0, shown).map(reason)}${more}</ul>
`;
}

function reason(result: Result): Markup {
  const waived =
    result.waiver === undefined ? "" : html` <span class="note">Waived by ${result.waiver.approver}.</span>`;
  const link = html`<a href="#${anchor("requirement", result.requirement)}">${capitalised(result.title)}</a>`;
  return html`<li>${chip(markOf(result))} <span>${link}: ${prose(ended(plainly(result.because)))}${waived}</span></li>
`;
}

/** Ids of facts are for readers who look further down. */
function plainly(because: string): string {
  return because.replace(/^(input|kube|cloud|management)\/[a-z-]+: /, "");
}
