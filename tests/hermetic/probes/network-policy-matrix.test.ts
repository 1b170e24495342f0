/** The matrix of NetworkPolicies over HTTPS and websockets on loopback, on networks that are as good or bad as a row says. */
import { describe, expect, it } from "vitest";
import { rightsOf } from "../../../src/model/acting-rights.ts";
import type { MatrixStep, NetworkPolicyMatrixFact } from "../../../src/model/facts/network-paths.ts";
import { isAsExpected } from "../../../src/model/network/policy-matrix.ts";
import { startServers } from "../../../src/probes/acting/server-pods.ts";
import { eachPeer, podsIn } from "../../../src/probes/network-policy/pods.ts";
import { walk } from "../../../src/probes/network-policy/walk.ts";
import { networkPolicyMatrixProbe } from "../../../src/probes/network-policy-matrix.ts";
import { actingOver } from "../../support/acting.ts";
import { connectedLoopback } from "../../support/connected-loopback.ts";
import { gatherOver } from "../../support/gathering.ts";
import { granting } from "../../support/granting.ts";
import { type NetworkCluster, networkCluster, type RunningNetwork } from "../../support/network-cluster.ts";

const id = "kube/network-policy-matrix";
const granted = rightsOf(networkPolicyMatrixProbe);

async function gathered(options: NetworkCluster = {}, given: { namespace?: string } = {}) {
  const network = networkCluster(options);
  const handler = granting(granted, network.handler);
  const { connection } = await connectedLoopback(handler, { upgrade: network.upgrade });
  const { reader, asker, requests } = connection;
  const { actor } = actingOver(connection, { image: "registry.example/agnhost:2.53", ...given });
  const { gathering } = await gatherOver({ reader, asker, requests, actor }, [id], {}, "active");
  const fact = gathering.items[id];
  const policies = [...network.store.objects.keys()].filter((path) => path.includes("/networkpolicies/"));
  if (fact === undefined) throw new Error("the probe was not run");
  const value = fact.status === "collected" ? (fact.value as unknown as NetworkPolicyMatrixFact) : undefined;
  return { fact: fact.status === "collected" ? value : fact.reason, steps: value?.steps ?? [], policies, network };
}

/** Steps on a network without patience: what differs is looked at twice, and no longer. */
async function walked(options: NetworkCluster): Promise<readonly MatrixStep[]> {
  const network = networkCluster(options);
  const { connection } = await connectedLoopback(network.handler, { upgrade: network.upgrade });
  const { actor: act } = actingOver(connection, { image: "registry.example/agnhost:2.53" });
  const [home, other] = [await act.namespace({ purpose: "policies" }), await act.namespace({ purpose: "peers" })];
  if (!home.ok || !other.ok) throw new Error("no namespaces");
  const servers = await startServers(act, podsIn({ home: home.value, other: other.value }));
  if (!servers.ok || "hindrance" in servers.value) throw new Error("no pods");
  const { pods } = servers.value;
  const addresses = eachPeer((peer) => pods[peer].addresses);
  const steps = await walk({
    act,
    ground: { home: home.value, other: other.value, addresses },
    field: { act, pods, addresses, lookup: "kubernetes.default.svc.cluster.test." },
    limits: { first: 0, step: 0, all: Number.POSITIVE_INFINITY },
    now: () => performance.now(),
  });
  if (!steps.ok) throw new Error(steps.reason);
  return steps.value;
}

const outcomes = (steps: readonly MatrixStep[]) => Object.fromEntries(steps.map(({ id, outcome }) => [id, outcome]));

/** Pods that the level restricted admits, with little; nothing in a namespace of others. */
function expectHarmless(network: RunningNetwork) {
  const made = network.made.filter(({ path }) => path.endsWith("/pods"));
  expect(made).toHaveLength(5);
  for (const { path, object } of made) {
    expect(path).toMatch(/^\/api\/v1\/namespaces\/scs-conformance-[a-z0-9]{5}-(policies|peers)\/pods$/);
    expect(object).toMatchObject({
      spec: {
        activeDeadlineSeconds: 900,
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containers: [
          {
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
            resources: { requests: { cpu: "10m", memory: "16Mi" } },
          },
        ],
      },
    });
  }
  const policies = network.made.filter(({ path }) => path.includes("/networkpolicies"));
  expect(policies.filter(({ path }) => !path.endsWith("-policies/networkpolicies"))).toEqual([]);
}

describe("the matrix on a network that enforces policies", () => {
  it("is as expected in every step, over both families, and leaves no policy behind", async () => {
    const { fact, steps, policies, network } = await gathered();
    expect(fact).toMatchObject({
      families: ["IPv4", "IPv6"],
      nodes: [
        { peer: "near", node: 1 },
        { peer: "far", node: 2 },
        { peer: "x", node: 1 },
        { peer: "y", node: 1 },
        { peer: "z", node: 2 },
      ],
    });
    expect([...new Set(steps.map(({ outcome, rounds }) => `${outcome} ${rounds}`))]).toEqual(["as-expected 1"]);
    expect(steps.flatMap(({ cells }) => cells).every(isAsExpected)).toBe(true);
    expect(policies).toEqual([]);
    // one command for each client of a step: streams are what a run on real nodes spends its time on
    expect(network.ran.length).toBeLessThan(60);
    expectHarmless(network);
  });

  it("knows one family where there is one", async () => {
    const { fact } = await gathered({ families: [6] });
    expect(fact).toMatchObject({ families: ["IPv6"] });
  });
});

