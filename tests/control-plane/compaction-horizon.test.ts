import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { etcdCompactionEffect } from "../../checks/scs-0215/etcd-compaction-effect.ts";
import { connect } from "../../src/kubernetes/connect.ts";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { bare } from "../../testbed/variants.ts";
import { judge } from "../support/check-table.ts";
import { identity } from "../support/facts.ts";
import { gatherOver } from "../support/gathering.ts";

let cluster: ControlPlane | undefined;
afterEach(async () => {
  await cluster?.stop();
  cluster = undefined;
});

const onlyApi = { withControllerManager: false, withScheduler: false };

async function horizonOf(of: ControlPlane) {
  const connection = await connect({ kubeconfig: await of.kubeconfig(), environment: {} });
  onTestFinished(() => connection.close());
  const seen = await gatherOver(connection, ["kube/compaction-horizon"]);
  const fact = seen.value("kube/compaction-horizon");
  return { ...fact, fact, requests: seen.gathering.requests };
}

/** Writes an Event; gives its revision. */
async function write({ api }: ControlPlane): Promise<string> {
  const event = (await api.json("POST", "/api/v1/namespaces/default/events", {
    metadata: { generateName: "written-", namespace: "default" },
    involvedObject: { kind: "Namespace", name: "default", namespace: "default" },
    reason: "Written",
    message: "a revision of etcd with a time",
  })) as { readonly metadata: { readonly resourceVersion: string } };
  return event.metadata.resourceVersion;
}

async function isGone({ api }: ControlPlane, revision: string): Promise<boolean> {
  const query = `limit=1&resourceVersionMatch=Exact&resourceVersion=${revision}`;
  return (await api.request("GET", `/api/v1/events?${query}`)).status === 410;
}

describe.skipIf(process.env.SCS_SKIP_CONTROL_PLANE === "1")("the compaction horizon of a real etcd", () => {
  it("is not there yet on a young cluster: one question is enough", async () => {
    cluster = await bare(onlyApi);
    await write(cluster);
    const { compacted, kept, separateStore, requests } = await horizonOf(cluster);
    expect(compacted).toBeUndefined();
    expect(kept).toBeDefined();
    expect(separateStore).toBe("no");
    expect(requests.filter(({ path }) => path.includes("resourceVersion=")).map(({ status }) => status)).toEqual([200]);
  });

  it("lies between what was compacted and what is kept", async () => {
    const apiServers = [{ extraFlags: ["--etcd-compaction-interval=2s"] }];
    cluster = await bare({ ...onlyApi, apiServers });
    const first = await write(cluster);
    const end = Date.now() + 30_000;
    while (!(await isGone(cluster, first))) {
      expect(Date.now()).toBeLessThan(end);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await write(cluster);
    }
    const last = await write(cluster);
    const { fact, compacted, kept, revisions, requests } = await horizonOf(cluster);
    expect(Number(compacted?.resourceVersion)).toBeGreaterThanOrEqual(Number(first));
    expect(Number(kept?.resourceVersion)).toBeGreaterThan(Number(compacted?.resourceVersion));
    expect(Number(kept?.resourceVersion)).toBeLessThanOrEqual(Number(last));
    expect(Date.parse(compacted?.at ?? "")).toBeLessThanOrEqual(Date.parse(kept?.at ?? ""));
    expect(revisions).toBeGreaterThan(5);
    expect(requests.map(({ status }) => status)).toContain(410);
    expect(requests.length).toBeLessThanOrEqual(15);
    // had this cluster been there for a month, that would do
    const facts = { "kube/compaction-horizon": fact, "kube/identity": identity("2026-10-01T00:00:00Z") };
    expect(judge(etcdCompactionEffect, { facts }).outcome).toBe("pass");
  });
});
