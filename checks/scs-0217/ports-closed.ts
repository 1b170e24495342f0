import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import type { DialledAddress, DialledPortsFact } from "../../src/model/facts/dialled-ports.ts";
import { type CheckResult, type Finding, fail, undetermined } from "../../src/model/finding.ts";
import { capped, counted, named, nonEmpty } from "../../src/model/finding-lists.ts";
import { componentAt, isMeantForEverybody } from "../../src/model/network/well-known-ports.ts";

export const portsClosed = defineCheck({
  id: "scs-0217/ports-closed",
  title: {
    pass: "Only the API server and NodePorts can be reached from outside",
    fail: "Ports of Kubernetes can be reached from outside",
  },
  why: "A kubelet, an etcd or a scheduler that strangers reach is one weakness away from the whole cluster.",
  looksAt:
    "At tier system: whether well-known ports of at most ten nodes (etcd 2379 to 2381, API server 6443, kube-proxy 10249 and 10256, kubelet 10250 and 10255, controller manager 10257, scheduler 10259) accept a TCP connection from where this runs, by address of the node. What is open at a global address, with no sign that this ran inside the nodes' network, is named; it fails only by a scope whose runs are made outside.",
  needs: { all: ["kube/dialled-ports"] },
  parameters: Type.Object({
    runsFromOutside: Type.Boolean({
      default: false,
      description:
        "take the word of the scope that its runs are made outside the networks of the clusters' nodes, so that what is open at a global address fails; a scope file switches it on where it includes the module: `{ref: scs-0217-v1, parameters: {runsFromOutside: true}}`",
    }),
  }),
  remediation: {
    text: "Let security groups or firewalls of the nodes pass nothing from outside but 6443 and 30000-32767, for both address families, or give nodes no addresses that are reached from outside.",
    platforms: {
      "cluster-api":
        "OpenStackCluster: `managedSecurityGroups`, whose rules pass 6443 and NodePorts from everywhere and all else from the cluster's own groups; floating IPs at the API's load balancer alone.",
      gardener: "The infrastructure's security groups are the operator's: ask for a declaration.",
      hosted: "Set the firewall where the nodes are made, and declare it.",
      managed: "The provider filters what reaches the nodes: ask for a declaration.",
    },
  },
  accepted: [
    "One place of which nobody knows whether it is inside shows neither that a port is closed to all others nor that it is open to strangers: this never passes, and fails only where the scope says that its runs are made outside and nothing speaks against it.",
    "A port that gives no answer may be filtered, or its node may not be reached at all.",
    "Ports that were moved, and those of distributions beside Kubernetes, are not dialled.",
  ],
  evaluate: ({ facts, parameters }) => judge(facts["kube/dialled-ports"], parameters.runsFromOutside),
});

const declaration = { fact: "kube/dialled-ports", reason: "not-visible", resolve: "a declaration" } as const;

function judge(fact: DialledPortsFact, outside: boolean): CheckResult {
  const { addresses } = fact;
  const reaching = addresses.filter(({ scope }) => scope === "global");
  const open = reaching.flatMap((address) =>
    address.open.filter((port) => !isMeantForEverybody(port)).map((port) => ({ address, port })),
  );
  const observed = {
    nodes: new Set(addresses.map(({ node }) => node)).size,
    nodesLeftOut: fact.nodesLeftOut,
    ranWith: fact.runner.map(({ family, scope }) => `${family} ${scope}`),
    signsOfInside: signsIn(fact),
    global: answersOf(reaching),
    private: answersOf(addresses.filter(({ scope }) => scope === "private")),
  };
  const say = (because: string, findings: readonly Finding[] = []) =>
    undetermined(because, [declaration], observed, findings);
  if (observed.signsOfInside.length > 0)
    return say(
      "This ran where it reaches the nodes' own network: what answers here does not show what answers outside",
    );
  const findings = nonEmpty(capped(open.map(({ address, port }) => finding(address, port))));
  if (findings) {
    const nodes = named([...new Set(open.map(({ address }) => address.node))]);
    const seen = `Ports of Kubernetes answer here at global addresses of ${nodes}`;
    return outside
      ? fail(`${seen}, and the scope's runs are made outside their network`, observed, findings)
      : say(`${seen}; whether this ran outside their network does not show`, findings);
  }
  if (reaching.some((address) => address.open.length + address.refused.length > 0))
    return say(
      "No port of Kubernetes but the API server's answers here at a global address, which does not speak for other places",
    );
  if (reaching.length > 0)
    return say(
      "Nothing answers here at a global address, be it filtered or not reached, which does not speak for other places",
    );
  return say(
    `${counted(observed.nodes, "node")} dialled, none with a global address; behind address translation ports may be open all the same`,
  );
}

/** Whoever gets an answer from a private address has a way into some private network, and it may be theirs. */
function signsIn({ addresses, inside }: DialledPortsFact): readonly string[] {
  const answered = addresses.some(
    ({ scope, open, refused }) => scope === "private" && open.length + refused.length > 0,
  );
  return answered ? [...inside, "private-address-answered"] : inside;
}

function answersOf(addresses: readonly DialledAddress[]) {
  const total = (of: (address: DialledAddress) => readonly number[]) =>
    addresses.reduce((sum, address) => sum + of(address).length, 0);
  return {
    addresses: addresses.length,
    open: [...new Set(addresses.flatMap(({ open }) => open))].sort((a, b) => a - b),
    refused: total(({ refused }) => refused),
    silent: total(({ silent }) => silent),
    noRoute: total(({ noRoute }) => noRoute),
    notTried: total(({ notTried }) => notTried),
  };
}

function finding({ node, family, type }: DialledAddress, port: number): Finding {
  const component = componentAt(port);
  return {
    code: "port-open-from-here",
    subject: { kind: "Node", name: node },
    expected: "closed to whoever is outside the nodes' network",
    actual: `${port} accepts connections`,
    message: `${node}: port ${port} (${component}) accepts connections from here at a global ${family} address (${type})`,
  };
}
