/** evidence + standards + scope + date -> report. The whole judgement, a pure function: the same input, the same bytes. */
import type { Catalogue } from "../model/catalogue.ts";
import type { AnyCheck } from "../model/check.ts";
import type { Declaration } from "../model/declaration.ts";
import { digestOf, uuidFromDigest } from "../model/digest.ts";
import type { Evidence } from "../model/evidence.ts";
import { factDigests } from "../model/fact-digest.ts";
import type { FactValues } from "../model/facts/index.ts";
import { daysBetween, expiryOf } from "../model/instant.ts";
import type { Report, Result } from "../model/report.ts";
import type { Scope } from "../model/scope.ts";
import type { Instant, Sha256 } from "../model/vocabulary.ts";
import { uncountedDeclarations } from "./declarations.ts";
import { judge, platformOf } from "./judge.ts";
import { bindsUnseen } from "./left-out.ts";
import { requirementsInForce } from "./requirements.ts";
import { type ScopeAsOf, scopeAsOf } from "./scope-as-of.ts";
import { select } from "./selection.ts";
import { worst } from "./verdict.ts";
import { applyWaivers } from "./waivers.ts";

export interface EvaluateInput {
  readonly evidence: Evidence;
  /** SHA-256 of the evidence file's bytes. */
  readonly evidenceSha256: Sha256;
  readonly scope: Scope;
  readonly catalogue: Catalogue;
  readonly checks: readonly AnyCheck[];
  /** What the evidence's declaration files say, signatures looked at. */
  readonly declarations: readonly Declaration[];
  readonly asOf: Instant;
  readonly tool: Report["tool"];
}

export function evaluate(input: EvaluateInput): Report {
  const { evidence, asOf, catalogue, declarations, tool } = input;
  const { gathering } = evidence.facts;
  const { inputs } = evidence;
  const scope = scopeAsOf(input.scope, asOf, inputs.scope.version);
  const inForce = requirementsInForce(catalogue, scope, asOf, inputs.includeProposed);
  const checks = new Map(input.checks.map((check) => [check.id, check]));
  const context = { evidence, checks, declarations, asOf, platform: platformOf(evidence) };
  const judged = select(inForce, inputs.selection).map((requirement) => judge(requirement, context));
  const { subject } = inputs;
  const { results, uses } = applyWaivers(judged, inputs.waivers ?? [], { subject, asOf, catalogue });
  const known = new Set(
    catalogue.standards.flatMap(({ id, requirements }) => requirements.map((one) => `${id}/${one.id}`)),
  );
  const uncounted = uncountedDeclarations({ declarations, known, inForce, results, subject, asOf });
  const testcases = testcaseVerdicts(scope, results, evidence);
  const testcaseVerdict = worst(testcases.map((testcase) => testcase.verdict));
  const attestations = attestationLists(results);
  const binding = results.some((result) => result.binding);
  return {
    schemaVersion: 1,
    id: uuidFromDigest(digestOf([input.evidenceSha256, asOf, catalogue.sha256, { ...tool }])),
    subject,
    verdict: !binding ? "MISS" : attestations.disproved.length > 0 ? "FAIL" : testcaseVerdict,
    testcaseVerdict,
    attestations,
    partial: inputs.selection.only.length + inputs.selection.skip.length > 0 || results.some(bindsUnseen),
    hypothetical: Math.abs(daysBetween(gathering.checkedAt, asOf)) > 1,
    ...(gathering.recorded === true ? { recorded: true } : {}),
    checkedAt: gathering.checkedAt,
    asOf,
    scope: {
      id: input.scope.id,
      uuid: input.scope.uuid,
      name: input.scope.name,
      ...(input.scope.url === undefined ? {} : { url: input.scope.url }),
      version: scope.version,
      status: scope.status,
      submittable: input.scope.submittable,
    },
    selection: inputs.selection,
    tool,
    cluster: clusterOf(evidence),
    gatheredBy: gathering.gatheredBy,
    testcases,
    results: [...results],
    ...(uncounted.length > 0 ? { declarations: [...uncounted] } : {}),
    ...(uses.length > 0 ? { waivers: [...uses] } : {}),
    evidence: { sha256: input.evidenceSha256, facts: factDigests(gathering), ...reductionOf(gathering) },
    standards: { sha256: catalogue.sha256 },
    data: { sha256: inputs.kubernetesReleases.sha256, date: inputs.kubernetesReleases.date },
    ...(gathering.cleanup ? { cleanup: gathering.cleanup } : {}),
    requests: {
      count: gathering.requests.length,
      bytes: gathering.requests.reduce((sum, request) => sum + request.bytes, 0),
    },
  };
}

/** A testcase is the worst of its requirements; one that was not selected is missing from it. */
function testcaseVerdicts(scope: ScopeAsOf, results: readonly Result[], evidence: Evidence): Report["testcases"] {
  return scope.mainTestcases.map((testcase) => {
    const own = results.filter((result) => testcase.requirements.includes(result.requirement));
    const complete = own.length === testcase.requirements.length;
    const { conformanceResults, networkPolicyResults } = evidence.inputs;
    const [imported] = own.filter((result) => result.basis === "imported");
    const policies = imported?.facts.includes("input/network-policy-results") === true;
    const given = policies ? (networkPolicyResults ?? conformanceResults) : conformanceResults;
    const observedAt = (imported ? given?.at : undefined) ?? evidence.facts.gathering.checkedAt;
    return {
      id: testcase.id,
      verdict: worst([...own.map((result) => result.verdict), ...(complete ? [] : (["MISS"] as const))]),
      requirements: [...testcase.requirements],
      observedAt,
      attempted: complete && own.length > 0 && own.every((result) => result.outcome !== "not-run"),
      expiresAt: expiryOf(observedAt, testcase.lifetime),
    };
  });
}

function attestationLists(results: readonly Result[]): Report["attestations"] {
  const inState = (state: string) =>
    results.filter((result) => result.attestation?.state === state).map((result) => result.requirement);
  return {
    due: inState("due"),
    declared: inState("declared"),
    disproved: inState("disproved"),
    hidden: inState("hidden"),
  };
}

function clusterOf(evidence: Evidence): Report["cluster"] {
  const value = <Id extends "kube/identity" | "kube/version" | "kube/nodes">(id: Id): FactValues[Id] | undefined => {
    const fact = evidence.facts.gathering.items[id];
    return fact?.status === "collected" ? (fact.value as FactValues[Id]) : undefined;
  };
  return {
    uid: value("kube/identity")?.uid ?? null,
    version: value("kube/version")?.gitVersion ?? null,
    platform: platformOf(evidence),
    nodes: value("kube/nodes")?.nodes.length ?? null,
  };
}

/** What was done to the evidence after it was gathered: names taken out, facts left out. */
function reductionOf({
  reduced,
  redaction,
}: Evidence["facts"]["gathering"]): Pick<Report["evidence"], "reduced" | "redacted"> {
  return {
    ...(redaction ? { redacted: { names: Object.keys(redaction.names).length } } : {}),
    ...(reduced ? { reduced: { for: reduced.for, evidence: reduced.evidence, leftOut: reduced.leftOut.length } } : {}),
  };
}
