import { expect, it } from "vitest";
import { scopedFamilies, scopedFamily } from "./address-scope.ts";

it.each([
  ["127.0.0.1", "IPv4 loopback"],
  ["169.254.1.1", "IPv4 link-local"],
  ["10.1.2.3", "IPv4 private"],
  ["172.31.255.255", "IPv4 private"],
  ["172.32.0.1", "IPv4 global"],
  ["192.168.0.1", "IPv4 private"],
  ["100.64.0.1", "IPv4 private"],
  ["100.128.0.1", "IPv4 global"],
  ["::1", "IPv6 loopback"],
  ["fe80::1", "IPv6 link-local"],
  ["fe80::1%eth0", "IPv6 link-local"],
  ["fd12:3456::1", "IPv6 private"],
  ["2001:db8::1", "IPv6 global"],
  ["::ffff:10.0.0.1", "IPv4 private"],
  ["::ffff:8.8.8.8", "IPv4 global"],
])("%s is %s", (address, expected) => {
  const { family, scope } = scopedFamily(address) ?? {};
  expect(`${family} ${scope}`).toBe(expected);
});

it.each(["", "example.org", "10.0.0.0/8", "$(reboot)", "1.2.3", "::g"])("%j is none", (text) => {
  expect(scopedFamily(text)).toBeUndefined();
});

it("names each once, in order", () => {
  expect(scopedFamilies(["fd00::1", "10.0.0.1", undefined, "x", "10.0.0.2"])).toEqual([
    { family: "IPv4", scope: "private" },
    { family: "IPv6", scope: "private" },
  ]);
});
