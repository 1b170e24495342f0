import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../src/model/canonical-json.ts";
import type { Json } from "../../../src/model/json.ts";
import type { LoopbackResponse } from "../../support/loopback-response.ts";
import { gatherCloud } from "../../support/openstack/gathered-cloud.ts";
import { hostIdOf, nodeOn, novaServer, serverId } from "../../support/openstack/machines.ts";

const group = "f3d86fe6-4246-4be8-b87c-eb894626c741";
const serverGroups = [{ id: group, name: "cp", policy: "anti-affinity", rules: {} }];
const hostLabel = "topology.openstack.org/host-id";
const three = [1, 2, 3].map((number) => nodeOn(number));
const look = (contents: object, nodes: readonly object[] = three, more: object = {}) =>
  gatherCloud({ contents, ...more }, ["cloud/servers"], nodes);

describe("the servers behind the nodes", () => {
  it("are found by provider id: hosts, projects and groups comparable, flavors and root disks told", async () => {
    const servers = [
      novaServer(1, "a", { groups: [group] }),
      novaServer(2, "b", { groups: [group], bootVolume: true }),
      novaServer(3, "a", { groups: [], project: "another" }),
    ];
    const nodes = [
      nodeOn(1, { labels: { [hostLabel]: hostIdOf("a") } }),
      nodeOn(2, { labels: { [hostLabel]: hostIdOf("z") }, provider: `openstack://RegionOne/${serverId(2)}` }),
      nodeOn(3),
    ];
    const { value } = await look({ servers, serverGroups }, nodes);
    const fact = value("cloud/servers");
    expect(fact.unavailable).toEqual([]);
    const [one, two, other] = fact.servers;
    expect(one).toEqual({
      node: "node-1",
      ref: expect.stringMatching(/^server-[0-9a-f]{16}$/),
      project: expect.stringMatching(/^project-[0-9a-f]{16}$/),
      host: expect.stringMatching(/^host-[0-9a-f]{16}$/),
      hostLabel: "same",
      flavor: {
        name: "SCS-2V-4-20s",
        cpus: 2,
        memoryMib: 4096,
        diskGb: 20,
        extraSpecs: { "scs:disk0-type": "ssd" },
      },
      bootedFrom: "image",
      zone: "zone-1",
      groups: [{ ref: expect.stringMatching(/^server-group-/), policy: "anti-affinity" }],
      bareMetal: false,
    });
    expect([two?.hostLabel, other?.hostLabel]).toEqual(["other", "absent"]);
    expect(two).toMatchObject({ bootedFrom: "volume", groups: one?.groups, project: one?.project });
    expect(two?.host).not.toBe(one?.host);
    expect(other?.project).not.toBe(one?.project);
  });

  it("are found by system UUID where there is no provider id, and not where it is of another cloud", async () => {
    const servers = [novaServer(1, "a")];
    const nodes = [
      nodeOn(1, { provider: null, systemUuid: serverId(1).toUpperCase() }),
      nodeOn(2, { provider: "kind://docker/x/y" }),
      nodeOn(3, { provider: null, systemUuid: "03000200-0400-0500-0006-000700080009" }),
      nodeOn(4, { provider: null, systemUuid: "Not Specified" }),
    ];
    const { value } = await look({ servers }, nodes);
    expect(value("cloud/servers")).toMatchObject({
      servers: [{ node: "node-1" }],
      unavailable: [{ node: "node-3", reason: "not-found", message: "Nova answered 404" }],
      nodesWithoutServer: 2,
    });
  });

  it("in another region are not asked for", async () => {
    const nodes = [nodeOn(1), nodeOn(2, { provider: `openstack://RegionTwo/${serverId(2)}` })];
    const { value, cloud } = await look({ servers: [novaServer(1, "a"), novaServer(2, "b")] }, nodes);
    expect(value("cloud/servers").unavailable).toMatchObject([{ node: "node-2", reason: "not-found" }]);
    expect(cloud.requests.filter(({ path }) => path === "/compute/servers/{id}")).toHaveLength(1);
  });

  it("are asked for by the microversion with the flavor in it, older Novas by an older one", async () => {
    const instead = ({ headers }: { headers: { [name: string]: unknown } }, path: string) =>
      path.includes("/servers/") && headers["openstack-api-version"] !== "compute 2.47" ? { status: 406 } : undefined;
    const { value } = await look({ servers: [novaServer(1, "a")] }, [nodeOn(1)], { instead });
    expect(value("cloud/servers").servers).toHaveLength(1);
  });

  it("say what hypervisor they have only to administrators, whose log alone has the question in it", async () => {
    const servers = [novaServer(1, "a", { hypervisorHost: "compute-1" }), novaServer(2, "b", { hypervisorHost: "x" })];
    const hypervisors = [
      { id: "1", hypervisor_hostname: "compute-1", hypervisor_type: "QEMU" },
      { id: "2", hypervisor_hostname: "compute-2", hypervisor_type: "ironic" },
    ];
    const nodes = [nodeOn(1), nodeOn(2)];
    const seen = await look({ servers, hypervisors }, nodes);
    expect(seen.value("cloud/servers").servers.map(({ hypervisor }) => hypervisor)).toEqual(["QEMU", undefined]);
    const refused = await look({ servers }, nodes);
    expect(refused.value("cloud/servers").servers.map(({ hypervisor }) => hypervisor)).toEqual([undefined, undefined]);
    expect(refused.cloud.requests.at(-1)).toMatchObject({
      path: "/compute/os-hypervisors/detail?limit=500",
      status: 403,
    });
    const plain = await look({ servers: [novaServer(1, "a")] }, [nodeOn(1)]);
    expect(plain.cloud.requests.some(({ path }) => path.includes("os-hypervisors"))).toBe(false);
  });

  it.each<[string, object, boolean]>([
    ["virtual", {}, false],
    ["bare metal by name", { flavor: "SCS-16C-64-2x400p_bms" }, true],
    ["bare metal by resource class", { extraSpecs: { "resources:VCPU": "0", "resources:CUSTOM_GOLD": "1" } }, true],
    ["bare metal by trait", { extraSpecs: { "trait:CUSTOM_BAREMETAL": "required" } }, true],
    ["a virtual GPU", { extraSpecs: { "resources:CUSTOM_VGPU": "1" } }, false],
  ])("%s", async (_, options, bareMetal) => {
    const { value } = await look({ servers: [novaServer(1, "a", options)] }, [nodeOn(1)]);
    expect(value("cloud/servers").servers[0]?.bareMetal).toBe(bareMetal);
  });

  it("are at most 64, those of the control plane first", async () => {
    const numbers = Array.from({ length: 70 }, (_, n) => n + 1);
    const nodes = numbers.map((number) => nodeOn(number, { role: number > 67 ? "control-plane" : "worker" }));
    const { value } = await look({ servers: numbers.map((number) => novaServer(number, "a")) }, nodes);
    const fact = value("cloud/servers");
    expect(fact.servers).toHaveLength(64);
    expect(fact.servers.slice(0, 3).map(({ node }) => node)).toEqual(["node-68", "node-69", "node-70"]);
    expect(fact.unavailable.map(({ reason }) => reason)).toEqual(Array.from({ length: 6 }, () => "too-large"));
  });
});

