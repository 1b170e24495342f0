/** Acting on a real API server with its namespace controller: runs side by side, killed runs, and what is left of them. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { stringify } from "yaml";
import { cleanup } from "../../src/app/cleanup.ts";
import { rolesFor } from "../../src/engine/role.ts";
import { connect } from "../../src/kubernetes/connect.ts";
import { rightsOf } from "../../src/model/acting-rights.ts";
import type { Right } from "../../src/model/probe.ts";
import { describeRight } from "../../src/model/right-text.ts";
import { throttlingProbe } from "../../src/probes/throttling.ts";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { waitUntil } from "../../testbed/readiness.ts";
import { bare } from "../../testbed/variants.ts";
import { actingOver } from "../support/acting.ts";
import { allObjects } from "../support/all-objects.ts";
import { boundAccount } from "../support/bound-account.ts";
import { type BuiltWorker, buildWorker, workerSteps } from "../support/killed-worker.ts";
import { runTiny, tinyPlan } from "../support/tiny-acting-probe.ts";

/** Numbers from 0 to below 1, the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const copied = {
  labels: { "app.kubernetes.io/managed-by": "scs-conformance", "scs-conformance/run": "zzzzz" },
  annotations: {
    "scs-conformance/expires": "2020-01-01T00:00:00Z",
    "scs-conformance/object": "/api/v1/namespaces/scs-conformance-zzzzz",
  },
};
const named = (kind: string, name: string, namespace?: string, more: object = {}) => ({
  apiVersion: "v1",
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...more },
});
/** Somebody else's, some of them with our labels. */
const foreign = [
  named("Namespace", "sonobuoy", undefined, { labels: { component: "sonobuoy" } }),
  named("ConfigMap", "sonobuoy-config-cm", "sonobuoy", { labels: copied.labels }),
  named("Namespace", "copied-labels", undefined, { labels: copied.labels }),
  named("Namespace", "scs-conformance-zzzzz-copied", undefined, copied),
];

