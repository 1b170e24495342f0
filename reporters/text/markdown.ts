/** Text as GitHub-flavoured Markdown shows it literally, in table cells too. */

import { spans } from "./spans.ts";

/** Characters that mean something inside a line of Markdown, or in the HTML it may carry. */
const special = /[\\`*_{}[\]<>|~&$@#]/g;

/**
 * Every special character as an entity: it renders as itself and starts no tag, link or command. Mentions and references are
 * looked for after rendering, so `@` and `#` and the like get a zero-width space too. Blocks cannot start: our own words
 * always come first on a line.
 */
export function markdownText(text: string): string {
  return text
    .replace(/\b(GH|https?|ftp|www)(?=[-:.])/gi, "$1\u200b")
    .replace(special, (character) => `&#${character.charCodeAt(0)};${"@#".includes(character) ? "&#8203;" : ""}`)
    .replaceAll("\u200b", "&#8203;");
}

/** Text of messages: backticks as code, everything else as it is. */
export function markdownProse(text: string): string {
  return spans(text)
    .map((span) => (span.code ? markdownCode(span.text) : markdownText(span.text)))
    .join("");
}

/** In the type of code. A tag, because a code span has no escapes. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`;
}

/** An address of a page as a link, if it is one of ours: https, no characters that end the link. */
export function markdownLink(label: string, url: string): string {
  return /^https:\/\/[A-Za-z0-9._~:/?#=&%-]+$/.test(url) ? `[${markdownText(label)}](${url})` : markdownText(label);
}

const fold = "\n\n</details>";

/** Cuts at line ends so that `text` and `ending` fit into `limit` bytes of UTF-8; says that it did. */
export function fitted(text: string, ending: string, limit: number): string {
  const size = (part: string) => new TextEncoder().encode(part).length;
  if (size(text) + size(ending) <= limit) return text + ending;
  const note = "\n\n_Cut here. Full report: report.json and report.html of this run._\n";
  let left = limit - size(ending) - size(note) - size(fold);
  const kept: string[] = [];
  for (const line of text.split("\n")) {
    left -= size(line) + 1;
    if (left < 0) break;
    kept.push(line);
  }
  // an unclosed fold would hide the note and the ending
  const folds =
    kept.filter((line) => line.startsWith("<details>")).length - kept.filter((line) => line === "</details>").length;
  return kept.join("\n") + fold.repeat(folds) + note + ending;
}
