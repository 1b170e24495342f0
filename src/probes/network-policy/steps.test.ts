/** What the steps expect is held against the API's own words, by an oracle that knows nothing of the steps. */
import { describe, expect, it } from "vitest";
import { letsThrough, type OraclePod, type OraclePolicy } from "../../../tests/support/policy-oracle.ts";
import { type MatrixPeer, matrixPeers } from "../../model/facts/network-paths.ts";
import { lookupStep } from "../../model/network/policy-matrix.ts";
import { peers } from "./peers.ts";
import type { Ground } from "./policies.ts";
import { matrixSteps, type PlannedCell, type PlannedStep } from "./steps.ts";

const addresses = (of: (index: number) => readonly string[]): Ground["addresses"] => ({
  near: of(1),
  far: of(2),
  x: of(3),
  y: of(4),
  z: of(5),
});
const names = { home: "run-policies", other: "run-peers" };
const families = {
  IPv4: addresses((index) => [`10.0.${index}.9`]),
  IPv6: addresses((index) => [`fd00::${index}:9`]),
} as const;
const dual: Ground = { ...names, addresses: addresses((index) => [`10.0.${index}.9`, `fd00::${index}:9`]) };

function pod(peer: MatrixPeer, family: keyof typeof families): OraclePod {
  const [address = ""] = families[family][peer];
  const [first, second] = peers[peer].ports;
  const portNames = { ...(first ? { first } : {}), ...(second ? { second } : {}) };
  return { namespace: names[peers[peer].in], labels: peers[peer].labels, address, portNames };
}

const dns: OraclePod = { namespace: "kube-system", labels: { app: "dns" }, address: "192.0.2.53", portNames: {} };

function passes(step: PlannedStep, cell: PlannedCell, family: keyof typeof families): boolean {
  const policies = Object.values(step.policies(dual)) as unknown as OraclePolicy[];
  const from = pod(cell.from, family);
  const connection = cell.lookup
    ? { from, to: dns, port: 53, protocol: "UDP" }
    : { from, to: pod(cell.to, family), port: cell.port, protocol: cell.protocol };
  return letsThrough(policies, names.home, connection);
}

const written = ({ from, to, port, protocol, lookup }: PlannedCell) =>
  lookup ? `${from} looks up` : `${from} -> ${to}:${port}/${protocol}`;

describe("the steps of the matrix", () => {
  it.each(
    matrixSteps
      .flatMap((step) =>
        step.cells.flatMap((cell) => (["IPv4", "IPv6"] as const).map((family) => ({ step, cell, family }))),
      )
      .map(({ step, cell, family }) => [`${step.id}: ${written(cell)} over ${family}`, step, cell, family] as const),
  )("expect what the API says: %s", (_, step, cell, family) => {
    expect(passes(step, cell, family) ? "allowed" : "blocked").toBe(cell.expected);
  });

  const steps = matrixSteps.filter(({ id }) => id !== lookupStep);
  it.each(steps.slice(1).map((step, index) => [step.id, step, steps[index]] as const))(
    "%s changes what gets through, so that it cannot be as expected before its policies take effect",
    (id, step, before) => {
      const changed = step.cells.filter(
        (cell) => before !== undefined && (passes(before, cell, "IPv4") ? "allowed" : "blocked") !== cell.expected,
      );
      if (id === "deny-lookup") expect(step.policies(dual)).toEqual(before?.policies(dual));
      else expect(changed.map(written)).not.toEqual([]);
    },
  );

  it("have something that gets through beside all that is blocked: a network that fails is no policy", () => {
    const alone = matrixSteps.filter((step) => !step.cells.some(({ expected }) => expected === "allowed"));
    expect(alone.map(({ id }) => id)).toEqual([]);
  });

  it("try before any policy every way that they block later", () => {
    const [baseline, lookups, ...others] = matrixSteps;
    const before = [...(baseline?.cells ?? []), ...(lookups?.cells ?? [])].map(written);
    const tried = new Set(before);
    expect(others.flatMap(({ cells }) => cells.map(written)).filter((way) => !tried.has(way))).toEqual([]);
    expect(before.length).toBe(tried.size);
    expect([baseline, lookups].map((step) => step?.policies(dual))).toEqual([{}, {}]);
  });

  it("go from clients to servers beside them and apart, and into the other namespace", () => {
    const ways = new Set(matrixSteps.flatMap(({ cells }) => cells.map(({ from, to }) => `${from}>${to}`)));
    expect([...ways].sort()).toEqual(["x>far", "x>near", "x>x", "x>z", "y>far", "y>near", "z>far", "z>near"]);
  });

  it("name each policy field that the standard's API has for peers and ports", () => {
    const text = JSON.stringify(matrixSteps.map(({ policies }) => policies(dual)));
    for (const field of ["podSelector", "namespaceSelector", "ipBlock", "except", "endPort", "Ingress", "Egress"])
      expect(text).toContain(`"${field}"`);
    expect(text).toContain('"port":"second"');
  });

  it("keep the pods' labels apart as the selectors need it", () => {
    expect(peers.z.labels).toEqual(peers.x.labels);
    expect(matrixPeers.filter((peer) => peers[peer].in === "other")).toEqual(["z"]);
  });
});
