/** Networks of real nodes, tried by pods of the run: with and without anybody who enforces policies, with two families and one. */
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import type { FactValues, ProbedFactId } from "../../src/model/facts/index.ts";
import { instantAt } from "../../src/model/instant.ts";
import type { RealNodesOptions } from "../../testbed/real-nodes/options.ts";
import { type RealNodes, realNodes } from "../../testbed/real-nodes/real-nodes.ts";
import { type CheckedCluster, checkCluster } from "../support/cluster-check.ts";

const proposals = ["proposed-networking-v1/*", "proposed-ipv6-v1/data-path"];

let cluster: RealNodes | undefined;
afterEach(async () => {
  await cluster?.stop();
  cluster = undefined;
});

async function tried(options: RealNodesOptions): Promise<CheckedCluster> {
  cluster = await realNodes({ ...options, storage: "none" });
  const checked = await checkCluster(await cluster.kubeconfig(), {
    selection: { only: proposals, tier: "active", includeProposed: true },
    acting: { image: "nodes", stateFolder: path.join(cluster.folder, "ledgers") },
    at: instantAt(Date.now()),
    timeout: 900_000,
    requestTimeout: 30_000,
  });
  const { milliseconds } = factOf(checked, "kube/network-policy-matrix");
  // measured and told, never asserted: other work on this machine decides as well
  console.info(`the matrix took ${Math.round(milliseconds / 1000)} s, with the start of its pods`);
  return checked;
}

function factOf<Id extends ProbedFactId>(checked: CheckedCluster, id: Id): FactValues[Id] {
  const fact = checked.fact(id);
  if (fact.status !== "collected") throw new Error(`${id}: ${fact.status} ${JSON.stringify(fact)}`);
  return fact.value as unknown as FactValues[Id];
}

test("where policies are enforced over two families, every step is as expected and every way leads somewhere", async () => {
  const checked = await tried({});
  const { families, steps, nodes } = factOf(checked, "kube/network-policy-matrix");
  expect(families).toEqual(["IPv4", "IPv6"]);
  expect(new Set(nodes.map(({ node }) => node)).size).toBe(2);
  expect(steps.filter(({ outcome }) => outcome !== "as-expected")).toEqual([]);
  expect(factOf(checked, "kube/data-path").paths.filter(({ answer }) => answer !== "allowed")).toEqual([]);
  expect(checked.outcomes).toEqual({
    "proposed-ipv6-v1/data-path": "pass",
    "proposed-networking-v1/network-policies": "pass",
    "proposed-networking-v1/data-path": "pass",
    "proposed-networking-v1/cluster-dns": "pass",
  });
  expect(checked.gathering.cleanup).toMatchObject({ left: 0 });
});

test("where nobody enforces policies, over one family, that is what fails, and no more", async () => {
  const checked = await tried({ policy: false, family: "IPv4" });
  const { families, steps } = factOf(checked, "kube/network-policy-matrix");
  expect(families).toEqual(["IPv4"]);
  expect(steps.slice(0, 4).map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
    "baseline as-expected",
    "lookup as-expected",
    "deny-ingress differs",
    "allow-pods not-run",
  ]);
  expect(checked.outcomes).toEqual({
    "proposed-ipv6-v1/data-path": "undetermined",
    "proposed-networking-v1/network-policies": "fail",
    "proposed-networking-v1/data-path": "pass",
    "proposed-networking-v1/cluster-dns": "pass",
  });
  expect(checked.gathering.cleanup).toMatchObject({ left: 0 });
});
