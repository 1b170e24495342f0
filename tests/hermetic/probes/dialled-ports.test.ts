/** Ports of nodes, dialled: real connections to loopback, behind a translation of the addresses that nodes of the test name. */
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import type { Dialled } from "../../../src/model/listeners.ts";
import { wellKnownPorts } from "../../../src/model/network/well-known-ports.ts";
import { dialAll } from "../../../src/probes/dialled-ports.ts";
import { connectedLoopback } from "../../support/connected-loopback.ts";
import { gatherOver, paths, served } from "../../support/gathering.ts";
import { forbidden, kubernetesRoutes } from "../../support/kubernetes-routes.ts";
import type { LoopbackResponse } from "../../support/loopback-response.ts";
import { tcpListener } from "../../support/port-forwarder.ts";

const id = "kube/dialled-ports";

const node = (name: string, addresses: readonly (readonly [string, string])[], ...roles: readonly string[]) => ({
  metadata: {
    name,
    creationTimestamp: "2026-01-01T00:00:00Z",
    labels: Object.fromEntries(roles.map((role) => [`node-role.kubernetes.io/${role}`, ""])),
  },
  status: { nodeInfo: {}, addresses: addresses.map(([type, address]) => ({ type, address })) },
});

const ofWorkers = [10_249, 10_250, 10_255, 10_256];
const ofControlPlanes = wellKnownPorts.map(({ port }) => port);

/** A port of loopback on which nobody listens any more. */
async function closedPort(): Promise<number> {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
  const address = gone.address();
  await new Promise<void>((resolve) => gone.close(() => resolve()));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** `open`: `ADDRESS PORT` of what listens; all else is refused. */
async function dialling(
  nodes: readonly object[],
  open: readonly string[],
  overrides: { readonly [path: string]: LoopbackResponse } = {},
) {
  const routes = kubernetesRoutes({ [paths.version]: served("v1.36.0"), [paths.nodes]: nodes }, { overrides });
  const { connection } = await connectedLoopback(routes);
  const [listening, closed] = [await tcpListener(), await closedPort()];
  const dialled: string[] = [];
  let [atOnce, most] = [0, 0];
  const dial = async (address: string, port: number): Promise<Dialled> => {
    dialled.push(`${address} ${port}`);
    atOnce += 1;
    most = Math.max(most, atOnce);
    const outcome = await connection.listeners.dial(
      "127.0.0.1",
      open.includes(`${address} ${port}`) ? listening : closed,
    );
    atOnce -= 1;
    return outcome;
  };
  const { gathering } = await gatherOver(
    {
      reader: connection.reader,
      asker: connection.asker,
      requests: connection.requests,
      listeners: { ...connection.listeners, dial },
    },
    [id],
    {},
    "system",
  );
  const item = gathering.items[id];
  return {
    fact: item?.status === "collected" ? item.value : item?.reason,
    stored: JSON.stringify(gathering),
    dialled,
    most,
  };
}

const nothing = { open: [], refused: [], silent: [], noRoute: [], notTried: [] };

describe("ports of nodes", () => {
  it("are told by node, kind of address and answer, and no address is kept", async () => {
    const nodes = [
      node("worker", [
        ["InternalIP", "198.51.100.9"],
        ["ExternalIP", "2001:db8::9"],
        ["Hostname", "worker"],
      ]),
      node("cp", [["InternalIP", "198.51.100.5"]], "control-plane"),
      node("virtual", [["Hostname", "virtual"]]),
    ];
    const { fact, stored, dialled } = await dialling(nodes, [
      "198.51.100.5 6443",
      "198.51.100.5 10250",
      "2001:db8::9 10250",
    ]);
    const without = (ports: readonly number[], ...open: readonly number[]) =>
      ports.filter((port) => !open.includes(port));
    const about = { ...nothing, type: "InternalIP", family: "IPv4", scope: "global" };
    expect(fact).toMatchObject({
      addresses: [
        { ...about, node: "cp", open: [6443, 10_250], refused: without(ofControlPlanes, 6443, 10_250) },
        { ...about, node: "worker", refused: ofWorkers },
        {
          ...about,
          ...{ node: "worker", type: "ExternalIP", family: "IPv6" },
          open: [10_250],
          refused: without(ofWorkers, 10_250),
        },
      ],
      nodesLeftOut: 0,
      inside: [],
    });
    expect(dialled).toHaveLength(ofControlPlanes.length + 2 * ofWorkers.length);
    expect(stored).not.toMatch(/198\.51\.100|2001:db8/);
  });

  it("are dialled on ten nodes, those of the control plane first, and on no more than sixteen at once", async () => {
    const names = Array.from({ length: 14 }, (_, index) => `n${String(index).padStart(2, "0")}`);
    const nodes = names.map((name, index) =>
      node(name, [["InternalIP", `198.51.100.${index + 1}`]], ...(index === 13 ? ["etcd"] : [])),
    );
    const { fact, dialled, most } = await dialling(nodes, []);
    expect(fact).toMatchObject({ nodesLeftOut: 4 });
    const seen = (fact as { readonly addresses: readonly { readonly node: string }[] }).addresses;
    expect(seen.map((address) => address.node)).toEqual(["n13", ...names.slice(0, 9)]);
    expect(dialled).toHaveLength(ofControlPlanes.length + 9 * ofWorkers.length);
    expect(most).toBe(16);
  });

  const list = { [paths.nodes]: { status: 200, body: { kind: "NodeList", items: [{}] } } };
  it.each<[string, readonly object[], { readonly [path: string]: LoopbackResponse }, string]>([
    ["without the right", [], { [paths.nodes]: forbidden('nodes is forbidden: User "x" cannot list') }, "forbidden"],
    ["of nodes that are none", [], list, "malformed"],
    ["of no node", [], {}, "not-visible"],
    ["of a node that names this machine", [node("a", [["InternalIP", "127.0.0.1"]])], {}, "not-visible"],
    ["of a node that names a host", [node("a", [["ExternalIP", "somebody.example"]])], {}, "not-visible"],
    ["of a server that errs", [], { [paths.nodes]: { status: 500, body: "" } }, "server-error"],
  ])("%s are not dialled", async (_, nodes, overrides, reason) => {
    const { fact, dialled } = await dialling(nodes, [], overrides);
    expect({ fact, dialled }).toEqual({ fact: reason, dialled: [] });
  });
});

describe("dialling", () => {
  const address = { type: "ExternalIP", family: "IPv4", scope: "global", address: "203.0.113.1" } as const;
  const about = { ...nothing, node: "a", type: "ExternalIP", family: "IPv4", scope: "global" };

  it("tells every answer", async () => {
    const answers: readonly Dialled[] = ["open", "refused", "silent", "no-route", "not-tried"];
    const dial = async (_: string, port: number): Promise<Dialled> => answers[port - 1] ?? "silent";
    const found = await dialAll([{ node: "a", address, ports: [1, 2, 3, 4, 5, 6] }], { dial }, () => true);
    expect(found).toEqual([{ ...about, open: [1], refused: [2], silent: [3, 6], noRoute: [4], notTried: [5] }]);
  });

  it("ends when its time is over, and says what was not tried", async () => {
    let dials = 0;
    const dial = async (): Promise<Dialled> => {
      dials += 1;
      return "silent";
    };
    const ports = Array.from({ length: 40 }, (_, index) => index + 1);
    const found = await dialAll([{ node: "a", address, ports }], { dial }, () => dials < 20);
    expect(found).toEqual([{ ...about, silent: ports.slice(0, 20), notTried: ports.slice(20) }]);
  });
});
