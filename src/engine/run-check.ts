/** Runs one check over the facts it declared, answers in its place when they are missing, and holds it to the rules. */
import { Value } from "@sinclair/typebox/value";
import type { AnyCheck } from "../model/check.ts";
import type { Unavailable } from "../model/fact.ts";
import type { FactId } from "../model/facts/index.ts";
import type { Finding, Missing } from "../model/finding.ts";
import type { JsonObject } from "../model/json.ts";
import type { Instant, Outcome, UnavailableReason } from "../model/vocabulary.ts";
import type { FactView } from "./fact-view.ts";

export interface Judged {
  readonly outcome: Outcome;
  readonly because: string;
  readonly observed: JsonObject;
  readonly findings: readonly Finding[];
  readonly missing: readonly Missing[];
  /** Facts looked at, collected or not. */
  readonly facts: readonly FactId[];
  readonly defect: boolean;
}

/** Reasons that mean: nobody tried. Everything else was tried and gave nothing. */
const notAttempted: ReadonlySet<UnavailableReason> = new Set(["tier-not-allowed", "not-given", "expired", "left-out"]);

/** All facts that a check names, needed or only used. */
export function factsOf({ needs: { all = [], oneOf = [], uses = [] } }: AnyCheck): readonly FactId[] {
  return [...new Set([...all, ...oneOf.flat(), ...uses])].sort();
}

export function runCheck(check: AnyCheck, parameters: JsonObject, view: FactView, asOf: Instant): Judged {
  const { all = [], oneOf = [] } = check.needs;
  const facts = factsOf(check);
  const missing = [
    ...all.flatMap((id) => missingFact(view, id)),
    ...oneOf.flatMap((group) => missingGroup(view, group)),
  ];
  if (missing.length > 0) return unanswered(missing, facts);

  const seen: { [id: string]: unknown } = {};
  for (const id of facts) seen[id] = view.get(id);
  for (const id of all) {
    const fact = view.get(id);
    if (fact.status === "collected") seen[id] = fact.value;
  }
  try {
    const complete = Value.Default(check.parameters, structuredClone(parameters));
    if (!Value.Check(check.parameters, complete))
      throw new TypeError("the requirement's parameters do not fit the check");
    const result = check.evaluate({ facts: seen, parameters: complete as JsonObject, asOf });
    if (
      (result.outcome === "pass" || result.outcome === "not-applicable") &&
      Object.keys(result.observed).length === 0
    ) {
      throw new TypeError(`${result.outcome} without an observation`);
    }
    if (result.outcome === "fail" && result.findings.length === 0) throw new TypeError("fail without a finding");
    return {
      outcome: result.outcome,
      because: result.because,
      observed: result.observed,
      findings: result.findings,
      missing: result.outcome === "undetermined" ? result.missing : [],
      facts,
      defect: false,
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const because = `the check ${check.id} broke (${message.slice(0, 200)}): this is a defect of the suite, not of the cluster`;
    return { outcome: "undetermined", because, observed: {}, findings: [], missing: [], facts, defect: true };
  }
}

function missingFact(view: FactView, id: FactId): readonly (Missing & Pick<Unavailable, "message">)[] {
  const fact = view.get(id);
  return fact.status === "collected"
    ? []
    : [{ fact: id, reason: fact.reason, resolve: fact.resolve, message: fact.message }];
}

/** A group is missing only when every fact of it is. */
function missingGroup(view: FactView, group: readonly FactId[]): readonly (Missing & Pick<Unavailable, "message">)[] {
  const missing = group.flatMap((id) => missingFact(view, id));
  return missing.length === group.length ? missing : [];
}

function unanswered(missing: readonly (Missing & Pick<Unavailable, "message">)[], facts: readonly FactId[]): Judged {
  const attempted = missing.some(({ reason }) => !notAttempted.has(reason));
  return {
    outcome: attempted ? "undetermined" : "not-run",
    because: missing.map(({ fact, message }) => `${fact}: ${message}`).join("; "),
    observed: {},
    findings: [],
    missing: missing.map(({ fact, reason, resolve }) => ({ fact, reason, resolve })),
    facts,
    defect: false,
  };
}
