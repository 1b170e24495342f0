/** A review in words: for a comment or a check run in Markdown, for a terminal as lines, for a check run as annotations. */
import { fitted, markdownCode, markdownText } from "../../../reporters/text/markdown.ts";
import { plain } from "../../../reporters/text/neutralise.ts";
import { verdictMark } from "../../../reporters/words.ts";
import type { Annotation } from "../../github/check-run.ts";
import type { Review, ReviewedReport, ReviewLayer } from "./review.ts";

/** GitHub takes 65,535 characters; counted in bytes, which are never fewer, with room for a marker. */
const limit = 65_000;
const shown = 50;

export const stateWords = {
  holds: "holds",
  fails: "does not hold",
  open: "could not be checked in full, or needs a person",
} as const;

const marks = {
  ok: "ok",
  none: "none",
  bad: "**bad**",
  untrusted: "**untrusted**",
  unchecked: "open",
  differs: "open",
};

/** One line: what came out for the submission. */
export function headline(review: Review): string {
  if (review.reports.length === 0) return "There is no report in it";
  const told = review.reports.map(({ report, folder }) =>
    report ? `${plain(report.subject)} ${report.verdict}` : folder,
  );
  const more = told.length > 3 ? `, and ${told.length - 3} more` : "";
  return `${told.slice(0, 3).join(", ")}${more}: ${stateWords[review.state]}`;
}

/** Conclusion of a check run: green is only what holds and is conformant. */
export function conclusionOf({ state, reports }: Review): "success" | "failure" | "neutral" {
  if (state === "fails") return "failure";
  if (state === "open") return "neutral";
  return reports.every(({ report }) => report?.verdict === "PASS") ? "success" : "neutral";
}

export function reviewMarkdown(review: Review): string {
  const body = [
    `## ${markdownText(headline(review))}`,
    ...(review.remarks.length > 0 ? [layerTable(review.remarks)] : []),
    ...review.reports.map(reportPart),
  ].join("\n\n");
  const closing =
    "Signers were judged by the accepted `allowed_signers`, never by this submission's own; nothing of it was run.";
  return fitted(body, `\n\n---\n\n${closing}\n`, limit);
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function layerTable(layers: readonly ReviewLayer[]): string {
  const rows = layers.slice(0, shown).map(({ name, state, detail, lines = [] }) => {
    const further = lines.slice(0, 10).map((line) => `<br>${markdownText(plain(line))}`);
    return row([name, marks[state], `${markdownText(plain(detail))}${further.join("")}`]);
  });
  const rest = layers.length > shown ? [`\nand ${layers.length - shown} more.`] : [];
  return [row(["layer", "state", "what"]), row(["---", "---", "---"]), ...rows, ...rest].join("\n");
}

function reportPart({ folder, report, reportSha256, state, layers, changes, due }: ReviewedReport): string {
  const { symbol, word } = report ? verdictMark(report.verdict) : { symbol: "", word: "no report" };
  const title = report ? `${symbol} ${word}: ${markdownText(plain(report.subject))}` : "No report";
  const scope = report && `${report.scope.id} ${report.scope.version}, seen ${report.checkedAt}`;
  const since = changes.since === undefined ? "" : ` since ${changes.since}`;
  return [
    `### ${title}`,
    `${markdownCode(folder)} **${stateWords[state]}**${scope === undefined ? "" : `; ${markdownText(plain(scope))}`}`,
    layerTable(layers),
    ...(report
      ? [lines(`Changes${since}`, changes.lines, since === "" ? "the first report on this subject" : "none")]
      : []),
    ...(due.length > 0 ? [lines("Left to people", due, "")] : []),
    ...(reportSha256 === undefined ? [] : [`report.json ${markdownCode(`sha256:${reportSha256}`)}`]),
  ].join("\n\n");
}

function lines(title: string, all: readonly string[], otherwise: string): string {
  if (all.length === 0) return `**${title}**: ${otherwise}`;
  const items = all.slice(0, shown).map((line) => `- ${markdownText(plain(line))}`);
  const rest = all.length > shown ? [`- and ${all.length - shown} more`] : [];
  return [`<details><summary>${title}: ${all.length}</summary>\n`, ...items, ...rest, "\n</details>"].join("\n");
}

/** One for each layer that does not hold. */
export function annotationsOf(review: Review): readonly Annotation[] {
  const of = (path: string, layers: readonly ReviewLayer[]) =>
    layers.flatMap(({ name, state, detail }): readonly Annotation[] => {
      if (state === "ok" || state === "none") return [];
      const level = state === "bad" || state === "untrusted" ? "failure" : "warning";
      return [{ path, level, title: `${name}: ${state}`, message: plain(detail) }];
    });
  const place = review.reports[0] ? `${review.reports[0].folder}/report.json` : "reports";
  return [
    ...of(place, review.remarks),
    ...review.reports.flatMap(({ folder, layers }) => of(`${folder}/report.json`, layers)),
  ];
}

/** For a terminal, one line each. */
export function reviewLines(review: Review): readonly string[] {
  const layer = ({ name, state, detail, lines: more = [] }: ReviewLayer) => [
    `  ${name.padEnd(15)}${state.padEnd(11)}${plain(detail)}`,
    ...more.slice(0, shown).map((line) => `${" ".repeat(28)}${plain(line)}`),
  ];
  return [
    ...(review.remarks.length > 0 ? ["The submission as a whole:", ...review.remarks.flatMap(layer)] : []),
    ...review.reports.flatMap(({ folder, report, state, layers, changes, due }) => [
      `${folder}: ${report ? `${plain(report.subject)}, ${report.verdict}, ` : ""}${stateWords[state]}`,
      ...layers.flatMap(layer),
      ...changes.lines.map((line) => `  changed        ${plain(line)}`),
      ...due.map((line) => `  for people     ${plain(line)}`),
    ]),
    `${plain(review.name)}: ${headline(review)}.`,
  ];
}
