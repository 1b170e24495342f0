/** A load balancer and an Ingress of the run, over HTTPS on loopback: given, not given, refused, and gone again. */
import { describe, expect, it } from "vitest";
import { rightsOf } from "../../../src/model/acting-rights.ts";
import { startServers } from "../../../src/probes/acting/server-pods.ts";
import { ingressTrialProbe } from "../../../src/probes/ingress-trial.ts";
import { loadBalancerTrialProbe } from "../../../src/probes/load-balancer-trial.ts";
import { tryIngress } from "../../../src/probes/published/try-ingress.ts";
import { tryLoadBalancer } from "../../../src/probes/published/try-load-balancer.ts";
import { actingOver } from "../../support/acting.ts";
import { connectedLoopback } from "../../support/connected-loopback.ts";
import { granting } from "../../support/granting.ts";
import { type NetworkCluster, networkCluster } from "../../support/network-cluster.ts";

const labels = { "trial-peer": "one" };
const waits = { address: 30, answer: 0, second: 10, gone: 50 } as const;

const granted = { balancer: rightsOf(loadBalancerTrialProbe), ingress: rightsOf(ingressTrialProbe) };

/** With hardly any patience. */
async function tried(kind: "balancer" | "ingress", options: NetworkCluster, keep = false) {
  const network = networkCluster(options);
  const { connection } = await connectedLoopback(granting(granted[kind], network.handler), {
    upgrade: network.upgrade,
  });
  const { actor } = actingOver(connection, { image: "registry.example/agnhost:2.53" });
  const namespace = await actor.namespace();
  if (!namespace.ok) throw new Error("no namespace");
  const pod = { namespace: namespace.value, purpose: "server", labels, ports: [8080] };
  const servers = await startServers(actor, { server: pod });
  if (!servers.ok || "hindrance" in servers.value) throw new Error("no pod");
  const { server } = servers.value.pods;
  const path = `/api/v1/namespaces/${namespace.value}/services/${actor.name("balancer")}`;
  if (keep) network.store.held.add(path);
  const fact =
    kind === "balancer"
      ? await tryLoadBalancer(actor, server, labels, waits)
      : await tryIngress(actor, server, labels, waits);
  const left = [...network.store.objects.keys()].filter((one) => /\/(services|ingresses)\/[^/]+$/.test(one));
  return { fact: fact.ok ? fact.value : fact.reason, left, network };
}

const both = { ingress: [{ ip: "203.0.113.7" }, { ip: "2001:db8:1::7" }] };

describe("a Service of type LoadBalancer", () => {
  it("has nothing but its mandatory fields, is tried by its address, and goes", async () => {
    const { fact, left, network } = await tried("balancer", { published: both });
    expect(fact).toMatchObject({
      addresses: [
        { family: "IPv4", scope: "global" },
        { family: "IPv6", scope: "global" },
      ],
      answer: "allowed",
      removed: true,
    });
    expect(left).toEqual([]);
    const service = network.made.find(({ object }) => object.kind === "Service")?.object;
    expect(service?.spec).toEqual({ type: "LoadBalancer", selector: labels, ports: [{ port: 80, targetPort: 8080 }] });
    expect(JSON.stringify(fact)).not.toMatch(/203\.0\.113|2001:db8/);
  });

  it.each<readonly [string, NetworkCluster, object | string]>([
    [
      "nobody gives it an address",
      { events: [["SyncLoadBalancerFailed", "Octavia at https://octavia.example:9876 says: quota exceeded"]] },
      { addresses: [], hostname: false, events: ["SyncLoadBalancerFailed: Octavia at ... says: quota exceeded"] },
    ],
    [
      "its address does not answer",
      { published: both, broken: ({ host }) => (host === "203.0.113.7" ? "TIMEOUT" : undefined) },
      { answer: "timeout", removed: true },
    ],
    [
      "it is known by name alone",
      { published: { ingress: [{ hostname: "lb.example" }] } },
      { hostname: true, addresses: [] },
    ],
    [
      "what it got is no address",
      { published: { ingress: [{ ip: "$(reboot)", hostname: "a;b" }] } },
      { addresses: [], answer: "no-name" },
    ],
    ["a quota refuses it", { refusals: { Service: [403, "exceeded quota: q"] } }, { hindrance: { by: "quota" } }],
    ["it may not be made", { refusals: { Service: [403, 'u cannot create resource "services"'] } }, "forbidden"],
  ])("is told when %s", async (_, options, expected) => {
    const { fact, left, network } = await tried("balancer", options);
    if (typeof expected === "string") expect(fact).toBe(expected);
    else expect(fact).toMatchObject(expected);
    expect(left).toEqual([]);
    expect(JSON.stringify(network.ran)).not.toContain("reboot");
  });

  it("is told when its finalizer keeps it", async () => {
    expect((await tried("balancer", { published: both }, true)).fact).toMatchObject({ removed: false });
  });
});

describe("an Ingress without a class", () => {
  it.each<readonly [string, NetworkCluster, object | string]>([
    ["it leads to its pod", { published: both }, { answer: "allowed" }],
    ["somebody else answers", { published: both, prints: "404 page not found\n" }, { answer: "other" }],
    ["nobody serves it", {}, { addresses: [], hostname: false }],
    ["a policy refuses it", { refusals: { Ingress: [403, "denied"] } }, { hindrance: { by: "policy" } }],
    ["it may not be made", { refusals: { Ingress: [403, 'u cannot create resource "ingresses"'] } }, "forbidden"],
  ])("is told when %s", async (_, options, expected) => {
    const { fact } = await tried("ingress", options);
    if (typeof expected === "string") expect(fact).toBe(expected);
    else expect(fact).toMatchObject(expected);
  });
});
