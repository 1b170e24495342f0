import { expect, it } from "vitest";
import { gatherFrom, paths, served } from "../../support/gathering.ts";
import { kubernetesRoutes } from "../../support/kubernetes-routes.ts";

const lease = (name: string, spec: object) => ({ metadata: { name }, spec });
const renewTime = "2026-11-23T09:59:58.123456Z";

it("keeps who leads what, and how often that changed", async () => {
  const leases = [
    lease("kube-scheduler", { holderIdentity: "cp-2_0c9d…", leaseTransitions: 4, renewTime }),
    lease("kube-controller-manager", { holderIdentity: "no host", leaseTransitions: -1, renewTime }),
    lease("apiserver-x", { holderIdentity: "apiserver-x_1", renewTime }),
    lease("kube-scheduler", {}),
  ];
  const { value } = await gatherFrom(kubernetesRoutes({ [paths.version]: served("v1.37.0"), [paths.leases]: leases }), [
    "kube/leader-leases",
  ]);
  const renewedAt = "2026-11-23T09:59:58Z";
  expect(value("kube/leader-leases").leases).toEqual([
    { component: "kube-controller-manager", transitions: 0, renewedAt },
    { component: "kube-scheduler", holder: "cp-2", transitions: 4, renewedAt },
  ]);
});
