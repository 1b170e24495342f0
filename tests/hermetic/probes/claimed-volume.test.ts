/** The run's own volume over HTTPS on loopback: how far it comes on clusters of every kind, and that nothing is left. */
import { describe, expect, it } from "vitest";
import type { ClusterActor } from "../../../src/model/acting.ts";
import { rightsOf } from "../../../src/model/acting-rights.ts";
import type { FactValues } from "../../../src/model/facts/index.ts";
import { claimedVolumeProbe } from "../../../src/probes/claimed-volume.ts";
import { persistentVolumesProbe } from "../../../src/probes/persistent-volumes.ts";
import { storageClassesProbe } from "../../../src/probes/storage-classes.ts";
import { actingOver } from "../../support/acting.ts";
import { connectedLoopback } from "../../support/connected-loopback.ts";
import { gatherOver } from "../../support/gathering.ts";
import { granting } from "../../support/granting.ts";
import { type VolumeCluster, volumeCluster } from "../../support/volume-cluster.ts";

const granted = [claimedVolumeProbe, storageClassesProbe, persistentVolumesProbe].flatMap((probe) => rightsOf(probe));

/** Waits a moment where a run would wait minutes. */
function hurried(actor: ClusterActor): ClusterActor {
  const soon = ({ milliseconds }: { readonly milliseconds: number }) => ({ milliseconds: Math.min(milliseconds, 300) });
  return {
    ...actor,
    until: (path, seen, wait) => actor.until(path, seen, soon(wait)),
    remove: (path, gone) => actor.remove(path, gone && soon(gone)),
  };
}

/** `lie`: answers in the place of the cluster's, by path. */
async function tried(options: VolumeCluster, lie: (path: string) => object | undefined = () => undefined) {
  const { handler, store, made } = volumeCluster(options);
  const { connection } = await connectedLoopback(
    granting(granted, (request) => {
      const body = request.method === "GET" ? lie(request.url.pathname) : undefined;
      return body === undefined ? handler(request) : { body };
    }),
  );
  const run = actingOver(connection, { image: "registry.example.org/agnhost:2.55" });
  const { reader, asker, requests } = connection;
  const views = { reader, asker, requests, actor: hurried(run.actor) };
  const { gathering } = await gatherOver(views, ["kube/claimed-volume"], {}, "active");
  const item = gathering.items["kube/claimed-volume"];
  const ended = await run.end(5_000);
  return { item, ended, left: [...store.objects.keys()], made };
}

async function factOf(options: VolumeCluster): Promise<FactValues["kube/claimed-volume"]> {
  const { item, ended } = await tried(options);
  expect(ended.remains).toEqual([]);
  if (item?.status !== "collected") throw new Error(`${item?.reason}: ${item?.message}`);
  return item.value as unknown as FactValues["kube/claimed-volume"];
}

const moved = { write: { done: true, node: "n1" }, elsewhere: { kept: true, node: "n2" }, left: "nothing" };

