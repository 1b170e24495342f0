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

/** NetworkPolicy specs of 1.36, as many required as are given, unless told otherwise. */
export function policies(given: Partial<Policies> = {}): Pick<Results, "networkPolicy"> {
  const specs = { passed: [], failed: [], notExecuted: [], flaked: [], ...given };
  const required = Math.max(1, specs.passed.length + specs.failed.length + specs.notExecuted.length);
  return { networkPolicy: { minor: "1.36", required, ...specs } };
}

type Nameless = Omit<Results, "clusterUid" | "kubernetesVersion">;

/** The same result when it names neither cluster nor version. */
export function nameless({ clusterUid: _, kubernetesVersion: __, ...rest }: Results): Nameless {
  return rest;
}
