/** Pods that ask to be kept apart, over HTTPS on loopback: what the probe makes of a scheduler's decisions. */
import { describe, expect, it } from "vitest";
import { rightsOf } from "../../../src/model/acting-rights.ts";
import { nodesProbe } from "../../../src/probes/nodes.ts";
import { workloadSpreadProbe } from "../../../src/probes/workload-spread.ts";
import { actingOver } from "../../support/acting.ts";
import { connectedLoopback } from "../../support/connected-loopback.ts";
import { gatherOver, paths, served } from "../../support/gathering.ts";
import { granting } from "../../support/granting.ts";
import { kubernetesRoutes } from "../../support/kubernetes-routes.ts";
import { type LoopbackResponse, statusObject } from "../../support/loopback-response.ts";
import type { LoopbackHandler } from "../../support/loopback-server.ts";
import { objectStore } from "../../support/object-store.ts";

const node = (name: string, zone?: string, more: object = {}) => ({
  metadata: {
    name,
    creationTimestamp: "2026-01-01T00:00:00Z",
    labels: zone === undefined ? {} : { "topology.kubernetes.io/zone": zone },
  },
  spec: more,
  status: { nodeInfo: {}, conditions: [{ type: "Ready", status: "True" }] },
});

/** Names the node of the `count`th pod of a purpose; undefined: none is left. */
type Scheduler = (purpose: string, count: number) => string | undefined;

interface Sent {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: object };
  readonly spec: object;
}

const full = {
  phase: "Pending",
  conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/3 nodes are available." }],
};

async function spread(nodes: readonly object[], schedule: Scheduler, refusal?: LoopbackResponse) {
  const store = objectStore();
  const looked = kubernetesRoutes({ [paths.version]: served("v1.37.2"), [paths.nodes]: nodes });
  const pods: Sent[] = [];
  store.before = ({ method, url, body }) => {
    if (method !== "POST" || !url.pathname.endsWith("/pods")) return undefined;
    pods.push(JSON.parse(body) as Sent);
    return pods.length > 1 ? refusal : undefined;
  };
  const handler: LoopbackHandler = async (request) => {
    const pod = request.method === "GET" ? store.objects.get(request.url.pathname) : undefined;
    const [purpose = "", count = ""] = pod?.metadata.name.split("-") ?? [];
    const chosen = schedule(purpose, Number(count));
    if (pod && request.url.pathname.includes("/pods/")) {
      if (chosen === undefined) pod.status = full;
      else pod.spec = { ...(pod.spec as object), nodeName: chosen };
    }
    return (await looked(request)) ?? store.handler(request);
  };
  const { connection } = await connectedLoopback(
    granting(
      [workloadSpreadProbe, nodesProbe].flatMap((probe) => rightsOf(probe)),
      handler,
    ),
  );
  const { reader, asker, requests } = connection;
  const { actor } = actingOver(connection);
  const { gathering } = await gatherOver({ reader, asker, requests, actor }, ["kube/workload-spread"], {}, "active");
  const fact = gathering.items["kube/workload-spread"];
  const left = [...store.objects.keys()].filter((path) => path.includes("/pods/"));
  return { fact: fact?.status === "collected" ? fact.value : fact?.reason, pods, left };
}

const three = [node("a"), node("b"), node("c")];
const abc: Scheduler = (_, count) => ["a", "b", "c"][count - 1];

describe("pods that ask to be kept apart", () => {
  it("are one more than nodes, and the last gets none", async () => {
    const { fact, pods, left } = await spread(three, abc);
    const hindrance = { by: "unschedulable", said: "0/3 nodes are available." };
    expect(fact).toEqual({ nodes: { places: 3, pods: 4, scheduled: 3, used: 3, hindrance } });
    expect(left).toEqual([]);
    const [first] = pods;
    expect(first?.spec).toMatchObject({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "kubernetes.io/hostname" }],
        },
      },
    });
  });

  it("are put together by a scheduler that does not care", async () => {
    const { fact } = await spread(three, () => "a");
    expect(fact).toEqual({ nodes: { places: 3, pods: 4, scheduled: 4, used: 1 } });
  });

  it("are three where there are many nodes", async () => {
    const many = Array.from({ length: 9 }, (_, index) => node(`n${index}`));
    const { fact } = await spread(many, (_, count) => `n${count}`);
    expect(fact).toEqual({ nodes: { places: 9, pods: 3, scheduled: 3, used: 3 } });
  });

  it("do not count on nodes that take none", async () => {
    const { fact } = await spread(
      [node("a"), node("b", undefined, { unschedulable: true })],
      (_, count) => ["a"][count - 1],
    );
    expect(fact).toMatchObject({ nodes: { places: 1, pods: 2, scheduled: 1, used: 1 } });
  });

  it("are spread over zones where nodes are in several", async () => {
    const zoned = [node("a", "x"), node("b", "x"), node("c", "y")];
    const { fact, pods } = await spread(
      zoned,
      (purpose, count) => (purpose === "zones" ? ["a", "c"] : ["a", "b", "c"])[count - 1],
    );
    expect(fact).toMatchObject({ zones: { places: 2, pods: 2, scheduled: 2, used: 2 } });
    expect(pods.at(-1)?.spec).toMatchObject({
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" },
      ],
    });
    const alone = await spread(zoned, (purpose, count) => (purpose === "zones" ? "a" : ["a", "b", "c"][count - 1]));
    expect(alone.fact).toMatchObject({ zones: { scheduled: 2, used: 1 } });
  });

  it.each<readonly [string, number, string, unknown]>([
    [
      "a quota",
      403,
      'pods "x" is forbidden: exceeded quota: q, requested: pods=1',
      {
        nodes: {
          places: 3,
          pods: 1,
          scheduled: 1,
          used: 1,
          hindrance: { by: "quota", said: 'pods "..." is forbidden: exceeded quota: q, requested: pods=1' },
        },
      },
    ],
    ["no right", 403, 'User "u" cannot create resource "pods" in API group ""', "forbidden"],
    ["an error", 500, "internal", "server-error"],
  ])("are told from %s", async (_, status, message, expected) => {
    const { fact, left } = await spread(three, abc, { status, body: statusObject(status, message) });
    expect(fact).toEqual(expected);
    expect(left).toEqual([]);
  });
});
