/** How the page looks on a screen. */
import { css } from "./template.ts";

/** Colours of both schemes; every text colour has a contrast of at least 4.5 to both its backgrounds. */
export const colours = css`
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #ffffff; --ink: #1b1e22; --soft: #565c64; --line: #dedbd3; --link: #0b4f94;
  --good: #0b6237; --good-tint: #e4f3ea; --bad: #a51d17; --bad-tint: #fbe7e5; --open: #7a4d00; --open-tint: #fdf0d5;
  --advice: #5c3a94; --advice-tint: #efe8fa; --quiet: #50565e; --quiet-tint: #eeede9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161a; --card: #1c1f25; --ink: #e9e7e2; --soft: #a9aeb6; --line: #343841; --link: #8ec1ff;
    --good: #7ddba4; --good-tint: #14301f; --bad: #ff9d94; --bad-tint: #3d1916; --open: #f3c46b; --open-tint: #37290c;
    --advice: #c9b1f7; --advice-tint: #2b2140; --quiet: #b3b8c0; --quiet-tint: #2a2d34;
  }
}
.good { --tone: var(--good); --tint: var(--good-tint); }
.bad { --tone: var(--bad); --tint: var(--bad-tint); }
.open { --tone: var(--open); --tint: var(--open-tint); }
.advice { --tone: var(--advice); --tint: var(--advice-tint); }
.quiet { --tone: var(--quiet); --tint: var(--quiet-tint); }
`;

export const layout = css`
*, ::before, ::after { box-sizing: border-box; }
html { font: 1rem/1.55 "Segoe UI", system-ui, "Helvetica Neue", "Noto Sans", sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere; }
.page { max-width: 60rem; margin: 0 auto; padding: clamp(1rem, 4vw, 3rem); }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, input:focus-visible + label { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
code, pre, .mono { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .875em; }
h1, h2, h3, h4, p, dl, dd, pre, table, ul { margin: 0; }
h1 { font-size: clamp(1.6rem, 5vw, 2.5rem); line-height: 1.15; letter-spacing: -.02em; font-weight: 650; }
h2 { font-size: 1.45rem; line-height: 1.25; letter-spacing: -.01em; font-weight: 650; margin-top: 3.5rem; padding-top: 1rem; border-top: 3px solid var(--ink); }
h3 { font-size: 1.05rem; font-weight: 650; margin-top: 1.75rem; display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: baseline; }
.note { color: var(--soft); margin-top: .35rem; max-width: 44rem; }
.overline { font-size: .8rem; letter-spacing: .08em; text-transform: uppercase; color: var(--soft); margin-bottom: .6rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; }

.chip { display: inline-block; white-space: nowrap; font-weight: 600; font-size: .85rem; line-height: 1.5; padding: 0 .55rem; border-radius: 1rem;
  color: var(--tone); background: var(--tint); border: 1px solid color-mix(in srgb, var(--tone) 35%, transparent); }
.chips { display: flex; flex-wrap: wrap; gap: .35rem; }
.caveat { color: var(--open); background: var(--open-tint); border: 1px solid currentColor; border-radius: .5rem; padding: .6rem .9rem; margin-bottom: 1rem; font-weight: 600; }

.verdict { display: grid; grid-template-columns: auto 1fr; gap: 0 1.1rem; align-items: center; margin: 1.6rem 0; padding: 1.1rem 1.3rem;
  color: var(--tone); background: var(--tint); border: 1px solid color-mix(in srgb, var(--tone) 35%, transparent); border-radius: .75rem; }
.verdict .sign { grid-row: span 2; font-size: 2.6rem; line-height: 1; width: 1.1em; text-align: center; font-weight: 700; }
.verdict strong { font-size: 1.35rem; letter-spacing: .01em; line-height: 1.2; }
h2.why { font-size: 1.05rem; margin-top: 0; padding-top: 0; border-top: 0; }
ul.reasons { list-style: none; padding: 0; margin: .5rem 0 1.8rem; display: grid; grid-template-columns: auto 1fr; gap: .45rem .8rem; }
ul.reasons li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: baseline; }
ul.reasons .chip { justify-self: start; }
.facts { display: grid; grid-template-columns: 14rem 1fr; gap: .3rem 1.5rem; align-items: baseline; }
.note + .facts { margin-top: 1.2rem; }
.block .facts { grid-template-columns: 10rem 1fr; gap: 0 1rem; }
.facts dt { color: var(--soft); }
.facts dd { min-width: 0; }
.forecast { margin-top: 1.6rem; padding-top: 1.1rem; border-top: 1px solid var(--line); }

table { border-collapse: collapse; width: 100%; margin-top: 1rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); font-size: .9rem; padding-bottom: .35rem; }
th, td { text-align: left; vertical-align: baseline; overflow-wrap: break-word; padding: .45rem .8rem .45rem 0; border-top: 1px solid var(--line); font-weight: 400; }
th.mono, td.mono { overflow-wrap: anywhere; }
thead th { border-top: 0; border-bottom: 2px solid var(--ink); font-size: .85rem; font-weight: 600; }
tbody th { font-weight: 600; min-width: 6.5rem; }
tbody tr:first-child > * { border-top: 0; }

.result { background: var(--card); border: 1px solid var(--line); border-left: .3rem solid var(--tone); border-radius: .4rem; padding: .8rem 1rem; margin-top: .7rem; }
.result:target { outline: 3px solid var(--link); }
.result h3, .result h4 { font-size: 1rem; font-weight: 600; margin: 0; display: inline; }
.bar { display: flex; flex-wrap: wrap; gap: .2rem .7rem; align-items: baseline; }
.meta { color: var(--soft); font-size: .875rem; display: flex; flex-wrap: wrap; gap: 0 .9rem; margin-top: .1rem; }
.because { margin-top: .4rem; }
.block { margin-top: .8rem; padding-top: .7rem; border-top: 1px dashed var(--line); }
.block > b:first-child { display: block; font-size: .85rem; color: var(--soft); font-weight: 600; }
.finding + .finding { margin-top: .7rem; }
.finding dl { display: grid; grid-template-columns: 5rem 1fr; gap: 0 .8rem; margin-top: .15rem; }
.finding dt { color: var(--soft); }
.finding dd { min-width: 0; }
blockquote { margin: 0; padding-left: .8rem; border-left: 3px solid var(--line); font-family: Georgia, "Noto Serif", serif; font-style: italic; }
details > summary { cursor: pointer; color: var(--link); font-size: .9rem; margin-top: .5rem; width: fit-content; }
pre { white-space: pre-wrap; background: var(--quiet-tint); border-radius: .4rem; padding: .7rem .9rem; margin-top: .4rem; font-size: .8rem; line-height: 1.5; }
ul.open-list { list-style: none; padding: 0; margin-top: 1rem; }
ul.open-list li { display: grid; grid-template-columns: 2.2rem 1fr; gap: 0 .8rem; align-items: baseline; padding: .5rem 0; border-top: 1px solid var(--line); }
ul.open-list .count { font-size: 1.5rem; line-height: 1.1; font-weight: 650; font-variant-numeric: tabular-nums; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
footer p + p { margin-top: .5rem; }
@media (max-width: 34rem) {
  .facts, .block .facts { grid-template-columns: 1fr; gap: 0; }
  .aside { display: none; }
  ul.reasons li { display: block; }
  th, td { padding-right: .5rem; }
  .facts dd { margin-bottom: .55rem; }
  .finding dl { grid-template-columns: 1fr; }
  .verdict { padding: .9rem; gap: 0 .8rem; }
  .verdict .sign { font-size: 2rem; }
}
`;
