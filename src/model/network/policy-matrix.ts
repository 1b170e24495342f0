/** How the matrix of NetworkPolicies is read: which cells are as expected, and what its steps amount to. */
import type { Fact } from "../fact.ts";
import type { MatrixCell, MatrixStep, NetworkPolicyMatrixFact } from "../facts/network-paths.ts";
import { type Finding, theCluster } from "../finding.ts";
import { named } from "../finding-lists.ts";
import type { JsonObject } from "../json.ts";

/** Nothing but pods: where it differs, the network is broken and policies were not seen at all. */
export const baselineStep = "baseline";
/** Names without any policy. */
export const lookupStep = "lookup";
/** The first with a policy. */
export const firstPolicyStep = "deny-ingress";

/** Every way was as expected; a cell that nothing was seen of is not. Time-out and refusal both count as blocked. */
export function isAsExpected({ seen, lookup, expected }: MatrixCell): boolean {
  const passes = ({ answer }: MatrixCell["seen"][number]): boolean =>
    answer === "allowed" || (lookup === true && answer !== "no-name");
  return seen.length > 0 && seen.every((one) => passes(one) === (expected === "allowed"));
}

/** `x -> near:8080/TCP over IPv6`; ways as they were last seen and should not have been. */
export function strayWays(step: MatrixStep): readonly string[] {
  return step.cells.flatMap((cell) =>
    cell.seen
      .filter((one) => !isAsExpected({ ...cell, seen: [one] }))
      .map(({ over }) =>
        cell.lookup
          ? `${cell.from} resolving names`
          : `${cell.from} -> ${cell.to}:${cell.port}/${cell.protocol} over ${over}`,
      ),
  );
}

/** Steps that had policies and were not as these say, for no known reason. */
export function strayingSteps({ steps }: NetworkPolicyMatrixFact): readonly MatrixStep[] {
  return steps.filter(({ id, outcome, weak }) => outcome === "differs" && weak === undefined && !before.includes(id));
}

const before: readonly string[] = [baselineStep, lookupStep];

/** What the matrix adds to results of upstream's specs: an early warning, which decides nothing. */
export function ownMatrix(fact: Fact<NetworkPolicyMatrixFact>): {
  readonly observed: JsonObject;
  readonly findings: readonly Finding[];
} {
  if (fact.status === "unavailable" || fact.value.steps.length === 0) return { observed: {}, findings: [] };
  const straying = strayingSteps(fact.value).map(({ id }) => id);
  const policies = fact.value.steps.filter(({ id }) => !before.includes(id));
  const asExpected = policies.filter(({ outcome }) => outcome === "as-expected").length;
  const observed = { ownMatrix: `${asExpected} of ${policies.length} steps as expected` };
  if (straying.length === 0) return { observed, findings: [] };
  const message = `This run's own policies did not do what they say (${named(straying)}): look at the network plugin, or at whose results these are`;
  const actual = straying.join(", ");
  return {
    observed,
    findings: [{ code: "own-matrix-differs", subject: theCluster, expected: "none", actual, message }],
  };
}
