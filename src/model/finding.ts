/** What a check has to say: the result it returns and the constructors that make one. */
import { type Static, Type } from "@sinclair/typebox";
import { AnyJson, AnyJsonObject, type JsonObject } from "./json.ts";
import { UnavailableReason } from "./vocabulary.ts";

/** The thing a finding is about, by Kubernetes kind and name; kind `Cluster` with name "" for the whole. */
export const Subject = Type.Object({
  kind: Type.String(),
  namespace: Type.Optional(Type.String()),
  name: Type.String(),
});
export type Subject = Static<typeof Subject>;

/** One thing that was found, with what was expected: a reader can act on it without reading code. */
export const Finding = Type.Object({
  code: Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" }),
  subject: Subject,
  expected: AnyJson,
  actual: AnyJson,
  message: Type.String(),
});
export type Finding = Static<typeof Finding>;

/** What kept a check from deciding. `resolve` completes "n need ...". */
export const Missing = Type.Object({
  fact: Type.String(),
  reason: UnavailableReason,
  resolve: Type.String(),
});
export type Missing = Static<typeof Missing>;

/** Facts seen that the outcome rests on, by name: the reader's evidence in a nutshell. */
export const Observed = AnyJsonObject;

/** What a check returns. `because` is one sentence in plain words, without a full stop. */
export type CheckResult =
  | { outcome: "pass"; because: string; observed: JsonObject; findings: readonly Finding[] }
  | { outcome: "not-applicable"; because: string; observed: JsonObject; findings: readonly Finding[] }
  | { outcome: "fail"; because: string; observed: JsonObject; findings: readonly [Finding, ...Finding[]] }
  | {
      outcome: "undetermined";
      because: string;
      observed: JsonObject;
      findings: readonly Finding[];
      missing: readonly Missing[];
    };

/** The requirement holds. `observed` must name at least one thing seen; the engine refuses a pass without. */
export function pass(because: string, observed: JsonObject, findings: readonly Finding[] = []): CheckResult {
  return { outcome: "pass", because, observed, findings };
}

/** The requirement does not speak of this cluster, shown by what was seen. */
export function notApplicable(because: string, observed: JsonObject, findings: readonly Finding[] = []): CheckResult {
  return { outcome: "not-applicable", because, observed, findings };
}

/** The requirement is disproved, by at least one finding. */
export function fail(because: string, observed: JsonObject, findings: readonly [Finding, ...Finding[]]): CheckResult {
  return { outcome: "fail", because, observed, findings };
}

/** Looked, without an answer. `missing` says what would resolve it. */
export function undetermined(
  because: string,
  missing: readonly Missing[],
  observed: JsonObject = {},
  findings: readonly Finding[] = [],
): CheckResult {
  return { outcome: "undetermined", because, observed, findings, missing };
}

/** The whole cluster as the subject of a finding. */
export const theCluster: Subject = { kind: "Cluster", name: "" };