describe("a cloud that does not show them", () => {
  const nova = (response: LoopbackResponse) => ({
    instead: (_: unknown, path: string) => (path.startsWith("/compute") ? response : undefined),
  });
  it.each<[string, LoopbackResponse, string, string]>([
    ["forbids", { status: 403 }, "forbidden", "the role `reader` or `member` in the project of the cluster's servers"],
    ["breaks", { status: 500 }, "server-error", "a cloud without internal errors"],
    [
      "says something else",
      { body: { server: { id: serverId(9) } } },
      "malformed",
      "a cloud that answers as OpenStack's API references have it",
    ],
    ["is too old", { status: 406 }, "not-served", "Nova of OpenStack Pike or newer in the catalogue"],
  ])("%s", async (_, response, reason, resolve) => {
    const { gathering } = await look({ servers: [] }, three, nova(response));
    expect(gathering.items["cloud/servers"]).toMatchObject({ status: "unavailable", reason, resolve });
  });

  it("hangs: four servers are waited for, not all", async () => {
    const nodes = Array.from({ length: 12 }, (_, n) => nodeOn(n + 1));
    const { gathering, cloud } = await gatherCloud(nova({ fault: "hang-after-accept" }), ["cloud/servers"], nodes, {
      requestTimeoutMilliseconds: 150,
    });
    expect(gathering.items["cloud/servers"]).toMatchObject({
      reason: "timeout",
      resolve: "a cloud that answers in time",
    });
    expect(cloud.requests.filter(({ path }) => path.startsWith("/compute"))).toHaveLength(4);
  });

  it("does not take the credentials: Keystone is asked once, whatever is wanted", async () => {
    const wanted = ["cloud/servers", "cloud/flavors", "cloud/volume-types", "cloud/api-load-balancer"] as const;
    const { gathering, cloud } = await gatherCloud({}, wanted, three, { cloud: "wrong-password" });
    for (const id of wanted)
      expect(gathering.items[id]).toMatchObject({
        reason: "unauthorized",
        message: "Keystone answered 401",
        resolve: "credentials that the cloud accepts",
      });
    expect(cloud.requests).toHaveLength(1);
  });

  it("belongs to somebody else: each node says so", async () => {
    const { value } = await look({ servers: [] });
    expect(value("cloud/servers")).toMatchObject({ servers: [], unavailable: [{}, {}, {}] });
    const none = await look({}, [nodeOn(1, { provider: "aws:///eu/i-1" })]);
    expect(none.reason("cloud/servers")).toBe("not-found");
  });
});

it("keeps no id, address, name, key or user data of a customer, and nothing that acts on a screen", async () => {
  const evil = "\u001b[31m\u202eSCS-2V-4\u0000";
  const servers = [
    novaServer(1, "a", { groups: [group], hypervisorHost: "compute-1.internal", flavor: evil }),
    novaServer(2, "b", { extraSpecs: { "scs:cpu-type": evil, __proto__: "x", [`scs:${"x".repeat(99)}`]: "y" } }),
  ];
  const { gathering } = await look({ servers, serverGroups }, [nodeOn(1), nodeOn(2)]);
  const text = canonicalJson(gathering as unknown as Json);
  for (const secret of [
    serverId(1),
    hostIdOf("a"),
    group,
    "6f70656e",
    "customer",
    "10.8.0.5",
    "203.0.113",
    "compute-1",
    "I2Nsb3Vk",
    "gAAAA",
  ])
    expect(text).not.toContain(secret);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
  expect(text).not.toMatch(/[\u0000-\u0008\u001b\u202e]/);
});
