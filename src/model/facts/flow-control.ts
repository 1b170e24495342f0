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
