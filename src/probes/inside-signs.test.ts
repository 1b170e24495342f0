import { expect, test } from "vitest";
import { signsOfInside } from "./inside-signs.ts";

const outside = {
  proxied: false,
  addresses: ["198.51.100.1"],
  ownAddresses: ["127.0.0.1", "192.0.2.7", "fe80::7", "2001:db8:1::7"],
  ownNetworks: ["127.0.0.1/8", "192.0.2.7/24", "fe80::7/64", "2001:db8:1::7/64"],
};
const nodes = { addresses: ["203.0.113.5", "10.0.0.5", "2001:db8:2::5"], podRanges: ["10.244.0.0/24", "fd01::/64"] };

const rows: readonly [string, Partial<typeof outside>, Partial<typeof nodes>, readonly string[]][] = [
  ["none of this machine's own is theirs", {}, {}, []],
  ["it is a node", { ownAddresses: ["10.0.0.5"], ownNetworks: ["10.0.0.5/32"] }, {}, ["own-address", "own-network"]],
  ["it has an interface in their network", { ownNetworks: ["10.0.0.200/24"] }, {}, ["own-network"]],
  ["in IPv6 as well", { ownNetworks: ["2001:db8:2::ffff/64"] }, {}, ["own-network"]],
  ["it is beside their network", { ownNetworks: ["10.0.1.200/24"] }, {}, []],
  ["loopback and links are everybody's", {}, { addresses: ["127.0.0.1", "fe80::9"] }, []],
  ["it is a pod", { ownAddresses: ["10.244.0.9"] }, {}, ["pod-range"]],
  ["it is a pod, in IPv6", { ownAddresses: ["fd01::9"] }, {}, ["pod-range"]],
  [
    "ranges that are none",
    { ownAddresses: ["10.244.0.9"] },
    { podRanges: ["10.244.0.0", "a/8", "10.0.0.0/99", ""] },
    [],
  ],
  ["the API server has a private address", { addresses: ["10.9.9.9"] }, {}, ["private-endpoint"]],
  ["a proxy reaches that, not this machine", { addresses: ["10.9.9.9"], proxied: true }, {}, []],
];

test.each(rows)("%s", (_, own, about, signs) => {
  expect(signsOfInside({ ...outside, ...own }, { ...nodes, ...about })).toEqual(signs);
});
