import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../src/model/canonical-json.ts";
import type { Json } from "../../../src/model/json.ts";
import { connectedLoopback } from "../../support/connected-loopback.ts";
import { gatherOver, paths, served } from "../../support/gathering.ts";
import { kubernetesRoutes } from "../../support/kubernetes-routes.ts";
import { connectedCloud } from "../../support/openstack/connected-cloud.ts";
import type { CloudContents } from "../../support/openstack/imitation.ts";
import { nodeOn, novaServer } from "../../support/openstack/machines.ts";

const id = "5c4e9a10-0000-4000-8000-000000000001";
const vipPort = "5c4e9a10-0000-4000-8000-000000000002";

async function look(
  contents: CloudContents,
  instead?: (request: unknown, path: string) => { status: number } | undefined,
) {
  const cluster = await connectedLoopback(
    kubernetesRoutes({ [paths.version]: served("v1.37.2"), [paths.nodes]: [nodeOn(1)] }),
  );
  const { port } = cluster.loopback;
  const servers = [novaServer(1, "a")];
  const filled = {
    servers,
    ...contents,
    listeners: (contents.listeners ?? []).map((one) => ({ protocol_port: port, ...one })),
  };
  const cloud = await connectedCloud({ contents: filled, ...(instead ? { instead } : {}) });
  return { ...(await gatherOver(cluster.connection, ["cloud/api-load-balancer"], { cloud })), cloud };
}

const balancer = (more: object = {}) => ({
  id,
  vip_address: "127.0.0.1",
  vip_port_id: vipPort,
  provider: "amphora",
  additional_vips: [],
  ...more,
});
const listener = (allowed_cidrs: readonly string[] | null, more: object = {}) => ({
  id: "l",
  loadbalancer_id: id,
  loadbalancers: [{ id }],
  protocol: "TCP",
  admin_state_up: true,
  allowed_cidrs,
  ...more,
});

describe("the load balancer in front of the API server", () => {
  it.each<[string, readonly string[] | null, object | null]>([
    ["no list", null, null],
    ["an empty list", [], null],
    ["a list", ["192.0.2.0/24", "2001:db8::/32", "192.0.2.0/24"], { ranges: 2, openTo: [], malformed: 0 }],
    ["everybody", ["192.0.2.0/24", "0.0.0.0/0", "x"], { ranges: 2, openTo: ["IPv4"], malformed: 1 }],
  ])("is found by its virtual IP, with %s", async (_, cidrs, allowed) => {
    const { value } = await look({ loadBalancers: [balancer()], listeners: [listener(cidrs)] });
    expect(value("cloud/api-load-balancer")).toEqual({
      provider: "amphora",
      vipFamilies: ["IPv4"],
      floatingFamilies: [],
      listeners: [{ protocol: "TCP", enabled: true, allowed }],
    });
  });

  it("is found by the floating IP in front of it, with both families", async () => {
    const { value, gathering } = await look({
      loadBalancers: [
        balancer({ vip_address: "10.8.0.5", additional_vips: [{ ip_address: "2001:db8::5" }], provider: "ovn" }),
      ],
      floatingIps: [{ id: "f", floating_ip_address: "127.0.0.1", port_id: vipPort }],
      listeners: [listener(["192.0.2.0/24"]), listener(null, { protocol_port: 1 })],
    });
    const fact = value("cloud/api-load-balancer");
    expect(fact).toMatchObject({ provider: "ovn", vipFamilies: ["IPv4", "IPv6"], floatingFamilies: ["IPv4"] });
    expect(fact.listeners).toHaveLength(1);
    const text = canonicalJson(gathering as unknown as Json);
    for (const kept of ["127.0.0.1", "10.8.0.5", "2001:db8", "192.0.2", id, vipPort]) expect(text).not.toContain(kept);
  });

  it.each<[string, CloudContents]>([
    ["none of this project", {}],
    ["a floating IP of a machine", { floatingIps: [{ id: "f", floating_ip_address: "127.0.0.1", port_id: "p" }] }],
    ["several with one address", { loadBalancers: [balancer(), balancer({ id: "other" })] }],
  ])("is not found: %s", async (_, contents) => {
    const { gathering } = await look(contents);
    expect(gathering.items["cloud/api-load-balancer"]).toMatchObject({
      reason: "not-found",
      resolve: "the project whose load balancer has the API server's address",
    });
  });

  it.each([
    ["Octavia forbids", "/load-balancer", 403, "forbidden"],
    ["Neutron breaks", "/network", 500, "server-error"],
  ])("is unknown when %s", async (_, prefix, status, reason) => {
    const seen = await look({ loadBalancers: [balancer()] }, (__, path) =>
      path.startsWith(prefix) ? { status } : undefined,
    );
    expect(seen.reason("cloud/api-load-balancer")).toBe(reason);
  });
});
