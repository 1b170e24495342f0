/** What a caller may ask of a run of the upstream e2e suite that we start ourselves. */
import { type ImageMapping, isImageReference, parseImageMapping } from "../model/conformance/image-map.ts";
import { type SuiteKind, suiteKinds } from "../model/conformance/suite-kind.ts";
import { UsageError } from "../model/faults.ts";
import type { Tier } from "../model/vocabulary.ts";

export interface SuiteOptions {
  /** One after the other, in this order. */
  readonly kinds: readonly SuiteKind[];
  /** Instead of upstream's image for the server's version. */
  readonly image?: string | undefined;
  /** Where nodes find what lies in the public registries. */
  readonly registries: readonly ImageMapping[];
  /** A part of the specs only: ginkgo's regular expression. */
  readonly focus?: string | undefined;
}

export function suiteKindOption(text: string): SuiteKind {
  const kind = suiteKinds.find((known) => known === text);
  if (kind !== undefined) return kind;
  throw new UsageError(`--run-conformance ${JSON.stringify(text)} is no run.`, `Runs: ${suiteKinds.join(", ")}.`);
}

export function suiteImageOption(text: string): string {
  if (isImageReference(text)) return text;
  throw new UsageError(
    `--conformance-image ${JSON.stringify(text)} names no image.`,
    "Write it with its registry: registry.example.org/k8s/conformance:v1.37.2.",
  );
}

export function imageMappingOption(text: string): ImageMapping {
  const mapping = parseImageMapping(text);
  if (mapping !== undefined) return mapping;
  throw new UsageError(
    `--image-registry ${JSON.stringify(text)} is no mapping of registries.`,
    "Write FROM=TO: registry.k8s.io=mirror.example.org/k8s.",
  );
}

/** Ginkgo compiles it on the other side; here only what no expression over names of specs needs is refused. */
export function suiteFocusOption(text: string): string {
  if (/^[ -~]{1,500}$/.test(text)) return text;
  throw new UsageError(
    `--conformance-focus ${JSON.stringify(text)} is no expression.`,
    "Printable ASCII, 500 characters at most.",
  );
}

/** It makes a binding to cluster-admin: whoever allows less has not asked for it. */
export function allowSuites(suites: SuiteOptions | undefined, tier: Tier, namespace?: string): void {
  if (suites === undefined || suites.kinds.length === 0) return;
  if (namespace !== undefined) {
    throw new UsageError(
      "--run-conformance makes a namespace of its own, and --namespace allows none.",
      "Leave out one of them.",
    );
  }
  if (tier === "system") return;
  throw new UsageError(
    "--run-conformance runs upstream's suite as cluster-admin, which goes further than the chosen tier.",
    "Add --tier system; see first with `plan --tier system --run-conformance ...` what it makes and disturbs.",
  );
}
