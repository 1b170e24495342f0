import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ClusterReader } from "../model/cluster.ts";
import { digestOf } from "../model/digest.ts";
import { Gathering } from "../model/evidence.ts";
import { read, unread } from "../model/fact.ts";
import { Defect } from "../model/faults.ts";
import type { AnyProbe, ProbeContext } from "../model/probe.ts";
import type { UnavailableReason } from "../model/vocabulary.ts";
import { type GatherEvent, gather } from "./gather.ts";
import { shapeFaults } from "./open.ts";
import type { OpenViews } from "./open-views.ts";
import { createRedactor } from "./redactor.ts";

type Collect = (context: ProbeContext) => Promise<unknown>;

const probe = (id: AnyProbe["id"], collect: Collect, more: Partial<AnyProbe> = {}): AnyProbe =>
  ({ id, title: `asking ${id}`, tier: "observe", rights: [], requests: 1, collect, ...more }) as AnyProbe;
const version = probe("kube/version", async () => read({ gitVersion: "v1.34.1" }));
const identity = { uid: "u-1", createdAt: "2026-01-01T00:00:00Z" };

const request = { method: "GET", path: "/version", status: 200, milliseconds: 1.6, bytes: 7, attempt: 1 };

async function run(
  probes: readonly AnyProbe[],
  wanted = probes.map(({ id }) => id),
  further: Omit<OpenViews, "cluster"> = {},
) {
  const events: GatherEvent[] = [];
  let seconds = 0;
  const gathering = await gather({
    probes,
    wanted,
    views: { cluster: { reader: {} as ClusterReader, requests: [request] }, ...further },
    redactor: createRedactor(new Uint8Array(32)),
    tier: "observe",
    tool: { name: "scs-conformance", version: "1" },
    gatheredBy: "unsigned",
    now: () => new Date(Date.UTC(2026, 10, 23, 10, 0, seconds++)),
    onEvent: (event) => events.push(event),
  });
  return { gathering, events };
}

