import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { pass, undetermined } from "../../src/model/finding.ts";
import { counted, named } from "../../src/model/finding-lists.ts";

export const serviceAddress = defineCheck({
  id: "draft-load-balancer/service-address",
  title: {
    pass: "A plain Service of type LoadBalancer has an address",
    fail: "Services of type LoadBalancer get no address",
  },
  why: "Workloads that are published by a plain Service are portable only where such a Service gets an address.",
  looksAt:
    "Services of type LoadBalancer and the addresses or names in their status. One without options of its own that has an address is the observation; none says nothing, and one that waits may ask for what is not there.",
  needs: { all: ["kube/load-balancers"] },
  parameters: Type.Object({}),
  remediation: {
    text: "Run a cloud controller manager, or another controller for Services of type LoadBalancer, that needs no annotation.",
    platforms: {
      "cluster-api":
        "Deploy openstack-cloud-controller-manager with a `[LoadBalancer]` section that has a floating network.",
      kubeadm:
        "Deploy the cloud controller manager of your cloud; on machines of your own MetalLB or kube-vip with a pool.",
      rke2: "`cloud-provider-name: external` with the controller of your cloud; RKE2 has ServiceLB only by `enable-servicelb: true`.",
      k3s: "ServiceLB (klipper-lb) is on by default and publishes node addresses; `--disable=servicelb` with a controller of your cloud.",
      talos: "Deploy the cloud controller manager of your cloud, or MetalLB with a pool.",
      kind: "Run cloud-provider-kind beside the cluster.",
    },
  },
  accepted: [
    "That the address answers is not tried: that takes a Service and a pod of one's own.",
    "Octavia may give a name of .nip.io instead of an address: a name counts.",
  ],
  evaluate({ facts }) {
    const { services, groups } = facts["kube/load-balancers"];
    const addressed = groups.filter(({ addresses, hostname }) => addresses.length > 0 || hostname);
    const plain = addressed.filter((group) => group.plain);
    const count = (list: typeof groups): number => list.reduce((sum, group) => sum + group.services, 0);
    const observed = { services, withAddress: count(addressed), plainWithAddress: count(plain) };
    if (plain.length > 0) {
      const names = plain.flatMap(({ examples }) => examples);
      return pass(
        `${counted(count(plain), "plain Service")} of type LoadBalancer with an address: ${named(names, 3)}`,
        observed,
      );
    }
    const missing = {
      fact: "kube/load-balancers",
      reason: "not-visible",
      resolve: "a Service of type LoadBalancer without options",
    } as const;
    const because =
      services === 0
        ? "There is no Service of type LoadBalancer"
        : `${count(addressed)} of ${counted(services, "Service")} of type LoadBalancer have an address, none of them without options of its own`;
    return undetermined(because, [missing], observed);
  },
});
