/** What differs between two runs, phrase by phrase, and what cannot be ruled out where evidence is missing. */
import type { Cause, Difference } from "../../model/comparison.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { Report, Result } from "../../model/report.ts";
import { differingFacts, differingInputs, flakyFacts } from "./mixed-evidence.ts";

export interface Run {
  readonly report: Report;
  /** The evidence that the report names; undefined when it is not at hand. */
  readonly evidence?: Evidence | undefined;
}

export function differencesOf(before: Run, after: Run): readonly Difference[] {
  const [a, b] = [before.report, after.report];
  return [
    ...factDifferences(before, after),
    ...ruleDifferences(before, after),
    ...changed("tool", "judged by", toolText(a), toolText(b)),
    ...changed("data", "release data", dataText(a), dataText(b)),
    ...inputDifferences(before, after),
  ];
}

function changed(cause: Cause, what: string, a: string | null, b: string | null): readonly Difference[] {
  return a === b ? [] : [{ cause, what: `${what} ${a ?? "not visible"}, then ${b ?? "not visible"}` }];
}

const toolText = ({ tool }: Report): string => `${tool.name} ${tool.version} (${tool.sha256.slice(0, 12)})`;
const dataText = ({ data }: Report): string => `of ${data.date} (${data.sha256.slice(0, 12)})`;

function factDifferences(before: Run, after: Run): readonly Difference[] {
  const [a, b] = [before.report, after.report];
  const flaky =
    before.evidence && after.evidence
      ? flakyFacts(before.evidence.facts.gathering, after.evidence.facts.gathering)
      : new Set<string>();
  const ids =
    before.evidence && after.evidence ? differingFacts(before.evidence, after.evidence) : differingDigests(a, b);
  const steady = ids.filter((id) => !flaky.has(id));
  return [
    ...changed("cluster", "cluster", a.cluster.uid, b.cluster.uid),
    ...changed("cluster", "Kubernetes", a.cluster.version, b.cluster.version),
    ...(steady.length > 0 ? [{ cause: "cluster", what: `facts ${steady.join(", ")}` } as const] : []),
    ...(flaky.size > 0
      ? [
          {
            cause: "flake",
            what: `facts that one run lost to timeouts or an overloaded server: ${[...flaky].join(", ")}`,
          } as const,
        ]
      : []),
  ];
}

function ruleDifferences(before: Run, after: Run): readonly Difference[] {
  const [a, b] = [before.report, after.report];
  const scopeText = ({ scope }: Report) => `${scope.id} ${scope.version} (${scope.status})`;
  const definition = before.evidence?.inputs.scope.sha256 !== after.evidence?.inputs.scope.sha256;
  return [
    ...changed("rule", "scope", scopeText(a), scopeText(b)),
    ...(definition && before.evidence && after.evidence && scopeText(a) === scopeText(b)
      ? [{ cause: "rule", what: "the definition of the scope" } as const]
      : []),
    ...changed("rule", "standards", a.standards.sha256.slice(0, 12), b.standards.sha256.slice(0, 12)),
    ...changed("rule", "judged as of", a.asOf, b.asOf),
  ];
}

function inputDifferences(before: Run, after: Run): readonly Difference[] {
  if (before.evidence && after.evidence) {
    const names = differingInputs(before.evidence.inputs, after.evidence.inputs);
    return names.length > 0 ? [{ cause: "input", what: names.join(", ") }] : [];
  }
  return changed("input", "subject", before.report.subject, after.report.subject);
}

/** Facts, as far as the reports alone tell, whose digests differ. */
export function differingDigests(before: Report, after: Report): readonly string[] {
  const digests = (report: Report) => new Map(report.evidence.facts.map(({ id, sha256 }) => [id, sha256]));
  const [a, b] = [digests(before), digests(after)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((id) => a.get(id) !== b.get(id)).sort();
}

/** What cannot be ruled out without evidence. Facts with the same digest are the same. */
export function possibleCauses(
  { report: before }: Run,
  { report: after }: Run,
  looked: readonly Result[],
): readonly Cause[] {
  const versions: readonly Cause[] = [
    ...(before.tool.sha256 === after.tool.sha256 ? [] : (["tool"] as const)),
    ...(before.standards.sha256 === after.standards.sha256 && before.asOf === after.asOf ? [] : (["rule"] as const)),
  ];
  if (before.evidence.sha256 === after.evidence.sha256) return versions;
  const differing = new Set(differingDigests(before, after));
  // results that looked at nothing may have been judged without evidence for them
  const facts = looked.some((result) => result.facts.some((id) => differing.has(id)));
  return [
    ...(facts ? (["cluster", "flake"] as const) : []),
    ...new Set<Cause>([...versions, "rule"]),
    ...(before.data.sha256 === after.data.sha256 ? [] : (["data"] as const)),
    "input",
  ];
}