describe("the matrix on a network that goes wrong", () => {
  it("ends after the first policy where nothing is enforced", async () => {
    const steps = await walked({ enforced: () => false });
    expect(outcomes(steps)).toMatchObject({
      baseline: "as-expected",
      "deny-ingress": "differs",
      "allow-pods": "not-run",
      delete: "not-run",
    });
  });

  it("ends before any policy where pods do not reach each other", async () => {
    const steps = await walked({ broken: ({ host }) => (host.startsWith("10.0.2.") ? "TIMEOUT" : undefined) });
    expect(outcomes(steps)).toMatchObject({ baseline: "differs", lookup: "not-run", "deny-ingress": "not-run" });
  });

  it.each<readonly [string, NetworkCluster, readonly string[]]>([
    [
      "egress alone is not enforced",
      { enforced: ({ policyTypes }) => !policyTypes.includes("Egress") },
      ["deny-egress", "deny-lookup", "allow-egress", "both-directions", "update", "egress-ip-block"],
    ],
    [
      "rules know no ports",
      { enforced: ({ ingress }) => !JSON.stringify(ingress ?? []).includes('"ports"') },
      ["allow-port", "allow-udp", "named-port", "end-port", "both-directions", "update"],
    ],
    [
      "addresses of pods are never matched",
      { enforced: (policy) => !JSON.stringify(policy).includes("ipBlock") },
      ["ip-block", "ip-block-except", "egress-ip-block"],
    ],
  ])("names the steps: %s", async (_, options, expected) => {
    const steps = await walked(options);
    expect(steps.filter(({ outcome }) => outcome === "differs").map(({ id }) => id)).toEqual(
      steps.map(({ id }) => id).filter((id) => expected.includes(id)),
    );
  });

  it("shows the family that is not enforced", async () => {
    const steps = await walked({ enforced: (_, family) => family === 4 });
    const deny = steps.find(({ id }) => id === "deny-ingress");
    const open = deny?.cells.flatMap(({ expected, seen }) => (expected === "blocked" ? seen : []));
    expect(deny?.outcome).toBe("differs");
    expect([...new Set(open?.map(({ over, answer }) => `${over} ${answer}`))]).toEqual([
      "IPv4 timeout",
      "IPv6 allowed",
    ]);
  });

  it("goes on without lookups where names are dead, and leaves out the step that is about them alone", async () => {
    const steps = await walked({ broken: ({ host }) => (host.startsWith("kubernetes.") ? "DNS" : undefined) });
    const found = outcomes(steps);
    expect(found).toMatchObject({ lookup: "differs", "deny-lookup": "not-run", "allow-egress": "as-expected" });
    expect(Object.values(found).filter((outcome) => outcome === "as-expected")).toHaveLength(17);
  });

  it("says which policy was not taken, in the API server's words", async () => {
    const message = 'admission webhook "policy.example" denied the request: no policies here';
    const [baseline, , deny] = await walked({ refusals: { NetworkPolicy: [403, message] } });
    expect(baseline?.outcome).toBe("as-expected");
    expect(deny).toMatchObject({ outcome: "not-applied", message: expect.stringContaining("no policies here") });
  });
});

describe("a cluster that does not run the pods", () => {
  it.each<readonly [string, NetworkCluster, unknown]>([
    [
      "a quota",
      { refusals: { Pod: [403, 'pods "near" is forbidden: exceeded quota: q'] } },
      { hindrance: { by: "quota" }, steps: [] },
    ],
    [
      "pods that fail",
      { stuck: { phase: "Failed", reason: "Evicted", containerStatuses: [] } },
      { hindrance: { by: "container", said: "Evicted" } },
    ],
  ])("is told: %s", async (_, options, expected) => {
    expect((await gathered(options)).fact).toMatchObject(expected as object);
  });

  it.each<readonly [string, NetworkCluster, string]>([
    ["no right", { refusals: { Pod: [403, 'User "u" cannot create resource "pods" in API group ""'] } }, "forbidden"],
    [
      "no right to make policies",
      { refusals: { NetworkPolicy: [403, 'User "u" cannot create resource "networkpolicies" in API group'] } },
      "forbidden",
    ],
    ["an error", { refusals: { Pod: [500, "internal"] } }, "server-error"],
  ])("is no fact: %s", async (_, options, reason) => {
    expect((await gathered(options)).fact).toBe(reason);
  });

  it("is left alone where the caller named the only namespace to use", async () => {
    const { fact, network } = await gathered({}, { namespace: "tenant" });
    expect(fact).toBe("not-given");
    expect(network.made).toEqual([]);
  });

  it("and an image without agnhost is told apart from a network that carries nothing", async () => {
    const { steps, network } = await gathered({ prints: "0 127 \n1 127 \n" });
    expect(steps[0]).toMatchObject({ id: "baseline", outcome: "not-looked-at", rounds: 1 });
    expect(new Set(steps.slice(1).map(({ outcome }) => outcome))).toEqual(new Set(["not-run"]));
    expect(network.made.filter(({ path }) => path.includes("networkpolicies"))).toEqual([]);
  });
});
