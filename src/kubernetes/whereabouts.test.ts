import { describe, expect, it } from "vitest";
import { scopedFamilies } from "../probes/address-scope.ts";
import { endpointOf } from "./endpoint.ts";
import { whereabouts } from "./whereabouts.ts";

const endpoint = (cluster: { readonly [key: string]: string }) =>
  endpointOf({ name: "here", value: cluster, folder: "/" }, {});

describe("where an endpoint is", () => {
  it.each([
    ["https://192.0.2.7:6443", "IPv4", ["192.0.2.7"]],
    ["https://[2001:db8::7]:6443", "IPv6", ["2001:db8::7"]],
  ])("%s needs no looking up", async (server, written, addresses) => {
    expect(await whereabouts(endpoint({ server }))).toMatchObject({ written, addresses, proxied: false });
  });

  it("a name is looked up, of both families", async () => {
    const { written, addresses } = await whereabouts(endpoint({ server: "https://localhost:6443" }));
    expect(written).toBe("name");
    expect(addresses.length).toBeGreaterThan(0);
    for (const { scope } of scopedFamilies(addresses)) expect(scope).toBe("loopback");
  });

  it("behind a proxy nothing is looked up", async () => {
    const cluster = { server: "https://api.example.org:6443", "proxy-url": "http://127.0.0.1:3128" };
    expect(await whereabouts(endpoint(cluster))).toMatchObject({ written: "name", proxied: true, addresses: [] });
  });

  it("this machine's own addresses and networks are named", async () => {
    const { ownAddresses, ownNetworks } = await whereabouts(endpoint({ server: "https://192.0.2.7" }));
    expect(scopedFamilies(ownAddresses)).toContainEqual({ family: "IPv4", scope: "loopback" });
    expect(ownNetworks).toContain("127.0.0.1/8");
  });
});
