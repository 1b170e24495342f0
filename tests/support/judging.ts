/** A tiny catalogue, scope and evidence to judge in tests: every part can be replaced. */
import { Type } from "@sinclair/typebox";
import { type EvaluateInput, evaluate } from "../../src/engine/evaluate.ts";
import { sealEvidence } from "../../src/evidence/seal.ts";
import { type AnyCheck, type Check, defineCheck, type Needs } from "../../src/model/check.ts";
import type { Declaration } from "../../src/model/declaration.ts";
import { digestOf, sha256 } from "../../src/model/digest.ts";
import type { Gathering, Inputs, StoredFact } from "../../src/model/evidence.ts";
import { pass } from "../../src/model/finding.ts";
import type { Json } from "../../src/model/json.ts";
import type { Report } from "../../src/model/report.ts";
import type { Scope } from "../../src/model/scope.ts";
import type { Requirement, Standard, Statement } from "../../src/model/standard.ts";
import type { UnavailableReason } from "../../src/model/vocabulary.ts";
import type { Waiver } from "../../src/model/waiver.ts";

export const checkedAt = "2026-11-23T10:00:00Z";

export function statement(over: Partial<Statement> = {}): Statement {
  const text = over.text ?? "It MUST hold.";
  return {
    from: "2024-01-01",
    level: "must",
    keyword: "MUST",
    section: "Decision",
    anchor: "decision",
    text,
    sha256: sha256(text),
    ...over,
  };
}

export function requirement(id: string, over: Partial<Requirement> = {}): Requirement {
  return { id, title: `what ${id} asks`, lifetime: "quarter", statements: [statement()], ...over };
}

export function standard(id: string, requirements: Requirement[], over: Partial<Standard> = {}): Standard {
  return {
    id,
    title: `Standard ${id}`,
    track: "KaaS",
    url: `https://docs.scs.community/standards/${id}`,
    status: [{ from: "2024-01-01", status: "stable" }],
    source: {
      repository: "r",
      file: "f",
      licence: "CC BY-SA 4.0",
      attribution: "a",
      revisions: [{ date: "2024-01-01" }],
    },
    requirements,
    ...over,
  };
}

/** Scope with one version: `tested` requirements behind one testcase each, further modules included by standard. */
export function scope(
  tested: Record<string, string[]>,
  standards: readonly string[],
  over: Partial<Scope> = {},
): Scope {
  const modules = standards.map((id) => ({
    id,
    name: id,
    url: undefined,
    standard: id,
    targets: {
      main: Object.entries(tested).flatMap(([testcase, ids]) =>
        ids.some((r) => r.startsWith(`${id}/`)) ? [testcase] : [],
      ),
    },
  }));
  return {
    id: "test-scope",
    uuid: "1fffebe6-fd4b-44d3-a36c-fc58b4bb0180",
    name: "Test scope",
    url: undefined,
    versions: [
      { version: "v1", stabilizedAt: "2024-11-26", memberships: [{ from: undefined, until: undefined, modules }] },
    ],
    timeline: [
      { date: "2024-11-26", versions: { v1: "effective" } },
      { date: "2024-02-28", versions: { v1: "draft" } },
    ],
    testcases: Object.entries(tested).map(([id, requirements]) => ({
      id,
      lifetime: "week",
      section: "light",
      description: id,
      url: undefined,
      requirements,
    })),
    submittable: true,
    ...over,
  };
}

type EvaluateOf = (input: { facts: { readonly [id: string]: unknown } }) => ReturnType<AnyCheck["evaluate"]>;

export function aCheck(id: string, evaluateOf: EvaluateOf, needs: Needs = { all: ["kube/version"] }): AnyCheck {
  const check: Check = {
    id,
    title: { pass: `${id} holds`, fail: `${id} is broken` },
    why: "w",
    looksAt: "l",
    needs,
    parameters: Type.Object({ limit: Type.Number({ default: 1 }) }),
    remediation: { text: "mend it", platforms: { k3s: "mend it on k3s" } },
    evaluate: evaluateOf as Check["evaluate"],
  };
  return defineCheck(check);
}

export const passing: EvaluateOf = () => pass("it holds", { seen: "it" });

export function collected(value: Json): StoredFact {
  return { status: "collected", at: checkedAt, milliseconds: 1, sha256: digestOf(value), value };
}

export function unavailable(reason: UnavailableReason, resolve = "the right to look"): StoredFact {
  return { status: "unavailable", at: checkedAt, milliseconds: 1, reason, message: `was ${reason}`, resolve };
}

export function gathering(items: Gathering["items"] = {}): Gathering {
  return {
    tool: { name: "scs-conformance", version: "0.0.0" },
    startedAt: "2026-11-23T09:59:58Z",
    checkedAt,
    tier: "observe",
    gatheredBy: "unsigned",
    requests: [{ method: "GET", path: "/version", status: 200, milliseconds: 3, bytes: 200, attempt: 1 }],
    items: { "kube/version": collected({ gitVersion: "v1.36.6" }), ...items },
  };
}

export function inputs(over: Partial<Inputs> = {}): Inputs {
  const releases = { date: "2026-11-23", minors: [], releases: [], cves: [] };
  return {
    subject: "cloud-1.36",
    scope: { id: "test-scope", text: "name: test", sha256: sha256("name: test") },
    selection: { only: [], skip: [], tier: "observe" },
    includeProposed: false,
    kubernetesReleases: { at: "2026-11-23T00:00:00Z", date: "2026-11-23", sha256: digestOf(releases), value: releases },
    ...over,
  };
}

export function declaration(requirementId: string, over: Partial<Declaration> = {}): Declaration {
  return {
    requirement: requirementId,
    subject: "cloud-1.36",
    declarant: "Jane Doe, Cloud Inc.",
    statement: "three hosts",
    claim: "holds",
    declaredAt: "2026-10-01T00:00:00Z",
    validUntil: "2027-03-31T00:00:00Z",
    file: "declarations.yaml",
    signature: { state: "intact", fingerprint: "SHA256:abc" },
    review: { state: "absent" },
    ...over,
  };
}

export function waiver(id: string, over: Partial<Waiver> = {}): Waiver {
  return {
    id,
    subject: "cloud-1.36",
    reason: "the new rack arrives in March",
    approver: "John Roe",
    expires: "2027-04-01T00:00:00Z",
    ...over,
  };
}

export interface World {
  readonly standards: readonly Standard[];
  readonly scope: Scope;
  readonly checks: readonly AnyCheck[];
  readonly items?: Gathering["items"];
  readonly inputs?: Partial<Inputs>;
  readonly declarations?: readonly Declaration[];
  readonly asOf?: string;
}

export function judgeWorld(world: World): Report {
  const sealed = sealEvidence(gathering(world.items), inputs(world.inputs));
  const input: EvaluateInput = {
    evidence: sealed.evidence,
    evidenceSha256: sealed.sha256,
    scope: world.scope,
    catalogue: { standards: world.standards, sha256: sha256("standards") },
    checks: world.checks,
    declarations: world.declarations ?? [],
    asOf: world.asOf ?? checkedAt,
    tool: { name: "scs-conformance", version: "0.0.0", sha256: sha256("tool") },
  };
  return evaluate(input);
}
