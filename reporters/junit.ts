/**
 * junit.xml: one suite per standard for what binds, one suite per standard for advice. CI systems turn red on any failure or
 * error, so these appear exactly where our verdict is not PASS for lack of conformance or sight: a tested or attested MUST that is
 * disproved is a failure, a tested one that could not be decided is an error. An attestation that is not visible and advice that
 * is not met change neither verdict nor exit code: they are skipped, with a message that says what was found. Nothing undecided
 * ever looks like a pass. The form is that of Jenkins (jenkinsci/xunit-plugin, junit-10.xsd), which allows no properties on a
 * case and counts what is skipped per suite.
 */
import type { Report, Result } from "../src/model/report.ts";
import { uncountedLines, waiverLines, waiverText } from "./claims.ts";
import type { Reporter, ReporterContext } from "./reporter.ts";
import { byStandard, caveats, grouped } from "./summary.ts";
import { plain, plainReport } from "./text/neutralise.ts";
import { subjectsText, valueText } from "./text/value.ts";
import { xmlAttributes, xmlText } from "./text/xml.ts";
import { markOf, verdictSentence } from "./words.ts";

type Kind = "passed" | "failure" | "error" | "skipped";

function kindOf(result: Result): Kind {
  if (result.outcome === "pass") return "passed";
  if (result.outcome === "fail" && result.binding) return "failure";
  return result.outcome === "undetermined" && result.bindingKind === "tested" ? "error" : "skipped";
}

export const junit: Reporter = {
  file: "junit.xml",
  mediaType: "application/xml",
  title: "test results for CI systems",
  render: (report, context) => {
    const safe = plainReport(report);
    const suites = [
      ...byStandard(safe.results.filter((result) => result.binding)).map((one) => ({ ...one, name: one.standard })),
      ...byStandard(safe.results.filter((result) => !result.binding)).map((one) => ({
        ...one,
        name: `${one.standard} (advice)`,
      })),
    ];
    const { skipped: _, ...all } = counts(safe.results);
    const root = { name: `${safe.scope.name} ${safe.scope.version}: ${safe.subject}`, ...all, time: "0" };
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites${xmlAttributes(root)}>`,
      ...suites.flatMap(({ name, results }, index) =>
        suite(name, results, safe, [...properties(safe, context), ...(index === 0 ? claims(safe) : [])]),
      ),
      "</testsuites>",
      "",
    ].join("\n");
  },
};

function counts(results: readonly Result[]) {
  const of = (kind: Kind) => results.filter((result) => kindOf(result) === kind).length;
  return { tests: results.length, failures: of("failure"), errors: of("error"), skipped: of("skipped") };
}

type Property = readonly [name: string, value: string];

function suite(
  name: string,
  results: readonly Result[],
  report: Report,
  properties: readonly Property[],
): readonly string[] {
  const timestamp = report.checkedAt.replace(/Z$/, "");
  return [
    `  <testsuite${xmlAttributes({ name, ...counts(results), time: "0", timestamp, hostname: report.subject })}>`,
    "    <properties>",
    ...properties.map(([key, value]) => `      <property${xmlAttributes({ name: key, value })}/>`),
    "    </properties>",
    ...results.flatMap((result) => testcase(result, name)),
    "  </testsuite>",
  ];
}

function properties(report: Report, context: ReporterContext): readonly Property[] {
  return [
    ["verdict", `${report.verdict}: ${verdictSentence(report)}`],
    ["report.sha256", context.reportSha256],
    ["evidence.sha256", report.evidence.sha256],
    ["gatheredBy", report.gatheredBy],
    ["signedBy", context.signedBy === undefined ? "unsigned" : plain(context.signedBy)],
    ...caveats(report).map((caveat) => ["caveat", caveat] as const),
  ];
}

/** They are about the report as a whole, and stand in its first suite alone. */
function claims(report: Report): readonly Property[] {
  return [
    ...uncountedLines(report).map(({ name, state, text }) => ["declaration", `${state}: ${name}: ${text}`] as const),
    ...waiverLines(report).map(({ name, state, text }) => ["waiver", `${state}: ${name}: ${text}`] as const),
  ];
}

function testcase(result: Result, suiteName: string): readonly string[] {
  const id = result.requirement.slice(result.standard.length + 1) || result.requirement;
  const open = `    <testcase${xmlAttributes({ name: `${id}: ${result.title}`, classname: suiteName, time: "0" })}`;
  const kind = kindOf(result);
  if (kind === "passed") return [`${open}/>`];
  const message = `${markOf(result).word}: ${result.because}`;
  if (kind === "skipped") {
    const skipped = `      <skipped${xmlAttributes({ message })}/>`;
    return [`${open}>`, skipped, ...systemOut(result), "    </testcase>"];
  }
  const type = result.findings[0]?.code ?? result.missing[0]?.reason ?? result.outcome;
  return [
    `${open}>`,
    `      <${kind}${xmlAttributes({ message, type })}>${details(result)}</${kind}>`,
    ...waived(result).map((line) => `      <system-out>${line}</system-out>`),
    "    </testcase>",
  ];
}

/** A waiver stands beside the failure and takes nothing from it. */
function waived({ waiver }: Result): readonly string[] {
  return waiver === undefined ? [] : [xmlText(`waived: ${waiverText(waiver)}`)];
}

function systemOut(result: Result): readonly string[] {
  const lines = [...waived(result), ...(result.findings.length === 0 ? [] : [details(result)])];
  return lines.length === 0 ? [] : [`      <system-out>${lines.join("\n")}</system-out>`];
}

function details(result: Result): string {
  const { remediation, clause } = result;
  return [
    result.because,
    ...grouped(result.findings).map(({ finding, subjects }) => {
      const [expected, actual] = [valueText(finding.expected), valueText(finding.actual)];
      return `${subjectsText(subjects)}: ${finding.message}; expected ${expected}; actual ${actual}`;
    }),
    ...result.missing.map((one) => `${one.fact}: ${one.reason}, needs ${one.resolve}`),
    ...(remediation === undefined ? [] : [`remedy (${remediation.platform}): ${remediation.text}`]),
    `${result.level.toUpperCase()}: ${clause.url}`,
  ]
    .map(xmlText)
    .join("\n");
}
