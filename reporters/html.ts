/** report.html: one file to mail and to print. No script, no network, nothing from outside: the policy in its head says so. */
import { masthead } from "./html/masthead.ts";
import { page } from "./html/page.ts";
import {
  adviceSection,
  attestedSection,
  basisSection,
  claimsSection,
  countingSection,
  openSection,
} from "./html/sections.ts";
import { colours, layout } from "./html/style.ts";
import { filtering, pageFoot, printing } from "./html/style-modes.ts";
import { html as markup } from "./html/template.ts";
import type { Reporter } from "./reporter.ts";
import { plainReport } from "./text/neutralise.ts";
import { verdictMark } from "./words.ts";

const filter = markup`<fieldset class="filter"><legend>Show</legend>
<input type="radio" name="show" id="show-all" checked><label for="show-all">all</label>
<input type="radio" name="show" id="show-against"><label for="show-against">failures and advice not met</label>
<input type="radio" name="show" id="show-open"><label for="show-open">open</label>
<input type="radio" name="show" id="show-for"><label for="show-for">passes</label>
</fieldset>`;

export const html: Reporter = {
  file: "report.html",
  mediaType: "text/html",
  title: "one page to read, mail and print",
  render: (report, context) => {
    const safe = plainReport(report);
    const { symbol, word } = verdictMark(safe.verdict);
    return page({
      title: `${symbol} ${word}: ${safe.subject}, ${safe.scope.name} ${safe.scope.version}`,
      style: markup`${colours}${layout}${filtering}${pageFoot.report(context.reportSha256)}${printing}`,
      skip: { to: "counts", text: "Skip to what counts" },
      masthead: masthead(safe, context),
      main: markup`${filter}
${countingSection(safe, context)}${attestedSection(safe, context)}${claimsSection(safe)}${adviceSection(safe, context)}${openSection(safe)}${basisSection(safe)}`,
      made: markup`Made by ${safe.tool.name} ${safe.tool.version} from report.json. To check it: <code>scs-conformance verify</code> with the folder of this run.`,
    });
  },
};