describe("gather", () => {
  it("writes down what was seen, with digest and time, in the form that evidence has", async () => {
    const { gathering } = await run([version, probe("kube/identity", async () => read(identity))]);
    expect(shapeFaults(Gathering, gathering)).toEqual([]);
    expect(gathering.items["kube/identity"]).toMatchObject({
      status: "collected",
      sha256: digestOf(identity),
      value: identity,
    });
    expect(gathering.startedAt < gathering.checkedAt).toBe(true);
    expect(gathering.requests).toEqual([
      { method: "GET", path: "/version", status: 200, milliseconds: 2, bytes: 7, attempt: 1 },
    ]);
  });

  it("runs each probe once, after those it builds on, also those nobody asked for", async () => {
    const ran: string[] = [];
    const noting = (id: AnyProbe["id"], value: object, after: AnyProbe["id"][] = []) =>
      probe(
        id,
        async ({ fact }) => {
          for (const before of after) expect((await fact(before)).status).toBe("collected");
          ran.push(id);
          return read(value);
        },
        { after },
      );
    const probes = [
      noting("kube/platform", { name: "kind", controlPlane: "visible", signs: [] }, ["kube/nodes", "kube/identity"]),
      noting("kube/identity", identity, ["kube/nodes"]),
      noting("kube/nodes", { nodes: [] }),
      noting("kube/readyz", { checks: [] }),
      version,
    ];
    const { events } = await run(probes, ["kube/platform"]);
    expect(ran).toEqual(["kube/nodes", "kube/identity", "kube/platform"]);
    expect(events.map(({ kind, id, index, total }) => [kind, id, index, total])).toEqual([
      ["probe-started", "kube/version", 1, 4],
      ["probe-finished", "kube/version", 1, 4],
      ["probe-started", "kube/nodes", 2, 4],
      ["probe-finished", "kube/nodes", 2, 4],
      ["probe-started", "kube/identity", 3, 4],
      ["probe-finished", "kube/identity", 3, 4],
      ["probe-started", "kube/platform", 4, 4],
      ["probe-finished", "kube/platform", 4, 4],
    ]);
  });

  it("runs four at a time and no more", async () => {
    let now = 0;
    let most = 0;
    const ids = [
      "kube/identity",
      "kube/nodes",
      "kube/readyz",
      "kube/flagz",
      "kube/csi-drivers",
      "kube/node-args",
    ] as const;
    const busy = async () => {
      now += 1;
      most = Math.max(most, now);
      await pause(2);
      now -= 1;
      return unread("not-found", "nothing");
    };
    await run([version, ...ids.map((id) => probe(id, busy))]);
    expect(most).toBe(4);
  });

  it.each<UnavailableReason>(["unreachable", "timeout", "tls", "unauthorized"])(
    "asks nothing more when the first look is %s",
    async (reason) => {
      const never = async () => expect.unreachable("asked a silent server");
      const { gathering } = await run([
        probe("kube/version", async () => unread(reason, "the API server says nothing")),
        probe("kube/nodes", never),
        probe("kube/platform", never, { after: ["kube/nodes"] }),
        probe("kube/client-certificate", async () => read({ certificate: null }), { requests: 0 }),
      ]);
      for (const id of ["kube/nodes", "kube/platform"]) {
        expect(gathering.items[id]).toMatchObject({ reason, message: "the API server says nothing" });
      }
      expect(gathering.items["kube/client-certificate"]).toMatchObject({ status: "collected" });
    },
  );

  describe("with a further view", () => {
    const apis = probe("management/apis", async () => read({ groups: [] }), { view: "management" });
    const given = { management: { reader: {} as ClusterReader, requests: [request] } };
    const silent = async () => unread("timeout", "no answer");

    it("says of its facts that it was not given, and how it would be, without running a probe", async () => {
      const never = probe("management/apis", async () => expect.unreachable("nobody to ask"), { view: "management" });
      const { gathering } = await run([version, never]);
      expect(gathering.items["management/apis"]).toMatchObject({
        reason: "not-given",
        resolve: "`--management-kubeconfig FILE`",
      });
      expect(gathering.requests).toHaveLength(1);
    });

    it("looks at it even when nobody wants a fact of it, and keeps its requests apart", async () => {
      const { gathering } = await run([version, apis], ["kube/version"], given);
      expect(gathering.items["management/apis"]).toMatchObject({ status: "collected" });
      expect(gathering.requests.map(({ view }) => view)).toEqual([undefined, "management"]);
    });

    it("is not silent because the cluster is", async () => {
      const { gathering } = await run([probe("kube/version", silent), apis], undefined, given);
      expect(gathering.items["management/apis"]).toMatchObject({ status: "collected" });
    });

    it("may be silent without the cluster being so", async () => {
      const nodes = probe("kube/nodes", async () => read({ nodes: [] }));
      const mute = probe("management/apis", silent, { view: "management" });
      const { gathering } = await run([version, mute, nodes], undefined, given);
      expect(gathering.items["management/apis"]).toMatchObject({ reason: "timeout" });
      expect(gathering.items["kube/nodes"]).toMatchObject({ status: "collected" });
    });
  });

  it("goes on when only the version is forbidden", async () => {
    const { gathering } = await run([
      probe("kube/version", async () => unread("forbidden", 'the API server answered 403: User "eve" cannot get path')),
      probe("kube/identity", async () => read(identity)),
    ]);
    expect(gathering.items["kube/version"]).toMatchObject({
      reason: "forbidden",
      message: "the API server answered 403",
    });
    expect(gathering.items["kube/identity"]).toMatchObject({ status: "collected" });
  });

  it("leaves alone what lies beyond the tier", async () => {
    const beyond = probe("kube/nodes", async () => expect.unreachable("went too far"), { tier: "system" });
    const { gathering } = await run([version, beyond]);
    expect(gathering.items["kube/nodes"]).toMatchObject({ reason: "tier-not-allowed", resolve: "tier system" });
  });

  it.each<[string, AnyProbe[], RegExp]>([
    [
      "throws",
      [version, probe("kube/nodes", async () => Promise.reject(new TypeError("x is undefined")))],
      /the probe kube\/nodes failed/,
    ],
    [
      "writes another shape",
      [version, probe("kube/identity", async () => read({ uid: 7 }))],
      /kube\/identity wrote what its fact does not allow: \/createdAt/,
    ],
    [
      "asks for what it did not name",
      [version, probe("kube/nodes", ({ fact }) => fact("kube/version"))],
      /kube\/nodes asks for kube\/version/,
    ],
    [
      "waits for itself",
      [version, probe("kube/nodes", async () => read({ nodes: [] }), { after: ["kube/nodes"] })],
      /wait for each other: kube\/nodes > kube\/nodes/,
    ],
    ["is missing", [probe("kube/nodes", async () => read({ nodes: [] }))], /no probe writes kube\/version/],
  ])("calls it our defect when a probe %s", async (_, probes, message) => {
    const failed = run(probes);
    await expect(failed).rejects.toThrow(Defect);
    await expect(failed).rejects.toThrow(message);
  });
});
