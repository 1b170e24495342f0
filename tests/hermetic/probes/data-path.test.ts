/** Ways and names over HTTPS and websockets on loopback, on networks that are as good or bad as a row says. */
import { describe, expect, it } from "vitest";
import type { DataPathFact } from "../../../src/model/facts/network-paths.ts";
import { startServers } from "../../../src/probes/acting/server-pods.ts";
import { lookAtPaths } from "../../../src/probes/data-path/look.ts";
import { actingOver } from "../../support/acting.ts";
import { connectedLoopback } from "../../support/connected-loopback.ts";
import { gatherOver } from "../../support/gathering.ts";
import { type NetworkCluster, networkCluster } from "../../support/network-cluster.ts";

const id = "kube/data-path";

async function opened(options: NetworkCluster) {
  const network = networkCluster(options);
  const { connection } = await connectedLoopback(network.handler, { upgrade: network.upgrade });
  const { actor } = actingOver(connection, { image: "registry.example/agnhost:2.53" });
  return { network, connection, actor };
}

async function gathered(options: NetworkCluster = {}) {
  const { network, connection, actor } = await opened(options);
  const { reader, asker, requests } = connection;
  const { gathering } = await gatherOver({ reader, asker, requests, actor }, [id], {}, "active");
  const fact = gathering.items[id];
  if (fact === undefined) throw new Error("the probe was not run");
  return { fact: fact.status === "collected" ? fact.value : fact.reason, network };
}

/** Without patience: on a clock on which every look takes a minute. */
async function looked(options: NetworkCluster): Promise<DataPathFact | string> {
  const { actor } = await opened(options);
  const namespace = await actor.namespace();
  if (!namespace.ok) throw new Error("no namespace");
  const pod = (purpose: string, apart: boolean) => ({
    namespace: namespace.value,
    purpose,
    labels: { "path-peer": purpose },
    ports: [8080],
    near: { namespace: namespace.value, labels: { "path-peer": "client" }, apart },
  });
  const wanted = { client: pod("client", false), beside: pod("beside", false), across: pod("across", true) };
  const servers = await startServers(actor, wanted);
  if (!servers.ok || "hindrance" in servers.value) throw new Error("no pods");
  let minutes = 0;
  const fact = await lookAtPaths(actor, servers.value.pods, () => {
    minutes += 1;
    return minutes * 60_000;
  });
  return fact.ok ? fact.value : fact.reason;
}

const dead = (fact: DataPathFact | string) =>
  typeof fact === "string"
    ? [fact]
    : [
        ...fact.paths
          .filter(({ answer }) => answer !== "allowed")
          .map(({ to, family, protocol, placement, answer }) => `${to} ${family} ${protocol} ${placement} ${answer}`),
        ...fact.names.filter(({ resolved }) => !resolved).map(({ written }) => written),
      ];

