/** How the page is filtered, and how it is printed. */
import type { Sha256 } from "../../src/model/vocabulary.ts";
import { css } from "./template.ts";

/** Filtering without script: radio buttons and :has. A browser that knows no :has shows everything. */
export const filtering = css`
.filter { border: 0; padding: 0; margin: 2.2rem 0 0; display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; }
.filter legend { float: left; padding: 0; margin-right: .6rem; color: var(--soft); }
.filter input { position: absolute; opacity: 0; width: 1px; height: 1px; }
.filter label { cursor: pointer; border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .8rem; background: var(--card); }
.filter input:checked + label { background: var(--ink); color: var(--paper); border-color: var(--ink); }
.none { display: none; color: var(--soft); margin-top: 1rem; }
@media screen {
  .page:has(#show-against:checked) .result:not(.is-against), .page:has(#show-open:checked) .result:not(.is-open),
  .page:has(#show-for:checked) .result:not(.is-for),
  .page:has(#show-against:checked) .group:not(:has(.is-against)), .page:has(#show-open:checked) .group:not(:has(.is-open)),
  .page:has(#show-for:checked) .group:not(:has(.is-for)) { display: none; }
  .page:has(#show-against:checked) .results:not(:has(.is-against)) .none, .page:has(#show-open:checked) .results:not(:has(.is-open)) .none,
  .page:has(#show-for:checked) .results:not(:has(.is-for)) .none { display: block; }
}
`;

/** The digest at the foot of every page, so that paper can be matched to the sealed file. */
export const pageFoot = {
  report: (sha256: Sha256) => css`
@page { size: A4; margin: 16mm 16mm 20mm;
  @bottom-left { content: "report.json sha256:${sha256}"; font: 7pt ui-monospace, monospace; color: #444; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif; color: #444; } }
`,
  matrix: (sha256: Sha256) => css`
@page { size: A4 landscape; margin: 16mm 16mm 20mm;
  @bottom-left { content: "matrix.json sha256:${sha256}"; font: 7pt ui-monospace, monospace; color: #444; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif; color: #444; } }
`,
};

/** Paper: black on white, everything unfolded, heads of tables on every page. */
export const printing = css`@media print {
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --link: #000;
    --good: #0b6237; --good-tint: #fff; --bad: #a51d17; --bad-tint: #fff; --open: #7a4d00; --open-tint: #fff;
    --advice: #5c3a94; --advice-tint: #fff; --quiet: #50565e; --quiet-tint: #f4f4f2; }
  html { font-size: 10pt; }
  .page { max-width: none; padding: 0; }
  .filter, .skip, .result > details > summary { display: none; }
  details > summary { color: var(--soft); list-style: none; }
  details > summary::-webkit-details-marker { display: none; }
  .facts { grid-template-columns: 9.5rem 1fr; }
  details::details-content { content-visibility: visible; block-size: auto; opacity: 1; }
  details:not([open]) > :not(summary) { display: block; }
  thead { display: table-header-group; }
  tr, .finding, .verdict, .facts > *, .open-list li, blockquote { break-inside: avoid; }
  .result { break-inside: auto; box-decoration-break: clone; }
  .bar, .meta, h2, h3, h4, caption { break-after: avoid; }
  h2 { margin-top: 2rem; }
  .clause a::after { content: " " attr(href); font-size: .85em; }
  a { text-decoration: none; }
}
`;
