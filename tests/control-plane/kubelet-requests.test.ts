/** Kubelets' requests for serving certificates on a real control plane, from the request to the issued certificate. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { kubeadmLike } from "../../testbed/variants.ts";
import { checkCluster } from "../support/cluster-check.ts";
import { approveServingCertificate, requestServingCertificate } from "../support/kubelet-request.ts";

const skipped = process.env.SCS_SKIP_CONTROL_PLANE === "1";

describe.skipIf(skipped)("serving certificates of kubelets", () => {
  let cluster: ControlPlane;
  beforeAll(async () => {
    cluster = await kubeadmLike({ controlPlanes: 1, workers: 1 });
  });
  afterAll(() => cluster?.stop());

  const look = async () => {
    const selection = { includeProposed: true, only: ["proposed-ca-handling-v1"] };
    const { result } = await checkCluster(await cluster.kubeconfig(), { selection });
    const of = (id: string) => result(`proposed-ca-handling-v1/${id}`);
    return [of("kubelet-serving-signed"), of("front-proxy-separate")] as const;
  };

  it("count as seen only when every node's was issued", async () => {
    await requestServingCertificate(cluster, "cp-1");
    await approveServingCertificate(cluster, "cp-1");
    await requestServingCertificate(cluster, "worker-1");
    const [waiting, frontProxy] = await look();
    expect(waiting).toMatchObject({ outcome: "undetermined", observed: { nodes: 2, nodesWithIssuedCertificate: 1 } });
    expect(frontProxy.outcome).toBe("pass");
    await approveServingCertificate(cluster, "worker-1");
    const [issued] = await look();
    expect(issued).toMatchObject({ outcome: "pass", observed: { nodesWithIssuedCertificate: 2 } });
  });
});
