/** What a run sees of a cluster that lacks one thing: exactly the requirements that the flaw concerns turn, at every tier that makes nothing. */
import { afterEach, beforeAll, expect, test } from "vitest";
import type { RealNodesOptions } from "../../testbed/real-nodes/options.ts";
import { type RealNodes, realNodes } from "../../testbed/real-nodes/real-nodes.ts";
import { type Flaw, flawed } from "../../testbed/real-nodes/variants.ts";
import { checkCluster } from "../support/cluster-check.ts";
import type { Outcomes } from "../support/expected-outcomes.ts";

const small: RealNodesOptions = { workers: 0, storage: "none" };

/** How long etcd's disk takes is a matter of this machine's load. */
const ofTheMoment = "proposed-etcd-maintenance-v1/write-latency";

/** It takes a tier that acts to see them, and `outlook` to see what expires soon: no outcome turns, all at once. */
const unseen = [
  "no policy enforcement",
  "anonymous kubelet",
  "read-only port open",
  "certificates about to expire",
] as const satisfies readonly Flaw[];

/** What turns, or is worth naming, beside the outcomes of the same cluster without the flaw. */
const turns: Readonly<Record<Exclude<Flaw, (typeof unseen)[number]>, Outcomes>> = {
  // nor does a class that nobody knows show where its volumes are, before there is one
  "node-local storage only": { "scs-0211-v2/default-class": "pass", "scs-0211-v2/volume-expansion": "pass" },
  // that none is there says nothing of what can be ordered
  "single stack": {
    "proposed-ipv6-v1/nodes": "undetermined",
    "proposed-ipv6-v1/pods-and-services": "undetermined",
  },
  "PodSecurity off": { "scs-0217-v1/pod-security-admission": "fail" },
  "NodeRestriction off": { "scs-0217-v1/node-restriction": "fail" },
  "priority and fairness off": { "scs-0215-v1/priority-and-fairness": "fail" },
  "etcd without client authentication": { "scs-0217-v1/etcd-client-certificates": "fail" },
  // three nodes where the sound cluster has one, and still one host
  "nodes on one machine": {
    "scs-0213-v1/control-plane-duplicated": "pass",
    "scs-0213-v1/control-plane-redundant": "pass",
    "scs-0213-v1/components-on-other-machines": "fail",
    "scs-0214-v2/control-plane-zones": "pass",
    "scs-0214-v2/control-plane-hosts": "fail",
  },
};

let cluster: RealNodes | undefined;
let sound: Outcomes;

async function outcomesWith(options: RealNodesOptions): Promise<Outcomes> {
  cluster = await realNodes({ ...small, ...options });
  const selection = { tier: "dry-run" as const, includeProposed: true };
  const patience = { requestTimeout: 60_000, timeout: 170_000 };
  const { outcomes } = await checkCluster(await cluster.kubeconfig(), { selection, ...patience });
  await stop();
  return outcomes;
}

async function stop(): Promise<void> {
  await cluster?.stop();
  cluster = undefined;
}

beforeAll(async () => {
  sound = await outcomesWith({});
});
afterEach(stop);

/** The options of all of these. */
function withAll(names: readonly Flaw[]): RealNodesOptions {
  const options = names.map((name): RealNodesOptions => flawed[name]);
  return Object.assign({}, ...options, { kubelet: Object.assign({}, ...options.map(({ kubelet }) => kubelet)) });
}

test.each([
  [unseen.join(", "), unseen, {}] as const,
  ...Object.entries(turns).map(([name, expected]) => [name, [name as Flaw], expected] as const),
])("%s", async (_, names, expected) => {
  const outcomes = await outcomesWith(withAll(names));
  const turned = Object.entries(outcomes).filter(
    ([id, outcome]) => id in expected || (id !== ofTheMoment && sound[id] !== outcome),
  );
  expect(Object.fromEntries(turned)).toEqual(expected);
});
