import { expect, test } from "vitest";
import { loadSpecLists } from "../catalogue/conformance-specs.ts";
import type { Plan } from "../engine/plan.ts";
import { UsageError } from "../model/faults.ts";
import {
  allowSuites,
  imageMappingOption,
  suiteFocusOption,
  suiteImageOption,
  suiteKindOption,
} from "./suite-options.ts";
import { suiteLines, withSuites } from "./suite-plan.ts";

const nothing: Plan = { tier: "system", probes: [], requests: 0, rights: [], furtherRights: {}, questions: [] };
const full = { kinds: ["full"], registries: [] } as const;
const policies = { kinds: ["networkpolicy"], registries: [] } as const;

test("a plan without runs is as it was", () => {
  expect(withSuites(nothing, undefined)).toBe(nothing);
  expect(suiteLines(undefined)).toEqual([]);
});

test("the rights are those of the Job, of the binding that upstream's suite needs, and of unmaking both", () => {
  const rights = withSuites(nothing, policies).rights.flatMap((right) =>
    right.kind === "resource" ? [`${right.verb} ${right.resource}${right.name ? ` ${right.name}` : ""}`] : [right.path],
  );
  expect(rights).toEqual(
    expect.arrayContaining([
      "bind clusterroles cluster-admin",
      "create clusterrolebindings",
      "list clusterrolebindings",
      "delete clusterrolebindings",
      "create jobs",
      "get pods/log",
      "get pods/proxy",
      "delete namespaces",
    ]),
  );
  expect(rights).not.toContain("create configmaps");
  const mapped = withSuites(nothing, { ...policies, registries: [{ from: "registry.k8s.io", to: "mirror.example" }] });
  expect(mapped.rights).toContainEqual(expect.objectContaining({ verb: "create", resource: "configmaps", own: true }));
});

test("a full run is told with what it disturbs, by the newest list of specs", () => {
  const text = suiteLines(full).join("\n");
  const { minor, conformance } = loadSpecLists().at(-1) ?? { minor: "", conformance: [] };
  expect(text).toContain(`decide cncf-k8s-conformance: ${conformance.length} in ${minor}, one after the other`);
  expect(text).toContain("NOT for a cluster that others work on");
  expect(text).toMatch(/2 put a NoExecute taint on nodes/);
  expect(text).toMatch(/\d+ make PriorityClasses .* preempt pods/);
  expect(text).toContain("registry.k8s.io/conformance:VERSION");
  expect(text).toContain("cluster-admin");
});

test("the NetworkPolicy specs disturb nobody; a part of them and a mirror are named", () => {
  const registries = [{ from: "registry.k8s.io", to: "mirror.example/k8s" }];
  const text = suiteLines({ ...policies, registries, focus: "egress" }).join("\n");
  expect(text).not.toContain("NOT for a cluster");
  expect(text).toContain("mirror.example/k8s/conformance:VERSION");
  expect(text).toContain('Only those that match "egress"');
  expect(text).toContain("each spec may be tried 2 times");
});

test.each(["observe", "dry-run", "active"] as const)("tier %s is not enough for a run", (tier) => {
  expect(() => allowSuites(full, tier)).toThrow(UsageError);
  expect(() => allowSuites(undefined, tier)).not.toThrow();
});

test("a run has a namespace of its own or is not made", () => {
  expect(() => allowSuites(full, "system", "tenant")).toThrow(/--namespace allows none/);
  expect(() => allowSuites(full, "system")).not.toThrow();
});

test.each([
  ["a kind", () => suiteKindOption("quick")],
  ["an image without a registry", () => suiteImageOption("conformance:v1.37.2")],
  ["a mapping without an end", () => imageMappingOption("registry.k8s.io=")],
  ["an expression of two lines", () => suiteFocusOption("a\nb")],
])("%s that cannot be is refused with what to write", (_, parse) => {
  expect(parse).toThrow(UsageError);
});
