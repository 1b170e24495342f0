import { describe, expect, it } from "vitest";
import { gatherFrom, paths, served } from "../../support/gathering.ts";
import { forbidden, type KubernetesRoutesOptions, kubernetesRoutes } from "../../support/kubernetes-routes.ts";

const node = (name: string, labels: { [key: string]: string } = {}) => ({
  metadata: { name, creationTimestamp: "2026-01-01T00:00:00Z", labels: { "kubernetes.io/hostname": name, ...labels } },
});
const zoned = ["a", "b", "c"].map((name) => node(name, { "topology.kubernetes.io/zone": `zone-${name}`, size: "1" }));

const terms = (...nodeSelectorTerms: unknown[]) => ({ nodeAffinity: { required: { nodeSelectorTerms } } });
const label = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, ...(values.length > 0 ? { values } : {}) }],
});
const volume = (name: string, spec: object = {}, annotations = {}) => ({
  metadata: { name, annotations },
  spec: { storageClassName: "fast", accessModes: ["ReadWriteOnce"], csi: { driver: "csi.example.org" }, ...spec },
  status: { phase: "Bound" },
});

const from = async (volumes: object[], nodes: object[] = zoned, options: KubernetesRoutesOptions = {}) => {
  const objects = { [paths.version]: served("v1.37.2"), [paths.persistentVolumes]: volumes, [paths.nodes]: nodes };
  return gatherFrom(kubernetesRoutes(objects, options), ["kube/persistent-volumes"]);
};

describe("the nodes that can use a volume", () => {
  it.each<[string, object, string]>([
    ["no affinity", {}, "anywhere"],
    ["the name of a node, as local volumes have it", terms(label("kubernetes.io/hostname", "In", "a")), "one"],
    [
      "the name of a node in metadata",
      terms({ matchFields: [{ key: "metadata.name", operator: "In", values: ["b"] }] }),
      "one",
    ],
    ["two nodes, as two copies have it", terms(label("kubernetes.io/hostname", "In", "a", "c")), "several"],
    [
      "two terms",
      terms(label("kubernetes.io/hostname", "In", "a"), label("kubernetes.io/hostname", "In", "b")),
      "several",
    ],
    ["a zone of one node", terms(label("topology.kubernetes.io/zone", "In", "zone-a")), "place"],
    ["another driver's zone", terms(label("topology.csi.vmware.com/k8s-zone", "In", "x")), "none"],
    ["all zones", terms(label("topology.kubernetes.io/zone", "Exists")), "all"],
    ["not one of them", terms(label("kubernetes.io/hostname", "NotIn", "a")), "several"],
    ["a label that no node has", terms(label("gone", "DoesNotExist")), "all"],
    ["more than a number", terms(label("size", "Gt", "0")), "all"],
    ["less than a number", terms(label("size", "Lt", "1")), "none"],
    ["a node that is gone", terms(label("kubernetes.io/hostname", "In", "z")), "none"],
    [
      "zone and name together",
      terms({
        matchExpressions: [
          { key: "topology.kubernetes.io/zone", operator: "In", values: ["zone-a"] },
          { key: "kubernetes.io/hostname", operator: "In", values: ["a"] },
        ],
      }),
      "one",
    ],
    ["an operator of tomorrow", terms(label("size", "Near", "1")), "unknown"],
    ["no terms", terms(), "unknown"],
    ["a term of tomorrow", terms({ matchEverything: true }), "unknown"],
    ["an empty term: it fits none", terms({}), "none"],
  ])("%s: %#", async (_, spec, reach) => {
    const { value } = await from([volume("pvc-1", spec)]);
    const [group] = value("kube/persistent-volumes").groups;
    const { anywhere, all, several, one, place, none, unknown } = group?.reach ?? {};
    expect({ anywhere, all, several, one, place, none, unknown }).toEqual({
      anywhere: 0,
      all: 0,
      several: 0,
      one: 0,
      place: 0,
      none: 0,
      unknown: 0,
      [reach]: 1,
    });
    expect(group?.onOneNode).toEqual(reach === "one" ? ["pvc-1"] : []);
  });

  it("is nothing to ask on a cluster of one node", async () => {
    const { value } = await from([volume("pvc-1", terms(label("kubernetes.io/hostname", "In", "a")))], [node("a")]);
    expect(value("kube/persistent-volumes").groups[0]?.reach).toMatchObject({ all: 1, one: 0 });
  });

  it("stays unknown without the right to list nodes, which are asked for only when needed", async () => {
    const local = volume("pvc-1", terms(label("kubernetes.io/hostname", "In", "a")));
    const refused = await from([local, volume("pvc-2")], zoned, { overrides: { [paths.nodes]: forbidden() } });
    const fact = refused.value("kube/persistent-volumes");
    expect(fact.nodes).toBeUndefined();
    expect(fact.groups[0]?.reach).toMatchObject({ unknown: 1, anywhere: 1 });
    const free = await from([volume("pvc-2")]);
    expect(free.loopback.requests.map(({ path }) => path)).not.toContainEqual(expect.stringMatching(/nodes/));
  });
});