describe.skipIf(process.env.SCS_SKIP_CONTROL_PLANE === "1")("a cluster that is acted on", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "acting-"));
  let cluster: ControlPlane;
  let kubeconfig: string;
  let worker: BuiltWorker;
  let before: readonly string[];

  const objects = async () =>
    [...(await allObjects(cluster.api))].map(([name, value]) => `${name} ${value.split(" ")[0]}`);
  const clean = (stateFolder: string, run?: string) =>
    cleanup({
      cluster: { kubeconfig, requestTimeout: 10_000, timeout: 120_000, acting: { stateFolder } },
      run,
      dryRun: false,
      now: () => new Date(),
      signal: new AbortController().signal,
    });

  beforeAll(async () => {
    worker = await buildWorker();
    cluster = await bare();
    kubeconfig = await cluster.kubeconfig();
    await cluster.apply(foreign.map((object) => stringify(object)).join("---\n"));
    // each new namespace gets these two a moment later
    const settled = async () =>
      (await objects()).filter((name) => /copied(-labels)?\/(default|kube-root-ca.crt) /.test(name));
    const all = async () => (await settled()).length === 4;
    await waitUntil("namespaces have what each one gets", all, [], Date.now() + 30_000);
    before = await objects();
  });
  afterAll(async () => {
    worker?.remove();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is as before when a run has ended by itself", async () => {
    const state = path.join(folder, "whole");
    await worker.run([kubeconfig, state]);
    expect(await objects()).toEqual(before);
    expect(readdirSync(state)).toEqual([]);
  });

  it("is as before after 20 runs were killed, five at once, and cleaned up after", async () => {
    const random = seeded(20261127);
    const state = path.join(folder, "killed");
    let found = 0;
    for (let wave = 0; wave < 4; wave += 1) {
      const moments = Array.from({ length: 5 }, (_, index) => ({
        // every step twice, at moments that the seed chooses
        step: 1 + ((wave * 5 + index) % workerSteps),
        milliseconds: Math.floor(random() * 40),
      }));
      await Promise.all(moments.map((kill) => worker.run([kubeconfig, state], kill)));
      const { lines, left } = await clean(state);
      expect(left, lines.join("\n")).toBe(0);
      found += lines.filter((line) => /: gone, of the run/.test(line)).length;
      expect(await objects()).toEqual(before);
      expect(readdirSync(state)).toEqual([]);
    }
    expect(found).toBeGreaterThan(20);
  }, 300_000);

  it("keeps two runs apart, and both from what a third has left", async () => {
    const state = path.join(folder, "beside");
    await worker.run([kubeconfig, state], { step: 8, milliseconds: 0 });
    const connection = await connect({ kubeconfig, environment: {} });
    try {
      const [one, other] = [actingOver(connection, { folder: state }), actingOver(connection, { folder: state })];
      const [first, second] = await Promise.all([one.actor.namespace(), other.actor.namespace()]);
      expect([first, second]).toEqual([
        { ok: true, value: `scs-conformance-${one.run}` },
        { ok: true, value: `scs-conformance-${other.run}` },
      ]);
      const { lines } = await clean(state);
      expect(lines).toContain(`The run ${one.run} is at work; what it made stays.`);
      expect(lines).toContain(`The run ${other.run} is at work; what it made stays.`);
      expect(await one.end(60_000)).toEqual({ created: 1, remains: [] });
      expect(await objects()).toContainEqual(expect.stringContaining(`scs-conformance-${other.run}`));
      expect(await other.end(60_000)).toEqual({ created: 1, remains: [] });
    } finally {
      connection.close();
    }
    expect(await objects()).toEqual(before);
  });

  it("tells what it leaves alone", async () => {
    const { lines, left } = await clean(path.join(folder, "none"));
    expect(lines).toEqual(
      ["copied-labels", "scs-conformance-zzzzz-copied"].map(
        (name) => `namespaces ${name}: bears our labels, but nothing proves that a run made it; it stays`,
      ),
    );
    expect(left).toBe(0);
  });

  describe.each<[string, string | undefined]>([
    ["namespaces of its own", undefined],
    ["the one namespace that it was given", "tenant"],
  ])("with the rights of the plan, in %s", (_, namespace) => {
    const { rights, probes } = tinyPlan(namespace);
    /** Those of the probe that acts: what the others ask for, every user may, or it is among these. */
    const needed = probes.flatMap(({ makes, rights: own }) => (makes === undefined ? [] : own));
    const account = async (name: string, granted: readonly Right[]) => {
      const unique = `${name}-${namespace ?? "own"}`;
      const connection = await connect({
        kubeconfig: await boundAccount(cluster, unique, rolesFor(granted), granted),
        environment: {},
      });
      onTestFinished(() => connection.close());
      return connection;
    };
    beforeAll(async () => {
      if (namespace !== undefined) await cluster.apply(stringify(named("Namespace", namespace)));
    });

    it("goes through", async () => {
      const ran = await runTiny(await account("whole", rights), namespace);
      expect(ran).toEqual({ forbidden: {}, cleanup: { created: namespace === undefined ? 2 : 1, left: 0 } });
    });

    it.each(needed.map((right) => [describeRight(right), right] as const))(
      "without the right to %s leaves open what the plan says, and nothing behind",
      async (text, taken) => {
        const name = text.replace(/[^a-z]+/g, "-");
        const ran = await runTiny(
          await account(
            name,
            rights.filter((right) => describeRight(right) !== describeRight(taken)),
          ),
          namespace,
        );
        const announced = probes.filter(({ rights: own }) => own.some((right) => describeRight(right) === text));
        expect(announced).toHaveLength(1);
        expect(ran.forbidden).toEqual(Object.fromEntries(announced.map(({ id }) => [id, "forbidden"])));
        expect(ran.cleanup?.left).toBe(0);
      },
    );
  });

  describe("with the rights of a probe that makes helpers of the cluster", () => {
    const rights = rightsOf(throttlingProbe);
    const collection = "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations";
    const made = async (name: string, granted: readonly Right[]) => {
      const connection = await connect({
        kubeconfig: await boundAccount(cluster, name, rolesFor(granted), granted),
        environment: {},
      });
      onTestFinished(() => connection.close());
      const { actor, end } = actingOver(connection);
      const limited = { nominalConcurrencyShares: 0, lendablePercent: 0, limitResponse: { type: "Reject" } };
      const said = await actor.createClusterScoped(collection, {
        apiVersion: "flowcontrol.apiserver.k8s.io/v1",
        kind: "PriorityLevelConfiguration",
        metadata: { name: actor.name("reject") },
        spec: { type: "Limited", limited },
      });
      return { said, ended: await end(60_000) };
    };

    it("is answered when it asks at the end what is left", async () => {
      const { said, ended } = await made("helpers", rights);
      expect(said).toMatchObject({ ok: true, value: { status: 201 } });
      expect(ended).toEqual({ created: 2, remains: [] });
    });

    it("makes none of which it could not ask that", async () => {
      const unlisted = (right: Right) =>
        right.verb === "list" && right.kind === "resource" && right.resource === "prioritylevelconfigurations";
      expect(rights.filter(unlisted)).toHaveLength(1);
      const { said, ended } = await made(
        "helpers-unlisted",
        rights.filter((right) => !unlisted(right)),
      );
      expect(said).toMatchObject({ ok: false, reason: "forbidden", message: expect.stringContaining("list it") });
      expect(ended).toEqual({ created: 1, remains: [] });
    });
  });
});
