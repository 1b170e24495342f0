import { describe, expect, it } from "vitest";
import { failureOf } from "./failure.ts";

describe("failureOf", () => {
  it.each([
    ["ECONNREFUSED", "unreachable"],
    ["ENOTFOUND", "unreachable"],
    ["EHOSTUNREACH", "unreachable"],
    ["ECONNRESET", "unreachable"],
    ["ETIMEDOUT", "timeout"],
    ["CERT_HAS_EXPIRED", "tls"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "tls"],
    ["EPROTO", "tls"],
    ["HPE_INVALID_CONSTANT", "malformed"],
    ["HPE_HEADER_OVERFLOW", "malformed"],
    ["Z_DATA_ERROR", "malformed"],
    ["ESOMETHING", "unreachable"],
  ])("%s is %s, and its words are not repeated", (code, reason) => {
    const peer = { name: "the API server", settings: "the kubeconfig" };
    const known = failureOf(Object.assign(new Error("connect 10.9.8.7:6443"), { code }), peer);
    expect(known.reason).toBe(reason);
    expect(known.message).not.toContain("10.9.8.7");
  });
});