it("sums up by class, provisioner and source; of modes only those of bound volumes", async () => {
  const made = { "pv.kubernetes.io/provisioned-by": "rancher.io/local-path" };
  const { value } = await from([
    volume("pvc-1"),
    { ...volume("pvc-2", { accessModes: ["ReadWriteMany"] }), status: { phase: "Released" } },
    volume("pvc-3", { csi: undefined, hostPath: { path: "/data" }, persistentVolumeReclaimPolicy: "Delete" }, made),
    volume("pvc-4", { csi: undefined, local: { path: "/data" }, storageClassName: undefined }),
    volume("pvc-5", { csi: undefined, nfs: { server: "192.0.2.1" }, storageClassName: "" }),
  ]);
  const { groups, volumes, left } = value("kube/persistent-volumes");
  expect([volumes, left]).toEqual([5, 0]);
  expect(
    groups.map(({ storageClass, provisioner, source, bound, boundAccessModes, reclaimPolicies }) => [
      `${storageClass}|${provisioner}|${source}`,
      bound,
      boundAccessModes.join(),
      reclaimPolicies.join(),
    ]),
  ).toEqual([
    ["||local", 1, "ReadWriteOnce", "Retain"],
    ["||other", 1, "ReadWriteOnce", "Retain"],
    ["fast|csi.example.org|csi", 1, "ReadWriteOnce", "Retain"],
    ["fast|rancher.io/local-path|host-path", 1, "ReadWriteOnce", "Delete"],
  ]);
});

it("keeps 200 groups of a cluster with a class for everybody, and starts anew when the list expires", async () => {
  const many = Array.from({ length: 1200 }, (_, index) =>
    volume(`pvc-${index}`, { storageClassName: `class-${index % 300}` }),
  );
  const { value } = await from(many, zoned, { expireOnce: [paths.persistentVolumes] });
  const { groups, volumes, left } = value("kube/persistent-volumes");
  expect([groups.length, volumes, left]).toEqual([200, 1200, 400]);
});

it.each([500, 404])("says so when volumes cannot be read: %i", async (status) => {
  const { reason } = await from([], [], { overrides: { [paths.persistentVolumes]: { status, body: "" } } });
  expect(reason("kube/persistent-volumes")).toBe(status === 500 ? "server-error" : "not-served");
});

it("has nothing to do with volumes without a name", async () => {
  const { reason } = await from([{ spec: {} }]);
  expect(reason("kube/persistent-volumes")).toBe("malformed");
});

it("groups nodes by the drivers they run", async () => {
  const csiNode = (name: string, ...drivers: string[]) => ({
    metadata: { name },
    spec: { drivers: drivers.length === 0 ? null : drivers.map((driver) => ({ name: driver, nodeID: name })) },
  });
  const csiNodes = [
    csiNode("c", "b.example.org", "a.example.org"),
    csiNode("a"),
    csiNode("b", "a.example.org", "b.example.org"),
  ];
  const objects = { [paths.version]: served("v1.37.2"), [paths.csiNodes]: csiNodes };
  const { value } = await gatherFrom(kubernetesRoutes(objects), ["kube/csi-nodes"]);
  expect(value("kube/csi-nodes").groups).toEqual([
    { drivers: ["a.example.org", "b.example.org"], nodes: 2, names: ["b", "c"] },
    { drivers: [], nodes: 1, names: ["a"] },
  ]);
});