describe("a volume claimed without a class", () => {
  it("is written on one node, read on another, and leaves nothing", async () => {
    const { item, left, ended } = await tried({});
    expect(item).toMatchObject({
      status: "collected",
      value: {
        storageClass: "standard",
        waitsForPod: true,
        bound: true,
        volume: {
          name: "pv-1",
          provisioner: "storage.example.org",
          source: "csi",
          accessModes: ["ReadWriteOnce"],
          reclaimPolicy: "Delete",
          reach: "anywhere",
        },
        ...moved,
      },
    });
    expect(JSON.stringify(item)).not.toContain("secret-handle");
    expect(left).toEqual([]);
    expect(ended.remains).toEqual([]);
  });

  it.each<readonly [string, VolumeCluster, object]>([
    ["bound before any pod", { classFields: { volumeBindingMode: "Immediate" } }, { waitsForPod: false, ...moved }],
    ["grown at once", { grows: "at-once" }, { ...moved, expansion: { grown: true } }],
    ["grown when it is mounted", { grows: "mounted" }, { ...moved, expansion: { grown: true } }],
    [
      "never grown",
      { grows: "never", events: [["VolumeResizeFailed", "rpc error: no room"]] },
      { expansion: { grown: false, hindrance: { by: "other", said: "VolumeResizeFailed: rpc error: no room" } } },
    ],
    [
      "not to be grown for a quota",
      { grows: "at-once", refusals: { patch: [403, "exceeded quota: q, requested: requests.storage=1Gi"] } },
      { ...moved, expansion: { grown: false, hindrance: { by: "quota" } } },
    ],
    [
      "tied to a node",
      { tied: true },
      {
        volume: { reach: "one", nodes: 3 },
        elsewhere: {
          hindrance: {
            by: "volume-affinity",
            said: "0/3 nodes are available: 2 node(s) didn't match PersistentVolume's node affinity.",
          },
        },
        again: { kept: true, node: "n1" },
      },
    ],
    ["forgotten on the next node", { forgets: true }, { elsewhere: { kept: false, node: "n2" }, left: "nothing" }],
    ["kept by the class", { reclaimPolicy: "Retain" }, { ...moved, left: "retained-volume" }],
    [
      "never made",
      { idle: true, events: [["ProvisioningFailed", 'failed to provision volume with StorageClass "x": no host']] },
      {
        bound: false,
        hindrance: {
          by: "provisioning",
          said: 'ProvisioningFailed: failed to provision volume with StorageClass "...": no host',
        },
      },
    ],
    [
      "never made before any pod",
      { idle: true, classFields: { volumeBindingMode: "Immediate" } },
      { bound: false, hindrance: { by: "timeout" }, left: "nothing" },
    ],
    ["without a class", { storageClass: null }, { storageClass: null, bound: false, left: "nothing" }],
    [
      "of volumes that somebody makes",
      { classFields: { provisioner: "kubernetes.io/no-provisioner" } },
      { bound: false, hindrance: { by: "made-by-hand" } },
    ],
    [
      "beside one that somebody made and nobody claimed",
      {
        volumes: [
          {
            metadata: { name: "theirs" },
            spec: { storageClassName: "standard", nfs: {} },
            status: { phase: "Available" },
          },
        ],
      },
      { bound: false, hindrance: { by: "made-by-hand" } },
    ],
    [
      "too small for a LimitRange",
      {
        refusals: {
          PersistentVolumeClaim: [403, "minimum storage usage per PersistentVolumeClaim is 5Gi, but request is 1Gi"],
        },
      },
      { storageClass: null, bound: false, hindrance: { by: "limit-range" } },
    ],
    [
      "whose pod a policy refuses",
      { refusals: { Pod: [403, 'admission webhook "policy.example.org" denied the request: no'] } },
      { bound: false, hindrance: { by: "policy", said: 'admission webhook "..." denied the request: no' } },
    ],
    [
      "whose second pod a quota refuses",
      { refusals: { "Pod reader": [403, "exceeded quota: q, requested: pods=1"] } },
      { write: { done: true }, elsewhere: { hindrance: { by: "quota" } }, again: { kept: true } },
    ],
    [
      "whose pod no node takes",
      {
        stuck: {
          writer: {
            phase: "Pending",
            conditions: [
              {
                type: "PodScheduled",
                status: "False",
                reason: "Unschedulable",
                message: "0/3 nodes are available: 3 node(s) had untolerated taint {example.org/secret: hunter2}.",
              },
            ],
          },
        },
      },
      {
        bound: false,
        hindrance: {
          by: "unschedulable",
          said: "0/3 nodes are available: 3 node(s) had untolerated taint {example.org/secret}.",
        },
      },
    ],
  ])("is %s", async (_, options, expected) => {
    expect(await factOf(options)).toMatchObject(expected);
  });

  it("asks for what the level restricted admits, for little, and for an end", async () => {
    const { made } = await tried({});
    const pod = made.find(({ kind }) => kind === "Pod") as { metadata: object; spec: { containers: object[] } };
    expect(pod.metadata).toMatchObject({
      annotations: { "cluster-autoscaler.kubernetes.io/pod-scale-up-delay": "1h" },
    });
    expect(pod.spec).toMatchObject({
      restartPolicy: "Never",
      activeDeadlineSeconds: 300,
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    });
    expect(pod.spec.containers).toMatchObject([
      {
        image: "registry.example.org/agnhost:2.55",
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        resources: { requests: { cpu: "10m", memory: "16Mi" } },
      },
    ]);
  });

  it.each<readonly [string, VolumeCluster["refusals"], string]>([
    [
      "claims",
      { PersistentVolumeClaim: [403, 'User "u" cannot create resource "persistentvolumeclaims" in API group ""'] },
      "the right",
    ],
    ["namespaces", { Namespace: [403, 'User "u" cannot create resource "namespaces" in API group ""'] }, "the right"],
  ])("is not there where %s may not be made", async (_, refusals = {}, right) => {
    const { item } = await tried({ refusals });
    expect(item).toMatchObject({ status: "unavailable", reason: "forbidden" });
    expect(item?.status === "unavailable" && item.resolve).toContain(right);
  });

  const red = "\u001b[31m";
  it.each<readonly [string, string, object, object]>([
    ["pods that are none", "/pods/", { status: 7, spec: null }, { bound: false, hindrance: { by: "timeout" } }],
    [
      "a pod that says what nobody wrote",
      "/pods/",
      {
        spec: { nodeName: `../${red}` },
        status: { phase: "Succeeded", containerStatuses: [{ state: { terminated: { message: "x".repeat(5000) } } }] },
      },
      { bound: false },
    ],
    [
      "a pod that fails with an escape sequence",
      "/pods/",
      {
        spec: { nodeName: "n1" },
        status: {
          phase: "Failed",
          containerStatuses: [{ state: { terminated: { message: `${red}https://user:pw@10.0.0.1/` } } }],
        },
      },
      { hindrance: { by: "container", said: "..." } },
    ],
    [
      "a volume of another path",
      "/persistentvolumeclaims/",
      { spec: { volumeName: "../../secrets" }, status: { phase: "Bound" } },
      { bound: true, write: { done: true }, left: "claim" },
    ],
    ["a claim that is none", "/persistentvolumeclaims/", { status: [] }, { bound: false, left: "claim" }],
    [
      "a volume that is none",
      "/persistentvolumes/",
      { spec: 7 },
      {
        volume: { provisioner: "", source: "other", accessModes: [], reclaimPolicy: "Retain" },
        left: "retained-volume",
      },
    ],
  ])("survives %s", async (_, part, body, expected) => {
    const { item } = await tried({}, (path) => (path.includes(part) ? body : undefined));
    expect(item).toMatchObject({ status: "collected", value: expected });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
    expect(JSON.stringify(item)).not.toMatch(/[\u0000-\u001f]|\\u001b|user:pw|10\.0\.0\.1/);
  });
});
