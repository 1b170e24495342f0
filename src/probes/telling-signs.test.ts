import { describe, expect, it } from "vitest";
import { isUniqueHost, isUniqueProviderId, sameEndpoint } from "./telling-signs.ts";

describe("what only one cluster can have", () => {
  it.each([
    ["openstack:///5f4f0f3c-1111-4222-8333-444455556666", true],
    ["openstack://region-1/5f4f0f3c-1111-4222-8333-444455556666", true],
    ["aws:///eu-central-1a/i-0123456789abcdef0", true],
    ["hcloud://12345678", true],
    ["gce://project/zone-a/node-1", true],
    ["docker:////cp-1", false],
    ["kind://docker/kind/kind-control-plane", false],
    ["openstack:///cp-1", false],
    ["", false],
  ])("as a provider id: %s %s", (id, unique) => {
    expect(isUniqueProviderId(id)).toBe(unique);
  });

  it.each([
    ["203.0.113.7", true],
    ["81.163.192.10", true],
    ["10.0.0.5", false],
    ["172.16.0.1", false],
    ["172.32.0.1", true],
    ["192.168.1.1", false],
    ["100.64.0.1", false],
    ["127.0.0.1", false],
    ["169.254.1.1", false],
    ["2a02:8109::1", true],
    ["2001:db8::1", false],
    ["fd00::1", false],
    ["::1", false],
    ["api.blue.cloud.example.org", true],
    ["api.blue.internal", false],
    ["kubernetes.default.svc", false],
    ["localhost", false],
    ["cp-1", false],
  ])("as a host: %s %s", (host, unique) => {
    expect(isUniqueHost(host)).toBe(unique);
  });

  it.each([
    ["API.example.org", "api.example.org.", true],
    ["2a02:8109:0::1", "[2a02:8109::1]", true],
    ["203.0.113.7", "203.0.113.8", false],
  ])("as an endpoint: %s is %s: %s", (a, b, same) => {
    expect(sameEndpoint({ host: a, port: 6443 }, { host: b, port: 6443 })).toBe(same);
    expect(sameEndpoint({ host: a, port: 6443 }, { host: b, port: 443 })).toBe(false);
  });
});
