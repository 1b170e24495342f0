import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../src/model/canonical-json.ts";
import type { Json } from "../../../src/model/json.ts";
import { gatherFrom, lookedAt, paths, served } from "../../support/gathering.ts";
import { kubernetesRoutes } from "../../support/kubernetes-routes.ts";

const version = { [paths.version]: served("v1.36.0") };
const huge = "x".repeat(10 * 1024 * 1024);
const node = (metadata: object, more: object = {}) => ({
  metadata: { name: "a", creationTimestamp: "2026-01-01T00:00:00Z", ...metadata },
  ...more,
});
/** What `JSON.parse` makes of it has an own key `__proto__`. */
const poisoned = (json: string): object => JSON.parse(json) as object;

describe("objects that no API server would send", () => {
  it.each<[string, object]>([
    ["without metadata", { spec: {} }],
    ["whose metadata is a list", { metadata: [] }],
    ["whose name is a number", node({ name: 7 })],
    ["whose name has 10 MB", node({ name: huge })],
    ["created never", node({ creationTimestamp: "yesterday" })],
  ])("a node %s makes the list malformed", async (_, object) => {
    const { reason } = await gatherFrom(kubernetesRoutes({ ...version, [paths.nodes]: [node({}), object] }), [
      "kube/nodes",
    ]);
    expect(reason("kube/nodes")).toBe("malformed");
  });

  it("keeps nothing of wrong types, huge texts and poisoned keys", async () => {
    const hostile = node(
      {
        name: "evil\u001b[31m\u202enode\ud800",
        labels: poisoned(
          `{"__proto__":"x","constructor":"x","node-role.kubernetes.io/__proto__":"","topology.kubernetes.io/zone":7,"topology.kubernetes.io/region":"${huge}"}`,
        ),
        annotations: poisoned('{"__proto__":{"k3s.io/node-args":"[]"}}'),
      },
      {
        spec: { providerID: 5, podCIDRs: "10.0.0.0/8", unschedulable: "yes" },
        status: {
          nodeInfo: { bootID: huge, osImage: ["x"] },
          addresses: [null, 7, { type: "InternalIP", address: "$(reboot)" }],
          conditions: {},
        },
      },
    );
    const { gathering, value } = await gatherFrom(kubernetesRoutes({ ...version, [paths.nodes]: [hostile] }), [
      "kube/nodes",
      "kube/node-args",
    ]);
    expect(value("kube/nodes").nodes).toEqual([
      {
        name: "evil\ufffd[31m\ufffdnode\ufffd",
        createdAt: "2026-01-01T00:00:00Z",
        roles: ["__proto__"],
        labels: {},
        annotationKeys: [],
        unschedulable: false,
        ready: "absent",
        kubeletVersion: "",
        osImage: "",
        kernelVersion: "",
        containerRuntimeVersion: "",
        bootId: "",
        machineId: "",
        systemUuid: "",
        internalFamilies: [],
        externalFamilies: [],
        podCidrFamilies: [],
      },
    ]);
    expect(value("kube/node-args")).toEqual({ nodes: [] });
    expect(canonicalJson(gathering as unknown as Json).length).toBeLessThan(10_000);
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a list", []],
    ["a text", "x"],
    ["numbers all the way", { items: 7, metadata: 7, data: 7, flags: 7, spec: 7, gitVersion: 7 }],
    ["lists of nothing", { items: [null, 7, "x", []], metadata: { name: {}, uid: [] } }],
    ["empty objects", { items: [{}, {}, {}], metadata: {}, data: {}, flags: {}, endpoints: [{}, null] }],
  ])("%s everywhere breaks no probe", async (_, body) => {
    const text = JSON.stringify(body);
    const { gathering } = await gatherFrom(({ url }) =>
      url.pathname === paths.version ? { body: served("v1.36.0") } : { body: text },
    );
    expect(Object.keys(gathering.items)).toHaveLength(lookedAt.length);
    expect(gathering.items["kube/nodes"]).toMatchObject({ status: "unavailable", reason: "malformed" });
  });
});
