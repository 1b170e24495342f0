/** Volumes of real nodes: what the run's own claim shows of storage on the network and on nodes, and of what stands in its way. */
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RealNodes, realNodes } from "../../testbed/real-nodes/real-nodes.ts";
import { type CheckedCluster, checkCluster } from "../support/cluster-check.ts";

let cluster: RealNodes;

beforeAll(async () => {
  cluster = await realNodes({ storage: "both", policy: false });
});
afterAll(() => cluster?.stop());

/** `namespace`: the one to act in, where a quota or the like stands in the way. */
async function look(only: readonly string[], namespace?: string): Promise<CheckedCluster> {
  return checkCluster(await cluster.kubeconfig(), {
    selection: { only, tier: "active", includeProposed: true },
    acting: { image: "nodes", namespace, stateFolder: path.join(cluster.folder, "ledgers") },
    requestTimeout: 60_000,
    timeout: 900_000,
    // a day on which the proposals are in force
    at: "2026-11-28T12:00:00Z",
  });
}

const storage = ["scs-0211/*", "proposed/storage-kind"];
const classes = "/apis/storage.k8s.io/v1/storageclasses";
const mergePatch = "application/merge-patch+json";

const make = (collection: string, object: object) => cluster.api.json("POST", collection, object);
const merge = (path: string, patch: object) => cluster.api.json("PATCH", path, patch, mergePatch);

async function namesOf(collection: string): Promise<readonly string[]> {
  const { items } = (await cluster.api.json("GET", collection)) as { items: { metadata: { name: string } }[] };
  return items.map(({ metadata }) => metadata.name);
}

async function makeDefault(name: string | undefined): Promise<void> {
  for (const known of await namesOf(classes)) {
    const annotations = { "storageclass.kubernetes.io/is-default-class": String(known === name) };
    await merge(`${classes}/${known}`, { metadata: { annotations } });
  }
}

const codes = (seen: CheckedCluster, requirement: string) => seen.result(requirement).findings.map(({ code }) => code);

/** Nothing that the run made is there any more. */
async function nothingLeft(seen: CheckedCluster): Promise<void> {
  expect(seen.gathering.cleanup).toMatchObject({ left: 0 });
  expect(await namesOf("/api/v1/persistentvolumes")).toEqual([]);
  expect(await namesOf("/api/v1/persistentvolumeclaims")).toEqual([]);
  expect((await namesOf("/api/v1/namespaces")).filter((name) => name.startsWith("scs-conformance-"))).toEqual([]);
}

describe("the default class", () => {
  test("on the network: what is written on one node is read on another, grows, and is gone", async () => {
    await makeDefault("network");
    const seen = await look(storage);
    expect(seen.fact("kube/claimed-volume")).toMatchObject({
      value: {
        storageClass: "network",
        waitsForPod: false,
        volume: { source: "csi", accessModes: ["ReadWriteOnce"], reach: "anywhere" },
        write: { done: true },
        elsewhere: { kept: true },
        expansion: { grown: true },
        left: "nothing",
      },
    });
    expect(seen.outcomes).toMatchObject({
      "scs-0211-v1/read-write-once": "pass",
      "scs-0211-v1/node-lifecycle": "undetermined",
      "scs-0211-v1/data-loss-protection": "undetermined",
      "scs-0211-v2/default-class": "pass",
      "scs-0211-v2/failure-safe-read-write-once": "pass",
      "scs-0211-v2/volume-expansion": "pass",
    });
    expect(codes(seen, "scs-0211-v2/default-class")).toEqual([]);
    expect(seen.result("scs-0211-v1/node-lifecycle").because).toMatch(/which shows that it moves, not where/);
    await nothingLeft(seen);
  });

  test("on nodes: it cannot be used on another one, which the first version forbids", async () => {
    await makeDefault("local");
    const seen = await look(storage);
    expect(seen.fact("kube/claimed-volume")).toMatchObject({
      value: {
        waitsForPod: true,
        volume: { reach: "one", nodes: 3 },
        elsewhere: { hindrance: { by: "volume-affinity", said: expect.stringMatching(/node affinity/) } },
        again: { kept: true },
        left: "nothing",
      },
    });
    expect(seen.outcomes).toMatchObject({
      "scs-0211-v1/read-write-once": "pass",
      "scs-0211-v1/node-lifecycle": "fail",
      "scs-0211-v1/no-local-storage": "fail",
      "scs-0211-v2/failure-safe-node-lifecycle": "undetermined",
      "scs-0211-v2/default-class": "pass",
      "proposed-storage-kinds-v1/local-fast": "pass",
    });
    await nothingLeft(seen);
  });

  test("that nobody provisions for is named", async () => {
    await make(classes, { metadata: { name: "idle" }, provisioner: "nobody.example.org" });
    await makeDefault("idle");
    const seen = await look(storage);
    const hindrance = { by: "provisioning", said: expect.stringMatching(/^ExternalProvisioning: /) };
    expect(seen.fact("kube/claimed-volume")).toMatchObject({ value: { bound: false, hindrance, left: "nothing" } });
    expect(seen.outcomes["scs-0211-v2/default-class"]).toBe("pass");
    expect(codes(seen, "scs-0211-v2/default-class")).toEqual(["default-class-makes-no-volume"]);
    expect(seen.outcomes["scs-0211-v1/read-write-once"]).toBe("undetermined");
    await nothingLeft(seen);
  });

  test("that retains volumes leaves the run's, and that is said", async () => {
    const provisioner = "network.csi.testbed.example";
    await make(classes, { metadata: { name: "kept" }, provisioner, reclaimPolicy: "Retain" });
    await makeDefault("kept");
    const seen = await look(storage);
    const expected = { elsewhere: { kept: true }, left: "retained-volume" };
    expect(seen.fact("kube/claimed-volume")).toMatchObject({ value: expected });
    const [left] = seen.result("scs-0211-v2/default-class").findings;
    expect(left).toMatchObject({ code: "volume-left-behind", subject: { kind: "PersistentVolume" } });
    expect(seen.gathering.cleanup).toMatchObject({ left: 1 });
    await cluster.api.json("DELETE", `/api/v1/persistentvolumes/${left?.subject.name}`);
  });

  test("that is none: nothing is made", async () => {
    await makeDefault(undefined);
    const seen = await look(["scs-0211/*"]);
    expect(seen.fact("kube/claimed-volume")).toMatchObject({ value: { storageClass: null, bound: false } });
    expect(seen.outcomes["scs-0211-v1/read-write-once"]).toBe("undetermined");
    await nothingLeft(seen);
  });
});

