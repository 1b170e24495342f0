import { describe, expect, it } from "vitest";
import { baseVersion, branchOf, compareVersions, parseKubernetesVersion, rangeHolds } from "./kubernetes-version.ts";

function version(text: string) {
  const parsed = parseKubernetesVersion(text);
  if (!parsed) throw new Error(`not a version: ${text}`);
  return parsed;
}

describe("parseKubernetesVersion", () => {
  it.each([
    ["  v2.4.99   ", "2.4.99", "2.4", ""],
    ["v1.29.3-dev0", "1.29.3", "1.29", "-dev0"],
    ["1.24.0", "1.24.0", "1.24", ""],
    ["v1.33.4+k3s1", "1.33.4", "1.33", "+k3s1"],
    ["v1.31.6+rke2r1", "1.31.6", "1.31", "+rke2r1"],
    ["v1.30.4-eks-a737599", "1.30.4", "1.30", "-eks-a737599"],
    ["v1.29.1-gke.1425000", "1.29.1", "1.29", "-gke.1425000"],
    ["v1.28.4+vmware.1-fips.1", "1.28.4", "1.28", "+vmware.1-fips.1"],
    ["v1.34.0-rc.1", "1.34.0-rc.1", "1.34", ""],
    ["v1.36.0-alpha.2.17+4c8e9f0a1b2c3d", "1.36.0-alpha.2", "1.36", ".17+4c8e9f0a1b2c3d"],
    ["1.31", "1.31.0", "1.31", ""],
  ])("reads %j", (text, base, branch, suffix) => {
    const parsed = version(text);
    expect([baseVersion(parsed), branchOf(parsed), parsed.suffix]).toEqual([base, branch, suffix]);
  });

  it.each(["", "v1", "latest", "1.2.x", "unspecified", "1.30.4 beta", "<=1.2.3", "1.99999.0"])("refuses %j", (text) => {
    expect(parseKubernetesVersion(text)).toBeUndefined();
  });

  it("knows that a branch alone has no patch", () => {
    expect([version("1.31").patchGiven, version("1.31.0").patchGiven]).toEqual([false, true]);
  });
});

it("orders versions", () => {
  const ordered = [
    "1.2.3",
    "1.2.4",
    "1.3.0",
    "1.10.0",
    "1.30.0-alpha.2",
    "1.30.0-alpha.10",
    "1.30.0-beta.0",
    "1.30.0-rc.0",
  ];
  ordered.push("1.30.0", "1.30.1", "2.0.0");
  for (const [index, text] of ordered.entries()) {
    const next = ordered[index + 1];
    if (next) expect(compareVersions(version(text), version(next)), `${text} < ${next}`).toBeLessThan(0);
  }
  expect(compareVersions(version("1.2.0"), version("1.2"))).toBe(0);
  expect(compareVersions(version("1.30.4-eks-1"), version("1.30.4+k3s1"))).toBe(0);
});

// upstream's vectors for ranges; "inclusive" upper bounds are written as the next patch
describe("rangeHolds", () => {
  it.each([
    ["single 3.4.5", { from: "3.4.5", before: "3.4.6" }, ["3.4.5"], ["3.4.4", "3.4.6"]],
    ["1.2.3 to below 1.3.0", { from: "1.2.3", before: "1.3.0" }, ["1.2.3", "1.2.99"], ["1.2.2", "1.3.0"]],
    ["1.2.3 up to 1.3.0", { from: "1.2.3", before: "1.3.1" }, ["1.2.3", "1.3.0"], ["1.2.2", "1.3.1"]],
    ["inclusive 1.2.1 to 1.3.4", { from: "1.2.1", before: "1.3.5" }, ["1.2.1", "1.3.4"], ["1.2.0", "1.3.5"]],
    ["exclusive 1.2.1 to 1.3.4", { from: "1.2.1", before: "1.3.4" }, ["1.2.1", "1.3.3"], ["1.2.0", "1.3.4"]],
    ["no lower bound", { from: null, before: "1.3.1" }, ["0.0", "1.3.0"], ["1.3.1"]],
    ["no upper bound", { from: "1.3.0", before: null }, ["1.3.0", "9.9.9"], ["1.2.99"]],
    ["a branch as bound", { from: "1.30", before: "1.31" }, ["1.30.0", "1.30.9", "1.30.2-eks-1"], ["1.29.9", "1.31.0"]],
    ["an unreadable bound is open", { from: "<=", before: "1.31.0" }, ["1.0.0"], ["1.31.0"]],
    ["a prerelease counts as its release", { from: "1.31.0", before: "1.31.1" }, ["1.31.0-rc.1"], ["1.31.1-rc.0"]],
  ])("%s", (_, range, inside, outside) => {
    expect(inside.map((text) => rangeHolds(range, version(text)))).toEqual(inside.map(() => true));
    expect(outside.map((text) => rangeHolds(range, version(text)))).toEqual(outside.map(() => false));
  });
});
