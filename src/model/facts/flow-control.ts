/** API Priority and Fairness (KEP-1040) as responses and objects show it. */
import { type Static, Type } from "@sinclair/typebox";

/** Headers X-Kubernetes-PF-FlowSchema-UID and -PriorityLevel-UID of an authenticated response; absent: not sent. */
export const FlowControlHeadersFact = Type.Object({
  flowSchemaUid: Type.Optional(Type.String()),
  priorityLevelUid: Type.Optional(Type.String()),
});
export type FlowControlHeadersFact = Static<typeof FlowControlHeadersFact>;

/** PriorityLevelConfigurations. Their mere existence does not prove that API Priority and Fairness is on. */
export const PriorityLevelsFact = Type.Object({
  apiVersion: Type.String(),
  levels: Type.Array(
    Type.Object({
      name: Type.String(),
      uid: Type.String(),
      type: Type.Union([Type.Literal("Limited"), Type.Literal("Exempt")]),
      /** nominalConcurrencyShares (v1: an explicit 0 counts as 0); exempt levels have 0 by default. */
      shares: Type.Integer({ minimum: 0 }),
      limitResponse: Type.Optional(Type.String()),
    }),
  ),
});
export type PriorityLevelsFact = Static<typeof PriorityLevelsFact>;

const Count = Type.Integer({ minimum: 0 });

/** Requests of a ServiceAccount of the run, sorted into a priority level of the run's own that has no seat and rejects. */
export const ThrottlingFact = Type.Object({
  /** Answers carried the level's uid: the API server that answered sorts requests by it. */
  matched: Type.Boolean(),
  /** Sent at once, in rounds of eight, until one was rejected: with 429, and with the level's uid. */
  asked: Count,
  rejected: Count,
  retryAfterSeconds: Type.Optional(Count),
  /** Meanwhile, by the run's own user, who is not subject to it. */
  othersAsked: Count,
  othersAnswered: Count,
});
export type ThrottlingFact = Static<typeof ThrottlingFact>;
