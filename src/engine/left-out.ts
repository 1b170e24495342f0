/** Requirements that evidence cannot answer any more, because it was reduced: not looked at, and named so. */
import type { AnyCheck } from "../model/check.ts";
import type { Evidence, Reduced } from "../model/evidence.ts";
import type { FactId } from "../model/facts/index.ts";
import type { Missing } from "../model/finding.ts";
import type { Result } from "../model/report.ts";
import { factsOf, type Judged } from "./run-check.ts";

const given: readonly (readonly [
  id: FactId,
  key: "conformanceResults" | "networkPolicyResults" | "nodeConfiguration",
])[] = [
  ["input/conformance-results", "conformanceResults"],
  ["input/network-policy-results", "networkPolicyResults"],
  ["input/node-configuration", "nodeConfiguration"],
];

/**
 * The answer in place of a check when a fact that it names was left out, even one that it could do without: with less to see it
 * might say something else. Undefined when all that it names is as it was. What was given anew is not missing.
 */
export function leftOutOf(check: AnyCheck, { facts: { gathering }, inputs }: Evidence): Judged | undefined {
  const { reduced } = gathering;
  if (!reduced) return undefined;
  const back = new Set<string>(given.filter(([, key]) => inputs[key] !== undefined).map(([id]) => id));
  const gone = new Set(
    reduced.leftOut.map(({ id }) => id).filter((id) => !back.has(id) && !Object.hasOwn(gathering.items, id)),
  );
  const missing = factsOf(check).filter((id) => gone.has(id));
  return missing.length === 0 ? undefined : unseen(missing, reduced);
}

function unseen(ids: readonly FactId[], { evidence }: Reduced): Judged {
  const resolve = `the evidence that this was derived from, sha256 ${evidence.slice(0, 12)}`;
  const missing: Missing[] = ids.map((fact) => ({ fact, reason: "left-out", resolve }));
  return {
    outcome: "not-run",
    because: `not looked at: left out of this evidence ${ids.length === 1 ? "is" : "are"} ${ids.join(", ")}`,
    observed: {},
    findings: [],
    missing,
    facts: [],
    defect: false,
  };
}

/** A binding result that the reduction took away: then the report is not the whole of what binds. */
export function bindsUnseen({ binding, missing }: Result): boolean {
  return binding && missing.some(({ reason }) => reason === "left-out");
}
