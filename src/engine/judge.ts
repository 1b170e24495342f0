/** Judges one requirement in force: check first, then the question, then how long the answer counts. */
import { Value } from "@sinclair/typebox/value";
import type { AnyCheck } from "../model/check.ts";
import type { Declaration } from "../model/declaration.ts";
import type { Evidence } from "../model/evidence.ts";
import type { FactId, FactValues } from "../model/facts/index.ts";
import { Defect, UsageError } from "../model/faults.ts";
import type { Missing } from "../model/finding.ts";
import { expiryOf } from "../model/instant.ts";
import type { JsonObject } from "../model/json.ts";
import type { Result } from "../model/report.ts";
import type { Basis, Instant, PlatformName } from "../model/vocabulary.ts";
import { countingDeclaration, declarationIn } from "./declarations.ts";
import { factView } from "./fact-view.ts";
import { leftOutOf } from "./left-out.ts";
import { clauseOf, type RequirementInForce } from "./requirements.ts";
import { type Judged, runCheck } from "./run-check.ts";
import { verdictOf } from "./verdict.ts";

const importedFacts: readonly FactId[] = ["input/conformance-results", "input/network-policy-results"];

export interface JudgeContext {
  readonly evidence: Evidence;
  readonly checks: ReadonlyMap<string, AnyCheck>;
  /** What the provider declared, signatures looked at. */
  readonly declarations: readonly Declaration[];
  readonly asOf: Instant;
  readonly platform: PlatformName;
}

export function judge(inForce: RequirementInForce, context: JudgeContext): Result {
  const { statement, standard } = inForce;
  const { evidence, asOf } = context;
  const check = checkOf(inForce, context.checks);
  const measured = measure(inForce, check, context);
  const declaration = countingDeclaration(context.declarations, inForce, evidence.inputs.subject, asOf);
  const said = declaration && declarationIn(declaration, measured.outcome);
  const settled =
    declaration && open(measured) ? declared(measured, declaration.claim, declaration.statement) : measured;
  const attested = attestation(inForce, measured, declaration !== undefined);
  return {
    requirement: inForce.id,
    ...(check ? { check: check.id } : {}),
    standard: standard.id,
    level: statement.level,
    status: inForce.status,
    binding: inForce.binding !== undefined,
    ...(inForce.binding ? { bindingKind: inForce.binding } : {}),
    outcome: settled.outcome,
    verdict: verdictOf(settled.outcome),
    basis: settled.basis,
    title: title(inForce, check, settled),
    observed: settled.observed,
    findings: [...settled.findings],
    because: settled.because,
    missing: [...settled.missing],
    ...remedy(check, settled, context.platform),
    clause: clauseOf(inForce),
    ...(attested ? { attestation: attested } : {}),
    ...(said ? { declaration: said } : {}),
    facts: [...settled.facts],
    ...(settled.defect ? { defect: true } : {}),
  };
}

type Settled = Judged & { readonly basis: Basis };

function checkOf({ id, requirement }: RequirementInForce, checks: ReadonlyMap<string, AnyCheck>): AnyCheck | undefined {
  if (requirement.check === undefined) return undefined;
  const check = checks.get(requirement.check);
  if (!check) throw new Defect(`${id} names the check ${requirement.check}, which does not exist`);
  return check;
}

function measure(inForce: RequirementInForce, check: AnyCheck | undefined, context: JudgeContext): Settled {
  const { evidence, asOf } = context;
  if (!check) return asked(inForce);
  const imported = [...(check.needs.all ?? []), ...(check.needs.oneOf ?? []).flat()].some((id) =>
    importedFacts.includes(id),
  );
  const basis = imported ? "imported" : "observed";
  const { checkedAt } = evidence.facts.gathering;
  const expiry = expiryOf(checkedAt, inForce.lifetime);
  if (!imported && asOf >= expiry) return { ...expired(expiry), basis };
  const unseen = leftOutOf(check, evidence);
  if (unseen) return { ...unseen, basis };
  const view = factView(evidence, asOf, inForce.lifetime);
  return { ...runCheck(check, parametersFor(check, inForce), view, asOf), basis };
}

/** Those that the check knows: a module's parameters are for all its checks. What a scope file gives may not fit. */
function parametersFor(check: AnyCheck, { parameters, id }: RequirementInForce): JsonObject {
  const known = Object.entries(parameters).filter(([name]) => Object.hasOwn(check.parameters.properties, name));
  for (const [name, value] of known) {
    const schema = check.parameters.properties[name];
    if (!schema || Value.Check(schema, value)) continue;
    const wanted = typeof schema.type === "string" ? ` ${schema.type}` : "nother value";
    throw new UsageError(
      `The parameter ${name} of ${id} has to be a${wanted}.`,
      "Mend the include of its module in the scope file.",
    );
  }
  return Object.fromEntries(known);
}

const silent: Omit<Judged, "outcome" | "because" | "missing"> = {
  observed: {},
  findings: [],
  facts: [],
  defect: false,
};

/** Nobody can look; a person has to say. */
function asked({ requirement }: RequirementInForce): Settled {
  const missing: Missing[] = [{ fact: "declaration", reason: "not-given", resolve: "a declaration" }];
  const because = requirement.limits ?? "no kubeconfig can show this; it takes a signed declaration";
  return { ...silent, outcome: "not-run", because, missing, basis: "declared" };
}

function expired(expiry: Instant): Judged {
  const missing: Missing[] = [{ fact: "evidence", reason: "expired", resolve: "newer evidence" }];
  return { ...silent, outcome: "not-run", because: `what was seen counted until ${expiry}`, missing };
}

function open(judged: Judged): boolean {
  return !judged.defect && (judged.outcome === "undetermined" || judged.outcome === "not-run");
}

function declared(measured: Judged, claim: "holds" | "not-applicable", statement: string): Settled {
  return {
    ...measured,
    outcome: claim === "holds" ? "pass" : "not-applicable",
    because: "a signed declaration of the provider says so",
    observed: { ...measured.observed, declaration: statement } satisfies JsonObject,
    missing: [],
    basis: "declared",
  };
}

function attestation(inForce: RequirementInForce, measured: Judged, isDeclared: boolean): Result["attestation"] {
  if (inForce.binding !== "attested") return undefined;
  const question = inForce.requirement.question ?? `Does the following hold: ${inForce.statement.text}`;
  if (measured.outcome === "fail") return { question, state: "disproved" };
  if (!open(measured)) return undefined;
  if (isDeclared) return { question, state: "declared" };
  return { question, state: measured.missing.some(({ reason }) => reason === "not-visible") ? "hidden" : "due" };
}

function title({ requirement }: RequirementInForce, check: AnyCheck | undefined, { outcome, basis }: Settled): string {
  if (check && basis !== "declared" && outcome === "pass") return check.title.pass;
  if (check && outcome === "fail") return check.title.fail;
  return requirement.title;
}

function remedy(
  check: AnyCheck | undefined,
  { outcome, findings }: Judged,
  platform: PlatformName,
): Pick<Result, "remediation"> {
  if (!check || (outcome !== "fail" && findings.length === 0)) return {};
  return { remediation: { platform, text: check.remediation.platforms?.[platform] ?? check.remediation.text } };
}

/** The platform as the evidence tells it. */
export function platformOf(evidence: Evidence): PlatformName {
  const fact = evidence.facts.gathering.items["kube/platform"];
  return fact?.status === "collected" ? (fact.value as FactValues["kube/platform"]).name : "unknown";
}
