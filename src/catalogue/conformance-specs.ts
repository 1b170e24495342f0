/** Which specs there are in a minor of Kubernetes: loaded only by who imports results. */
import specs from "../../standards/data/conformance/specs.json?raw";
import type { SpecLists } from "../model/conformance/spec-lists.ts";
import { compareVersions, parseKubernetesVersion } from "../model/versions/kubernetes-version.ts";

interface SpecFile {
  /** Name to `1.36`, or to `1.32-1.36` for all minors in between as well. */
  readonly conformance: { readonly [name: string]: string };
  readonly networkPolicy: { readonly [name: string]: string };
}

/** The lists of every minor that the suite knows, oldest first. */
export function loadSpecLists(): readonly SpecLists[] {
  const file = JSON.parse(specs) as SpecFile;
  const minors = [...new Set(Object.values(file.conformance).flatMap((range) => range.split("-")))].sort(byVersion);
  return minors.map((minor) => ({
    minor,
    conformance: ofMinor(file.conformance, minor, minors),
    networkPolicy: ofMinor(file.networkPolicy, minor, minors),
  }));
}

function ofMinor(ranges: SpecFile["conformance"], minor: string, minors: readonly string[]): readonly string[] {
  const at = minors.indexOf(minor);
  return Object.entries(ranges).flatMap(([name, range]) => {
    const [from = "", to = from] = range.split("-");
    return minors.indexOf(from) <= at && at <= minors.indexOf(to) ? [name] : [];
  });
}

function byVersion(a: string, b: string): number {
  const [left, right] = [parseKubernetesVersion(a), parseKubernetesVersion(b)];
  return left && right ? compareVersions(left, right) : 0;
}
