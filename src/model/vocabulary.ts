/** The closed word lists that evidence, standards and reports are written in. */
import { type Static, type TLiteral, type TUnion, Type } from "@sinclair/typebox";
import { tiers } from "./tiers.ts";

type Literals<T extends readonly string[]> = { -readonly [K in keyof T]: TLiteral<T[K]> };

/** A schema for one of a closed list of words. */
export function oneOf<const T extends readonly string[]>(words: T): TUnion<Literals<T>> {
  return Type.Union(words.map((word) => Type.Literal(word))) as unknown as TUnion<Literals<T>>;
}

/** What a check says about one requirement. */
export const outcomes = ["pass", "fail", "not-applicable", "undetermined", "not-run"] as const;
export const Outcome = oneOf(outcomes);
export type Outcome = (typeof outcomes)[number];

/** What a requirement, testcase or scope amounts to, worst first (scs-0003-v2: the topmost that applies wins). */
export const verdicts = ["FAIL", "MISS", "DNF", "PASS"] as const;
export const Verdict = oneOf(verdicts);
export type Verdict = (typeof verdicts)[number];

/** RFC 2119 levels; REQUIRED, RECOMMENDED and OPTIONAL map to them. */
export const levels = ["must", "should", "may"] as const;
export const Level = oneOf(levels);
export type Level = (typeof levels)[number];

/** Status of a standard's document on a date. */
export const documentStatuses = ["draft", "stable", "deprecated", "decision-record", "proposed"] as const;
export const DocumentStatus = oneOf(documentStatuses);
export type DocumentStatus = (typeof documentStatuses)[number];

/** Status of a scope version on a date, by the scope's timeline. */
export const scopeStatuses = ["draft", "effective", "warn", "deprecated"] as const;
export const ScopeStatus = oneOf(scopeStatuses);
export type ScopeStatus = (typeof scopeStatuses)[number];

export { tiers };
/** How far a probe goes. */
export const Tier = oneOf(tiers);
export type Tier = (typeof tiers)[number];

/** Why a fact could not be had. The last four mean: not attempted. */
export const unavailableReasons = [
  "forbidden",
  "unauthorized",
  "not-found",
  "not-served",
  "timeout",
  "unreachable",
  "tls",
  "server-error",
  "malformed",
  "too-large",
  "not-visible",
  "tier-not-allowed",
  "not-given",
  "expired",
  /** Seen, and not kept in the part of the evidence that is judged. */
  "left-out",
] as const;
export const UnavailableReason = oneOf(unavailableReasons);
export type UnavailableReason = (typeof unavailableReasons)[number];

/** After one of these the next question would have no other answer. */
export const nobodyAnswers: readonly UnavailableReason[] = ["unreachable", "timeout", "tls", "unauthorized"];

/** How long a result counts; good to the end of the next period (scs_cert_lib.py, add_period). */
export const lifetimes = ["day", "week", "month", "quarter", "year"] as const;
export const Lifetime = oneOf(lifetimes);
export type Lifetime = (typeof lifetimes)[number];

/** On whose word an outcome rests. */
export const bases = ["observed", "declared", "imported"] as const;
export const Basis = oneOf(bases);
export type Basis = (typeof bases)[number];

/** Families of Kubernetes distributions, as far as remedies differ. */
export const platforms = [
  "kubeadm",
  "cluster-api",
  "kind",
  "rke2",
  "k3s",
  "talos",
  "gardener",
  "hosted",
  "managed",
  "unknown",
] as const;
export const PlatformName = oneOf(platforms);
export type PlatformName = (typeof platforms)[number];

// a month 13 or an hour 25 would be no number to reckon with
const day = "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])";
const time = "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ";

/** A UTC instant with second precision, `2026-11-23T10:00:00Z`. */
export const Instant = Type.String({ pattern: `^${day}T${time}$` });
export type Instant = Static<typeof Instant>;

/** A calendar date, `2026-11-23`; as an instant it means 00:00Z. */
export const CalendarDate = Type.String({ pattern: `^${day}$` });
export type CalendarDate = Static<typeof CalendarDate>;

/** What a person writes for a moment: a UTC instant, or a date, which means 00:00Z of that day. */
export const Moment = Type.String({ pattern: `^${day}(T${time})?$` });
export type Moment = Static<typeof Moment>;

/** A SHA-256 in lower-case hexadecimal. */
export const Sha256 = Type.String({ pattern: "^[0-9a-f]{64}$" });
export type Sha256 = Static<typeof Sha256>;
