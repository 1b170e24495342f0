/** Small parts that every section uses. */
import type { Result } from "../../src/model/report.ts";
import { tally } from "../tally.ts";
import { spans } from "../text/spans.ts";
import type { Mark } from "../words.ts";
import { html, type Markup } from "./template.ts";

/** Symbol and word; the colour only repeats them. */
export function chip(mark: Mark): Markup {
  return html`<span class="chip ${mark.tone}"><span aria-hidden="true">${mark.symbol}</span> ${mark.word}</span>`;
}

/** How many results of each kind, as chips with a number. */
export function tallyChips(results: readonly Result[]): Markup {
  const chips = tally(results).map(({ mark, count }) => chip({ ...mark, word: `${count} ${mark.word}` }));
  return html`<span class="chips">${chips}</span>`;
}

/** Text of messages: backticks set code. */
export function prose(text: string): Markup {
  return html`${spans(text).map((span) => (span.code ? html`<code>${span.text}</code>` : html`${span.text}`))}`;
}

/** A link to a page, if it is one: anything but https stays text. */
export function link(url: string, label: string): Markup {
  return /^https:\/\/[^\s"<>]+$/.test(url)
    ? html`<a href="${url}" rel="noopener noreferrer">${label}</a>`
    : html`${label}`;
}

/** Fragment that a requirement or a fact is found under. */
export function anchor(kind: "requirement" | "fact", id: string): string {
  return `${kind}-${id.replace(/[^A-Za-z0-9.]+/g, "-")}`;
}
