/** An API server that refuses under load, and one that dies: the run ends with data, and trouble decides nothing. */
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exitCodeOf } from "../../src/app/exit.ts";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { clusterAdmins, yamlStream } from "../../testbed/manifests.ts";
import { waitUntil } from "../../testbed/readiness.ts";
import { bare } from "../../testbed/variants.ts";
import { type CheckedCluster, checkCluster } from "../support/cluster-check.ts";
import { silent } from "../support/expected-outcomes.ts";
import { killComponent } from "../support/kill-component.ts";

const skipped = process.env.SCS_SKIP_CONTROL_PLANE === "1";

/** What was not seen may be open, and nothing else may differ. */
function expectNothingButOpen(troubled: CheckedCluster, calm: CheckedCluster) {
  const open = Object.entries(troubled.outcomes).filter(([id, outcome]) => outcome !== calm.outcomes[id]);
  expect(open.filter(([, outcome]) => outcome !== "undetermined")).toEqual([]);
  expect(Object.keys(troubled.outcomes)).toEqual(Object.keys(calm.outcomes));
  expect(exitCodeOf(troubled.run.report, { gate: "binding", strict: false })).toBe(2);
}

describe.skipIf(skipped)("an API server in trouble", () => {
  let cluster: ControlPlane;
  let kubeconfig: string;
  let calm: CheckedCluster;
  beforeAll(async () => {
    // Room for a run's four requests at a time, and hardly more.
    const flags = ["--max-requests-inflight=6", "--max-mutating-requests-inflight=6"];
    cluster = await bare({
      apiServers: [{ extraFlags: flags }],
      priorityAndFairness: false,
      withControllerManager: false,
      withScheduler: false,
    });
    await cluster.apply(yamlStream([clusterAdmins]));
    // Not of system:masters, whom the limit spares.
    kubeconfig = await cluster.kubeconfig({ name: "checker", groups: ["kubeadm:cluster-admins"] });
    const seesNodes = async () => (await checkCluster(kubeconfig)).fact("kube/nodes").status === "collected";
    await waitUntil("the binding counts", seesNodes, [], Date.now() + 10_000);
    calm = await checkCluster(kubeconfig);
  });
  afterAll(() => cluster?.stop());

  it("says 429 while others keep it busy, and is still judged", async () => {
    const api = await cluster.connect({ connections: 16 }, { name: "busy", groups: ["system:monitoring"] });
    const load = { on: true, refused: 0 };
    const keepBusy = async () => {
      while (load.on) {
        const { status } = await api.request("GET", "/metrics");
        load.refused += status === 429 ? 1 : 0;
        if (status === 429) await pause(10);
      }
    };
    const busy = Array.from({ length: 16 }, keepBusy);
    try {
      await waitUntil("it refuses", async () => load.refused > 0, [], Date.now() + 10_000);
      const troubled = await checkCluster(kubeconfig);
      expect(troubled.gathering.requests.map(({ status }) => status)).toContain(429);
      expectNothingButOpen(troubled, calm);
    } finally {
      load.on = false;
      await Promise.all(busy);
      api.close();
    }
    expect((await checkCluster(kubeconfig)).outcomes).toEqual(calm.outcomes);
  });

  it("is killed in the middle: what was seen stays, the rest could not be had", async () => {
    let killing: Promise<void> | undefined;
    const troubled = await checkCluster(kubeconfig, {
      requestTimeout: 2_000,
      onEvent: ({ kind, id }) => {
        if (kind === "probe-finished" && id === "kube/nodes") killing ??= killComponent(cluster, "kube-apiserver-1");
      },
    });
    await killing;
    expectNothingButOpen(troubled, calm);
    expect(troubled.fact("kube/nodes").status).toBe("collected");
    const lost = Object.keys(calm.gathering.items).filter(
      (id) => calm.gathering.items[id]?.status === "collected" && troubled.gathering.items[id]?.status !== "collected",
    );
    expect(lost.length).toBeGreaterThan(3);
    for (const id of lost) expect(troubled.gathering.items[id], id).toMatchObject({ reason: "unreachable" });
  });

  it("is dead: nothing is decided", async () => {
    const { outcomes, run } = await checkCluster(kubeconfig);
    expect(outcomes).toEqual(silent);
    expect(exitCodeOf(run.report, { gate: "binding", strict: false })).toBe(2);
  });
});
