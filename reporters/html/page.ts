/** The page that report.html and matrix.html have in common: no script, nothing from outside, and a policy that holds it to that. */
import { html, type Markup, textOf } from "./template.ts";

export interface PageParts {
  readonly title: string;
  readonly style: Markup;
  /** First stop of the keyboard: past the masthead to what the reader came for. */
  readonly skip: { readonly to: string; readonly text: string };
  readonly masthead: Markup;
  readonly main: Markup;
  /** Who made it of what, and how to check it. */
  readonly made: Markup;
}

export function page({ title, style, skip, masthead, main, made }: PageParts): string {
  return textOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<div class="page">
<a class="skip" href="#${skip.to}">${skip.text}</a>
${masthead}
<main>
${main}
</main>
<footer>
<p>${made}</p>
<p>Sentences of the norm: Sovereign Cloud Stack standards, CC BY-SA 4.0.</p>
</footer>
</div>
</body>
</html>
`);
}
