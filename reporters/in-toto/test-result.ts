/** The predicate test-result v0.1, and ours beside it under one key that other readers pass over. */
import type { Report, Result } from "../../src/model/report.ts";
import { isOpen } from "../summary.ts";

/** Only a verdict of PASS is one; with something noted beside a pass it is a pass with warnings. */
export function testResult(report: Report) {
  const { passed, warned, failed } = tests(report);
  return {
    result: report.verdict !== "PASS" ? "FAILED" : warned.length > 0 ? "WARNED" : "PASSED",
    configuration: configuration(report),
    passedTests: passed,
    warnedTests: warned,
    failedTests: failed,
    scsConformance: ours(report),
  };
}

/** Testcases, and the binding requirements that were asked. What a person has still to answer is no test. */
function tests(report: Report) {
  const asked = report.results.filter(
    (result) => result.binding && (result.bindingKind === "tested" || !isOpen(result)),
  );
  const good = (result: Result) => result.verdict === "PASS";
  const cases = (good: boolean) =>
    report.testcases.filter(({ verdict }) => (verdict === "PASS") === good).map(({ id }) => id);
  const ids = (results: readonly Result[]) => results.map((result) => result.requirement);
  const noted = asked.filter((result) => good(result) && result.findings.length > 0);
  return {
    passed: [...cases(true), ...ids(asked.filter((result) => good(result) && !noted.includes(result)))],
    warned: ids(noted),
    failed: [...cases(false), ...ids(asked.filter((result) => !good(result)))],
  };
}

/** What was judged, and by what: ResourceDescriptors (in-toto/attestation, spec/v1/resource_descriptor.md). */
function configuration({ data, evidence, scope, standards, tool }: Report) {
  const source = scope.url !== undefined && /^https:\/\/\S+$/.test(scope.url) ? scope.url : `urn:uuid:${scope.uuid}`;
  return [
    { name: `scope ${scope.name} ${scope.version}`, uri: source },
    { name: "standards", digest: { sha256: standards.sha256 } },
    { name: `release and CVE data of ${data.date}`, digest: { sha256: data.sha256 } },
    { name: "evidence.json", digest: { sha256: evidence.sha256 } },
    { name: `${tool.name} ${tool.version}, judging sources`, digest: { sha256: tool.sha256 } },
  ];
}

function ours(report: Report) {
  const { attestations, asOf, checkedAt, cluster, gatheredBy, id, partial, scope, subject, testcaseVerdict } = report;
  return {
    schemaVersion: 1,
    report: id,
    subject,
    verdict: report.verdict,
    testcaseVerdict,
    checkedAt,
    asOf,
    partial,
    gatheredBy,
    cluster,
    scope: { id: scope.id, uuid: scope.uuid, version: scope.version },
    testcases: report.testcases.map((testcase) => ({
      id: testcase.id,
      verdict: testcase.verdict,
      attempted: testcase.attempted,
      observedAt: testcase.observedAt,
      ...(testcase.expiresAt === undefined ? {} : { expiresAt: testcase.expiresAt }),
    })),
    outcomes: Object.fromEntries(report.results.map(({ requirement, outcome }) => [requirement, outcome])),
    attestations,
  };
}
