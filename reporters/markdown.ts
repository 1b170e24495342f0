/** report.md: a comment or a job summary. Fits into a GitHub comment (65,536 characters; counted in bytes, which are never fewer). */
import type { Report, Result } from "../src/model/report.ts";
import { type ClaimLine, uncountedLines, waiverLines, waiverText } from "./claims.ts";
import { consoleForecast, monitorForecast } from "./elsewhere.ts";
import type { Reporter, ReporterContext } from "./reporter.ts";
import { advisory, attested, caveats, defects, grouped, openBy, tested, unlisted } from "./summary.ts";
import { tallyText } from "./tally.ts";
import { fitted, markdownCode, markdownLink, markdownProse, markdownText } from "./text/markdown.ts";
import { plain, plainReport } from "./text/neutralise.ts";
import { subjectsText, valueText } from "./text/value.ts";
import { tracesText } from "./traces.ts";
import { basisText, clusterText, counted, markOf, seen, timeOf, verdictMark, verdictSentence } from "./words.ts";

const limit = 65_000;
const shown = 10;

export const markdown: Reporter = {
  file: "report.md",
  mediaType: "text/markdown",
  title: "a comment or a job summary",
  render: (report, context) => {
    const safe = plainReport(report);
    const body = [head(safe), counting(safe), attestations(safe), claims(safe), advice(safe), open(safe), broken(safe)];
    return fitted(body.filter((part) => part !== "").join("\n\n"), `\n\n${closing(safe, context)}\n`, limit);
  },
};

function head(report: Report): string {
  const { symbol, word } = verdictMark(report.verdict);
  const traces = tracesText(report);
  return [
    ...caveats(report).map((caveat) => `> **!** ${markdownText(caveat)}\n`),
    `## ${symbol} ${word}: ${markdownText(`${report.subject}: ${verdictSentence(report)}`)}`,
    "",
    `${markdownText(clusterText(report.cluster))}; seen ${timeOf(report.checkedAt)} at tier ${report.selection.tier}${traces === undefined ? "" : `; ${traces}`}.`,
  ].join("\n");
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(heads), row(heads.map(() => "---")), ...rows.map(row)].join("\n");
}

const markText = (result: Result): string => `${markOf(result).symbol} ${markOf(result).word}`;

function resultRow(result: Result): readonly string[] {
  const basis = basisText(result) === "" ? "" : ` (${basisText(result)})`;
  const name = markdownLink(result.requirement, result.clause.url);
  return [`${markText(result)}${basis}`, name, result.level.toUpperCase(), markdownProse(result.because)];
}

const resultHeads = ["result", "requirement", "level", "because"];

function counting(report: Report): string {
  const cases = tested(report).map(({ testcase }) => {
    const { symbol, word } = verdictMark(testcase.verdict);
    return [`${symbol} ${word}`, markdownCode(testcase.id), seen(testcase)];
  });
  const results = [...tested(report).flatMap((group) => group.results), ...unlisted(report)];
  const lists = [table(["verdict", "testcase", "seen"], cases), table(resultHeads, results.map(resultRow))];
  return ["### What counts", ...lists, ...failures(results)].join("\n\n");
}

function attestations(report: Report): string {
  const results = attested(report);
  if (results.length === 0) return "";
  const rows = results.map((result) => {
    const state = result.attestation?.state ?? "measured";
    return [...resultRow(result), state === "hidden" ? "not visible" : state];
  });
  const title = "### Attested\n\nThese bind, but no testcase counts any of them.";
  return [title, table([...resultHeads, "attestation"], rows), ...failures(results)].join("\n\n");
}

function claims(report: Report): string {
  const part = (title: string, heads: readonly string[], lines: readonly ClaimLine[]) => {
    const rows = lines.map(({ state, name, text }) => [state, markdownCode(name), markdownText(text)]);
    return rows.length === 0 ? [] : [`### ${title}`, table(heads, rows)];
  };
  return [
    ...part("Declarations that do not count", ["state", "requirement", "why"], uncountedLines(report)),
    ...part("Waivers", ["state", "waiver", "why"], waiverLines(report)),
  ].join("\n\n");
}

function advice(report: Report): string {
  const groups = advisory(report);
  if (groups.length === 0) return "";
  return [
    "### Advice\n\nNone of this changes the verdict.",
    ...groups.map(({ standard, status, results }) => {
      const rows = results.filter((result) => result.outcome === "fail");
      const list = rows.length === 0 ? [] : [table(resultHeads, rows.map(resultRow))];
      return [`**${markdownText(standard)}** (${status}): ${tallyText(results)}`, ...list, ...failures(rows)].join(
        "\n\n",
      );
    }),
  ].join("\n\n");
}

function failures(results: readonly Result[]): readonly string[] {
  return results.filter((result) => result.outcome === "fail").map(failure);
}

function failure(result: Result): string {
  const groups = grouped(result.findings);
  const rest = groups.length - shown;
  const { remediation, waiver } = result;
  return [
    ...(waiver === undefined ? [] : [`**Waived** ${markdownText(`${result.requirement}: ${waiverText(waiver)}`)}\n`]),
    `<details><summary>${markOf(result).symbol} ${markdownText(result.requirement)}: what was found</summary>\n`,
    table(
      ["subject", "found", "expected", "actual"],
      groups
        .slice(0, shown)
        .map(({ finding, subjects }) => [
          markdownText(subjectsText(subjects)),
          markdownProse(finding.message),
          markdownText(valueText(finding.expected)),
          markdownText(valueText(finding.actual)),
        ]),
    ),
    ...(rest > 0 ? [`\nand ${counted(rest, "more finding")}.`] : []),
    ...(remediation === undefined
      ? []
      : [`\n**Remedy** (${remediation.platform}): ${markdownProse(remediation.text)}`]),
    "\n</details>",
  ].join("\n");
}

function open(report: Report): string {
  const groups = openBy(report).map(({ resolve, requirements, binding }) => {
    const counts = binding === 0 ? "" : ` (${binding} binding)`;
    return `- ${requirements.length} ${requirements.length === 1 ? "needs" : "need"} ${markdownProse(resolve)}${counts}`;
  });
  return groups.length === 0 ? "" : `### Open\n\n${groups.join("\n")}`;
}

function broken(report: Report): string {
  const items = defects(report).map(
    (result) => `- Check of ${markdownText(`${result.requirement}: ${result.because}`)}`,
  );
  return items.length === 0 ? "" : `### Defects of this tool\n\n${items.join("\n")}`;
}

function closing(report: Report, context: ReporterContext): string {
  const signer = context.signedBy === undefined ? "not signed" : `signed by ${plain(context.signedBy)}`;
  return [
    "---",
    "",
    `- **Our verdict:** ${report.verdict}, ${markdownText(verdictSentence(report))}`,
    `- **The monitor will show:** ${markdownText(monitorForecast(report).text)}`,
    `- **The console runner prints:** ${markdownCode(consoleForecast(report).text)}`,
    "",
    `report.json ${markdownCode(`sha256:${context.reportSha256}`)}, ${markdownText(signer)}`,
  ].join("\n");
}
