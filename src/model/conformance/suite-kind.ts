/** Which runs of the upstream e2e suite the suite can start itself, and by what recipe. */
import { baseVersion, parseKubernetesVersion } from "../versions/kubernetes-version.ts";

/** Names of the kinds, as the command line takes them. */
export const suiteKinds = ["full", "networkpolicy"] as const;
export type SuiteKind = (typeof suiteKinds)[number];

export interface SuiteRecipe {
  /** Regular expression of ginkgo over the names of specs. */
  readonly focus: string;
  /** Times that a spec may be tried; every spec that needed more than one is named. */
  readonly attempts: number;
  /** Seconds after which the run is ended, whatever it does; most clusters need a third of it. */
  readonly deadlineSeconds: number;
  /** The testcase that it decides. */
  readonly testcase: string;
  /** What it is, as an object of a sentence. */
  readonly title: string;
}

/**
 * As CNCF certifies: `[Conformance]`, nothing skipped, one spec after the other. The NetworkPolicy specs as the recipe of the
 * standards' own runner has them (scs-0219, `ginkgo.flake-attempts=2`).
 */
export const suiteRecipes: { readonly [K in SuiteKind]: SuiteRecipe } = {
  full: {
    focus: "\\[Conformance\\]",
    attempts: 1,
    deadlineSeconds: 6 * 3600,
    testcase: "cncf-k8s-conformance",
    title: "the CNCF conformance specs",
  },
  networkpolicy: {
    focus: "NetworkPolicy",
    attempts: 2,
    deadlineSeconds: 3 * 3600,
    testcase: "kaas-networking-check",
    title: "the NetworkPolicy specs",
  },
};

/**
 * Upstream's image for exactly the server's version, by tag: whose digest it is shows when it runs. Undefined for a text that
 * is no version with a patch level.
 */
export function suiteImageOf(gitVersion: string): string | undefined {
  const version = parseKubernetesVersion(gitVersion);
  return version?.patchGiven === true ? `registry.k8s.io/conformance:v${baseVersion(version)}` : undefined;
}
