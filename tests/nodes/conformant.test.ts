/** A cluster with three control-plane nodes, as the standards want it: seen whole, and while one of the three loses power. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RealNodes, realNodes } from "../../testbed/real-nodes/real-nodes.ts";
import { conformant } from "../../testbed/real-nodes/variants.ts";
import { checkCluster } from "../support/cluster-check.ts";

const patience = { requestTimeout: 60_000, timeout: 300_000 };
const failed = (outcomes: Readonly<Record<string, string>>) =>
  Object.keys(outcomes).filter((requirement) => outcomes[requirement] === "fail");

let cluster: RealNodes;
beforeAll(async () => {
  cluster = await realNodes(conformant);
});
afterAll(() => cluster?.stop());

describe("three control-plane nodes", () => {
  test("have an etcd of three members, three API servers and leaders among them", async () => {
    const list = async (place: string) =>
      ((await cluster.api.json("GET", place)) as { readonly items: { readonly metadata: { readonly name: string } }[] })
        .items;
    const pods = await list("/api/v1/namespaces/kube-system/pods?labelSelector=tier%3Dcontrol-plane");
    expect(pods.map(({ metadata }) => metadata.name).filter((name) => name.startsWith("etcd-"))).toEqual([
      "etcd-cp-1",
      "etcd-cp-2",
      "etcd-cp-3",
    ]);
    const leases = await list(
      "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases?labelSelector=apiserver.kubernetes.io%2Fidentity%3Dkube-apiserver",
    );
    expect(leases).toHaveLength(3);
  });

  test("fail nothing", async () => {
    const { outcomes } = await checkCluster(await cluster.kubeconfig(), patience);
    expect(failed(outcomes)).toEqual([]);
    expect(outcomes).toMatchObject({
      "scs-0213-v1/control-plane-redundant": "pass",
      "scs-0214-v2/control-plane-hosts": "undetermined",
      "scs-0214-v2/control-plane-zones": "pass",
    });
  });

  test("fail nothing while one of them is lost: what is down is no gap in how the cluster is made", async () => {
    const kubeconfig = await cluster.kubeconfig();
    let lost: Promise<void> | undefined;
    const onEvent = () => {
      lost ??= cluster.killNode("cp-3");
    };
    const { outcomes } = await checkCluster(kubeconfig, { ...patience, onEvent });
    await lost;
    expect(failed(outcomes)).toEqual([]);
    expect((await cluster.api.request("GET", "/readyz")).status).toBe(200);
  });
});
