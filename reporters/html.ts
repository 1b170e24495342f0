/** report.html: one file to mail and to print. No script, no network, nothing from outside: the policy in its head says so. */
import { masthead } from "./html/masthead.ts";
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
import { html as markup, textOf } from "./html/template.ts";
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
    return textOf(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${symbol} ${word}: ${safe.subject}, ${safe.scope.name} ${safe.scope.version}</title>
<style>${colours}${layout}${filtering}${pageFoot.report(context.reportSha256)}${printing}</style>
</head>
<body>
<div class="page">
<a class="skip" href="#counts">Skip to what counts</a>
${masthead(safe, context)}
<main>
${filter}
${countingSection(safe, context)}${attestedSection(safe, context)}${claimsSection(safe)}${adviceSection(safe, context)}${openSection(safe)}${basisSection(safe)}
</main>
<footer>
<p>Made by ${safe.tool.name} ${safe.tool.version} from report.json. To check it: <code>scs-conformance verify</code> with the folder of this run.</p>
<p>Sentences of the norm: Sovereign Cloud Stack standards, CC BY-SA 4.0.</p>
</footer>
</div>
</body>
</html>
`);
  },
};
