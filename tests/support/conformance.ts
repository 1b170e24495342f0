/** Conformance results for tables. */
import type { FactValues } from "../../src/model/facts/index.ts";

type Results = FactValues["input/conformance-results"];
type Suite = NonNullable<Results["conformance"]>;
type Policies = NonNullable<Results["networkPolicy"]>;

/** A serial run of 1.36 on this cluster. */
export function results(given: Partial<Results> = {}, run: Partial<Results["run"]> = {}): Results {
  return {
    tool: "hydrophone",
    source: "b".repeat(64),
    finishedAt: "2026-11-22T10:00:00Z",
    kubernetesVersion: "v1.36.3",
    clusterUid: "uid-of-this-cluster",
    run: { dryRun: false, parallel: false, flakeAttempts: 1, focus: ["\\[Conformance\\]"], skip: [], ...run },
    executed: 446,
    ...given,
  };
}

/** All 446 specs of 1.36 passed, unless told otherwise. */
export function suite(given: Partial<Suite> = {}): Pick<Results, "conformance"> {
  return {
    conformance: { minor: "1.36", required: 446, passed: 446, failed: [], notExecuted: [], flaked: [], ...given },
  };
}

export function policies(given: Partial<Policies> = {}): Pick<Results, "networkPolicy"> {
  return { networkPolicy: { minor: "1.36", passed: [], failed: [], notExecuted: [], flaked: [], ...given } };
}
