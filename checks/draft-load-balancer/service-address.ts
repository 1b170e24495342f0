import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import type { Fact } from "../../src/model/fact.ts";
import type { LoadBalancersFact } from "../../src/model/facts/network.ts";
import type { LoadBalancerTrialFact } from "../../src/model/facts/network-paths.ts";
import { type CheckResult, type Finding, pass, undetermined } from "../../src/model/finding.ts";
import { counted, named } from "../../src/model/finding-lists.ts";
import { heldUp } from "../../src/model/network/hindered-trial.ts";

export const serviceAddress = defineCheck({
  id: "draft-load-balancer/service-address",
  title: {
    pass: "A plain Service of type LoadBalancer has an address",
    fail: "Services of type LoadBalancer get no address",
  },
  why: "Workloads that are published by a plain Service are portable only where such a Service gets an address.",
  looksAt:
    "Services of type LoadBalancer and the addresses or names in their status. One without options of its own that has an address is the observation; none says nothing, and one that waits may ask for what is not there. At tier system the run makes a Service of its own: what became of that goes first.",
  needs: { oneOf: [["kube/load-balancer-trial", "kube/load-balancers"]] },
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
    "Below tier system it is not tried whether the address answers; there it is tried from within the cluster.",
    "A Service of the run that gets no address in four minutes proves nothing: quotas and slow clouds look the same.",
    "Octavia may give a name of .nip.io instead of an address: a name counts.",
  ],
  evaluate({ facts }) {
    const tried = trialAnswer(facts["kube/load-balancer-trial"]);
    if (tried?.outcome === "pass") return tried;
    const found = foundAnswer(facts["kube/load-balancers"]);
    return tried && found.outcome !== "pass" ? tried : found;
  },
});

/** Of a Service that the run made; undefined where it made none. */
function trialAnswer(fact: Fact<LoadBalancerTrialFact>): CheckResult | undefined {
  if (fact.status === "unavailable") return undefined;
  const { hindrance, addresses, hostname, answer, milliseconds, events, removed } = fact.value;
  if (hindrance) return heldUp("kube/load-balancer-trial", hindrance);
  const given = addresses.length > 0 || hostname;
  const seconds = Math.round(milliseconds / 1000);
  const observed = {
    ownService: given ? "got an address" : "got none",
    seconds,
    answer: answer ?? "not tried",
    removed,
  };
  const notes = removed ? [] : [leftOver];
  if (given && answer === "allowed")
    return pass(`A plain Service of the run got an address after ${seconds} s and answered`, observed, notes);
  const last = events.at(-1)?.replace(/[.\s]+$/, "");
  const because = given
    ? `A plain Service of the run got an address that did not answer from within the cluster (${answer})`
    : `A plain Service of the run got no address in ${seconds} s${last ? `: ${last}` : ""}`;
  const resolve = "a load balancer that answers a plain Service";
  return undetermined(because, [{ fact: "kube/load-balancer-trial", reason: "not-visible", resolve }], observed, notes);
}

const leftOver: Finding = {
  code: "load-balancer-not-removed",
  subject: { kind: "Service", name: "balancer" },
  expected: "gone",
  actual: "still there",
  message: "The Service of the run was not gone in time: its load balancer may be left in the cloud",
};

/** Of Services that are there. */
function foundAnswer(fact: Fact<LoadBalancersFact>): CheckResult {
  const resolve = "a Service of type LoadBalancer without options";
  if (fact.status === "unavailable")
    return undetermined("Services cannot be listed", [{ fact: "kube/load-balancers", reason: fact.reason, resolve }]);
  const { services, groups } = fact.value;
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
  const missing = { fact: "kube/load-balancers", reason: "not-visible", resolve } as const;
  const because =
    services === 0
      ? "There is no Service of type LoadBalancer"
      : `${count(addressed)} of ${counted(services, "Service")} of type LoadBalancer have an address, none of them without options of its own`;
  return undetermined(because, [missing], observed);
}