describe("ways from a pod", () => {
  it("are every kind over both families, by both protocols, beside and apart", async () => {
    const { fact } = await gathered();
    expect(fact).toMatchObject({ podFamilies: ["IPv4", "IPv6"], serviceFamilies: ["IPv4", "IPv6"], searchDomains: 3 });
    const { paths, names } = fact as unknown as DataPathFact;
    expect(paths.map(({ to, family, protocol, placement }) => `${to} ${family} ${protocol} ${placement}`)).toEqual([
      ...["same-node", "other-node"].flatMap((where) =>
        ["IPv4", "IPv6"].flatMap((family) => ["TCP", "UDP"].map((protocol) => `pod ${family} ${protocol} ${where}`)),
      ),
      ...["IPv4", "IPv6"].flatMap((family) =>
        ["TCP", "UDP"].map((protocol) => `service ${family} ${protocol} other-node`),
      ),
      ...["headless-name", "node-port"].flatMap((to) =>
        ["IPv4", "IPv6"].map((family) => `${to} ${family} TCP other-node`),
      ),
    ]);
    expect(names.map(({ written }) => written)).toEqual([
      "service",
      "service.namespace",
      "service.namespace.svc",
      "full",
      "kubernetes.default",
    ]);
    expect(dead(fact as unknown as DataPathFact)).toEqual([]);
  });

  it("are of one family where there is one, and on one node where there is one", async () => {
    const { fact } = await gathered({ families: [4], nodes: 1 });
    expect(fact).toMatchObject({ podFamilies: ["IPv4"], serviceFamilies: ["IPv4"] });
    const { paths } = fact as unknown as DataPathFact;
    expect([...new Set(paths.map(({ family, placement }) => `${family} ${placement}`))]).toEqual(["IPv4 same-node"]);
  });

  it("are tried without names in full where pods have no search domain of Services", async () => {
    const { fact } = await gathered({ resolvConf: "nameserver 192.0.2.1\nsearch example.org\n" });
    const { names } = fact as unknown as DataPathFact;
    expect(names.map(({ written }) => written)).not.toContain("full");
    expect(fact).toMatchObject({ searchDomains: 0 });
  });

  it.each<readonly [string, NetworkCluster, readonly string[]]>([
    [
      "no IPv6 between nodes",
      { broken: ({ host }) => (host.startsWith("fd00::2:") ? "TIMEOUT" : undefined) },
      ["pod IPv6 TCP other-node timeout", "pod IPv6 UDP other-node timeout"],
    ],
    [
      "no kube-proxy",
      { broken: ({ host }) => (host.startsWith("10.96.") || host.startsWith("fd96:") ? "TIMEOUT" : undefined) },
      ["IPv4", "IPv6"].flatMap((family) =>
        ["TCP", "UDP"].map((protocol) => `service ${family} ${protocol} other-node timeout`),
      ),
    ],
    [
      "no node ports on IPv6",
      { broken: ({ host }) => (host.startsWith("2001:") ? "REFUSED" : undefined) },
      ["node-port IPv6 TCP other-node refused"],
    ],
    [
      "no UDP",
      { broken: ({ protocol, host }) => (protocol === "UDP" && host.startsWith("10.") ? "TIMEOUT" : undefined) },
      ["pod IPv4 UDP same-node timeout", "pod IPv4 UDP other-node timeout", "service IPv4 UDP other-node timeout"],
    ],
    [
      "no DNS",
      { broken: ({ host }) => (/^[a-z]/.test(host) && !host.includes(":") ? "DNS" : undefined) },
      [
        "headless-name IPv4 TCP other-node no-name",
        "headless-name IPv6 TCP other-node no-name",
        "service",
        "service.namespace",
        "service.namespace.svc",
        "full",
        "kubernetes.default",
      ],
    ],
    ["a quota for Services", { refusals: { Service: [403, "exceeded quota: services"] } }, []],
    [
      "no right to Services",
      { refusals: { Service: [403, 'User "u" cannot create resource "services" in API group ""'] } },
      ["forbidden"],
    ],
    ["pods that print anything else", { prints: "\u001b[2J0 0 \n99999 0\n" }, ["malformed"]],
    ["pods without agnhost", { prints: "0 127 \n" }, ["not-found"]],
    ["pods that answer with words of their own", { prints: "" }, ["malformed"]],
  ])("are told from %s", async (_, options, expected) => {
    expect(dead(await looked(options))).toEqual(expected);
  });

  it("are not tried by what a hostile cluster calls an address", async () => {
    const status = {
      phase: "Running",
      podIPs: [{ ip: "10.0.0.1; reboot" }, { ip: "$(reboot)" }],
      conditions: [{ type: "Ready", status: "True" }],
    };
    const { fact, network } = await gathered({ stuck: { ...status, phase: "Failed" } });
    expect(fact).toMatchObject({ hindrance: { by: "container" } });
    expect(JSON.stringify(network.ran)).not.toContain("reboot");
  });
});
