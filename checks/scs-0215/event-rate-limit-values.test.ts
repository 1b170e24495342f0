import { describeCheck } from "../../tests/support/check-table.ts";
import { controlPlaneThere } from "../../tests/support/facts.ts";
import { eventRateLimitValues } from "./event-rate-limit-values.ts";

const recommended = { type: "Server" as const, qps: 5000, burst: 20000 };
const given = (...eventLimits: NonNullable<ReturnType<typeof controlPlaneThere>["eventLimits"]>) => ({
  "management/control-plane": controlPlaneThere({ eventLimits }),
});

describeCheck(
  eventRateLimitValues,
  ["pass", "fail", "undetermined"],
  [
    { name: "as recommended", facts: given(recommended), outcome: "pass", because: /as recommended$/ },
    { name: "finer ones", facts: given({ type: "Namespace", qps: 50, burst: 100 }), outcome: "pass" },
    {
      name: "other numbers",
      facts: given({ ...recommended, qps: 10 }),
      outcome: "fail",
      findings: ["other-event-limits"],
      because: /qps 10, burst 20000$/,
    },
    { name: "a limit without numbers", facts: given({ type: "Server" }), outcome: "fail" },
    { name: "none that is known", facts: given(), outcome: "undetermined" },
    { name: "none written", facts: { "management/control-plane": controlPlaneThere() }, outcome: "undetermined" },
    {
      name: "not in effect everywhere",
      facts: { "management/control-plane": controlPlaneThere({ eventLimits: [recommended], rolledOut: false }) },
      outcome: "undetermined",
    },
  ],
);
