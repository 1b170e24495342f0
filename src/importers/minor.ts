/** Which minor a result is of: by the names of its specs, which nobody can mistake, and by the version it names. */

import type { SpecLists } from "../model/conformance/spec-lists.ts";
import { branchOf, parseKubernetesVersion } from "../model/versions/kubernetes-version.ts";
import { isConformanceSpec } from "./spec-name.ts";

/** Between neighbouring minors there are at least five; a vendor may have renamed one. */
const mostDifferences = 2;

/**
 * JUnit files name every spec of the suite, executed or not. If their conformance specs are exactly those of one minor, it is
 * that minor, whatever the version says; else the version's; else the one that comes very near.
 */
export function minorOf(
  names: Iterable<string>,
  version: string | undefined,
  lists: readonly SpecLists[],
): string | undefined {
  const own = new Set([...names].filter(isConformanceSpec));
  const ranked = lists
    .map(({ minor, conformance }) => ({ minor, differences: differences(own, conformance) }))
    .sort((a, b) => a.differences - b.differences);
  const [nearest] = ranked;
  if (nearest?.differences === 0) return nearest.minor;
  const parsed = version === undefined ? undefined : parseKubernetesVersion(version);
  if (parsed) return branchOf(parsed);
  return nearest && nearest.differences <= mostDifferences ? nearest.minor : undefined;
}

function differences(own: ReadonlySet<string>, list: readonly string[]): number {
  const common = list.filter((name) => own.has(name)).length;
  return own.size + list.length - 2 * common;
}
