/** Checks: pure functions from facts, parameters and a date to a result, with everything said about them as data. */
import type { Static, TObject } from "@sinclair/typebox";
import type { Fact } from "./fact.ts";
import type { FactId, FactValues } from "./facts/index.ts";
import type { CheckResult } from "./finding.ts";
import type { JsonObject } from "./json.ts";
import type { Instant, PlatformName } from "./vocabulary.ts";

/**
 * Which facts a check wants. If one of `all` is unavailable, or every fact of a `oneOf` group, the engine answers in the
 * check's place. Facts of `oneOf` and `uses` arrive as collected or unavailable, those of `all` as values.
 */
export interface Needs {
  readonly all?: readonly FactId[];
  readonly oneOf?: readonly (readonly [FactId, FactId, ...FactId[]])[];
  readonly uses?: readonly FactId[];
}

type Listed<T> = T extends readonly (infer Id)[] ? Extract<Id, FactId> : never;
type Grouped<T> = T extends readonly (infer Group)[] ? Listed<Group> : never;

/** The facts a check sees: exactly those it declared. */
export type FactsOf<N extends Needs> = { readonly [Id in Listed<N["all"]>]: FactValues[Id] } & {
  readonly [Id in Grouped<N["oneOf"]> | Listed<N["uses"]>]: Fact<FactValues[Id]>;
};

/** How to mend a failure: in general, and where a platform has its own way. */
export interface Remediation {
  readonly text: string;
  readonly platforms?: { readonly [P in PlatformName]?: string };
}

export interface CheckInput<N extends Needs, P extends TObject> {
  readonly facts: FactsOf<N>;
  readonly parameters: Static<P>;
  readonly asOf: Instant;
}

export interface Check<N extends Needs = Needs, P extends TObject = TObject> {
  /** `scs-0214/control-plane-spread`: the path of its file below checks/. */
  readonly id: string;
  /** One fact in two voices: what a pass and a fail mean. Neither says "must" or "should". */
  readonly title: { readonly pass: string; readonly fail: string };
  /** Why anyone cares, one or two sentences. */
  readonly why: string;
  /** What is looked at and how it decides, one or two sentences. */
  readonly looksAt: string;
  readonly needs: N;
  /** Schema of the parameters that requirements give; every property has a default. */
  readonly parameters: P;
  readonly remediation: Remediation;
  /** Situations in which the answer is accepted to be wrong or weak, and why. */
  readonly accepted?: readonly string[];
  readonly evaluate: (input: CheckInput<N, P>) => CheckResult;
}

/** A check as the engine runs it: its types are checked at the definition and by the parameter schema. */
export interface AnyCheck extends Omit<Check, "evaluate"> {
  readonly evaluate: (input: {
    readonly facts: { readonly [id: string]: unknown };
    readonly parameters: JsonObject;
    readonly asOf: Instant;
  }) => CheckResult;
}

/** Defines a check; the types of `evaluate` follow from `needs` and `parameters`. */
export function defineCheck<const N extends Needs, P extends TObject>(check: Check<N, P>): AnyCheck {
  return check as unknown as AnyCheck;
}
