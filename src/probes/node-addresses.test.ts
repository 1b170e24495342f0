import { describe, expect, it } from "vitest";
import { nodeAddresses } from "./node-addresses.ts";

const node = (...addresses: readonly (readonly [string, unknown])[]) => ({
  status: { addresses: addresses.map(([type, address]) => ({ type, address })) },
});

describe("addresses of a node", () => {
  it("are those of its machine, with how far they reach", () => {
    const found = nodeAddresses(
      node(["Hostname", "a"], ["InternalIP", "10.0.0.5"], ["InternalIP", "fd00::5"], ["ExternalIP", "203.0.113.5"]),
    );
    expect(found).toEqual([
      { type: "InternalIP", address: "10.0.0.5", family: "IPv4", scope: "private" },
      { type: "InternalIP", address: "fd00::5", family: "IPv6", scope: "private" },
      { type: "ExternalIP", address: "203.0.113.5", family: "IPv4", scope: "global" },
    ]);
  });

  it.each([
    ["this machine", "127.0.0.1"],
    ["this machine, in IPv6", "::1"],
    ["this machine, in disguise", "::ffff:127.0.0.1"],
    ["this machine, unspecified", "0.0.0.0"],
    ["this machine, unspecified in IPv6", "::"],
    ["a cloud's metadata", "169.254.169.254"],
    ["one link", "fe80::1"],
    ["an interface", "2001:db8::1%lo"],
    ["many", "224.0.0.1"],
    ["many, in IPv6", "ff02::1"],
    ["all", "255.255.255.255"],
    ["a name", "somebody.example"],
    ["a range", "10.0.0.0/8"],
    ["nothing", ""],
    ["no text", 17],
  ])("are not what leads to %s", (_, address) => {
    expect(nodeAddresses(node(["ExternalIP", address], ["InternalDNS", "203.0.113.9"]))).toEqual([]);
  });

  it("are four at most, each once", () => {
    const many = ["203.0.113.1", "203.0.113.1", "::ffff:203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4"];
    const found = nodeAddresses(node(...[...many, "203.0.113.5"].map((one) => ["ExternalIP", one] as const)));
    expect(found.map(({ address }) => address)).toEqual(["203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4"]);
  });

  it.each([undefined, null, "a", { status: { addresses: "10.0.0.1" } }])("are none of %j", (nonsense) => {
    expect(nodeAddresses(nonsense)).toEqual([]);
  });
});
