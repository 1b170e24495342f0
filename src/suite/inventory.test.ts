import { expect, test } from "vitest";
import { connectedLoopback } from "../../tests/support/connected-loopback.ts";
import { statusObject } from "../../tests/support/loopback-response.ts";
import { newcomers, takeInventory } from "./inventory.ts";

const named = (name: string) => ({ metadata: { name } });
const node = (labels: object, taints: readonly object[] = []) => ({
  metadata: { name: "worker-1", labels },
  spec: { taints },
});

async function inventory(
  objects: { readonly [resource: string]: readonly object[] },
  forbidden: readonly string[] = [],
) {
  const { reader } = await connectedLoopback(({ url }) => {
    const resource = url.pathname.split("/").at(-1) ?? "";
    if (forbidden.includes(resource)) return { status: 403, body: statusObject(403, "no") };
    return { body: { kind: "List", metadata: {}, items: objects[resource] ?? [] } };
  });
  return takeInventory(reader);
}

test("what came and stayed is named, what bears the run's name is not", async () => {
  const before = await inventory({ customresourcedefinitions: [named("a.example")], nodes: [node({ zone: "a" })] });
  const after = await inventory({
    customresourcedefinitions: [named("a.example"), named("e2e-test.example")],
    clusterrolebindings: [named("suite-k3v9x")],
    priorityclasses: [named("p1\u001b[31m")],
    nodes: [
      node({ zone: "a", "kubernetes.io/e2e-1": "95" }, [
        { key: "kubernetes.io/e2e-evict-taint-key", effect: "NoExecute" },
      ]),
    ],
  });
  expect(newcomers(before, after, "k3v9x")).toEqual([
    "customresourcedefinitions/e2e-test.example",
    "priorityclasses/p1?[31m",
    "nodes/worker-1: label kubernetes.io/e2e-1",
    "nodes/worker-1: taint kubernetes.io/e2e-evict-taint-key:NoExecute",
  ]);
  expect(newcomers(after, before, "k3v9x")).toEqual([]);
});

test("what could not be looked at before or after tells nothing", async () => {
  const crds = { customresourcedefinitions: [named("a.example")] };
  const blind = await inventory(crds, ["customresourcedefinitions"]);
  const seeing = await inventory(crds);
  expect(blind.get("customresourcedefinitions")).toBeUndefined();
  expect(newcomers(blind, seeing, "x")).toEqual([]);
  expect(newcomers(seeing, blind, "x")).toEqual([]);
});
