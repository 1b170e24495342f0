import { expect, it } from "vitest";
import { imageOnNodes, rightsOf } from "./acting-rights.ts";
import type { Right } from "./probe.ts";
import { describeRight } from "./right-text.ts";

const podRight: Right = { kind: "resource", verb: "create", group: "", resource: "pods", own: true };
const making = (pods: number) => ({ rights: [podRight], makes: { objects: { Pod: pods }, pods, seconds: 1 } });
const named = (...given: Parameters<typeof rightsOf>) => rightsOf(...given).map(describeRight);

it("whoever makes pods of an image that nodes have looks at the nodes, and nobody else", () => {
  expect(named(making(1), { image: imageOnNodes })).toContain("list nodes");
  expect(named(making(1), { image: imageOnNodes, namespace: "given" })).toContain("list nodes");
  expect(named(making(0), { image: imageOnNodes })).not.toContain("list nodes");
  expect(named(making(1), { image: "example/agnhost:1" })).not.toContain("list nodes");
  expect(named({ rights: [podRight] }, { image: imageOnNodes })).toEqual([describeRight(podRight)]);
});

it("in a namespace that was named each object is unmade by itself; one of the run's own goes as a whole", () => {
  expect(named(making(1), { namespace: "given" })).toEqual([
    "create pods in given",
    "get pods in given",
    "list pods in given",
    "delete pods in given",
  ]);
  expect(named(making(1))).toContain("delete namespaces");
  expect(named(making(1))).not.toContain("delete pods in the run's own namespaces");
});