describe("what stands in the way is told, and decides nothing", () => {
  beforeAll(() => makeDefault("network"));

  const quota = (hard: object) => (namespace: string) =>
    make(`/api/v1/namespaces/${namespace}/resourcequotas`, { metadata: { name: "q" }, spec: { hard } });
  const limits = (limit: object) => (namespace: string) =>
    make(`/api/v1/namespaces/${namespace}/limitranges`, { metadata: { name: "l" }, spec: { limits: [limit] } });
  const noPods = async (namespace: string) => {
    const resourceRules = [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }];
    const matchExpressions = [{ key: "kubernetes.io/metadata.name", operator: "In", values: [namespace] }];
    const admission = "/apis/admissionregistration.k8s.io/v1";
    const matchConstraints = { resourceRules, namespaceSelector: { matchExpressions } };
    const validations = [{ expression: "false", message: "no pods here" }];
    await make(`${admission}/validatingadmissionpolicies`, {
      metadata: { name: "no-pods" },
      spec: { matchConstraints, validations },
    });
    await make(`${admission}/validatingadmissionpolicybindings`, {
      metadata: { name: "no-pods" },
      spec: { policyName: "no-pods", validationActions: ["Deny"] },
    });
    // in force a moment later
    const pod = { metadata: { name: "x" }, spec: { containers: [{ name: "x", image: "x" }] } };
    const asked = () => cluster.api.request("POST", `/api/v1/namespaces/${namespace}/pods?dryRun=All`, pod);
    await expect.poll(async () => (await asked()).body, { timeout: 60_000 }).toContain("no pods here");
  };

  test.each<readonly [string, (namespace: string) => Promise<unknown>, string, RegExp]>([
    ["no-pods", quota({ pods: "0" }), "a quota that leaves room for it", /a quota refuses it \(.*exceeded quota/],
    ["no-storage", quota({ "requests.storage": "0" }), "a quota that leaves room for it", /exceeded quota/],
    [
      "large-claims",
      limits({ type: "PersistentVolumeClaim", min: { storage: "5Gi" } }),
      "a LimitRange that allows pods and claims as small",
      /minimum storage usage per PersistentVolumeClaim is 5Gi/,
    ],
    ["denied", noPods, "a policy that admits it", /a policy refuses it \(.*no pods here/],
  ])("%s", async (namespace, hinder, resolve, because) => {
    await make("/api/v1/namespaces", { metadata: { name: namespace } });
    await hinder(namespace);
    const seen = await look(["scs-0211/read-write-once"], namespace);
    const result = seen.result("scs-0211-v1/read-write-once");
    expect(result.outcome).toBe("undetermined");
    expect(result.because).toMatch(because);
    expect(result.missing.map((missing) => missing.resolve)).toContain(resolve);
    await nothingLeft(seen);
  });

  test("taints that no pod of the run tolerates", async () => {
    const taint = async (taints: readonly object[] | null) => {
      for (const worker of ["worker-1", "worker-2"]) await merge(`/api/v1/nodes/${worker}`, { spec: { taints } });
    };
    await taint([{ key: "example.org/kept", value: "for-us", effect: "NoSchedule" }]);
    const seen = await look(["scs-0211/read-write-once"]);
    await taint(null);
    const { outcome, because } = seen.result("scs-0211-v1/read-write-once");
    expect(outcome).toBe("undetermined");
    expect(because).toMatch(
      /bound, not written: no node takes its pod \(0\/3 nodes are available: .*untolerated taint/,
    );
    expect(because).not.toContain("for-us");
    await nothingLeft(seen);
  });
});

test("pods are kept apart by node and by zone, and a token of the run's account is its own", async () => {
  const seen = await look(["proposed/workload-spread", "scs-0217/service-account-tokens"]);
  expect(seen.outcomes).toMatchObject({
    "proposed-workload-spread-v1/by-node": "pass",
    "proposed-workload-spread-v1/by-zone": "pass",
    "scs-0217-v1/service-account-tokens": "pass",
  });
  expect(seen.result("proposed-workload-spread-v1/by-node").because).toMatch(/on 2 nodes, and one more stays without$/);
  expect(seen.fact("kube/account-token")).toMatchObject({ value: { bound: true, accepted: true } });
  await nothingLeft(seen);
});
