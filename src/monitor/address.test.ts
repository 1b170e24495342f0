import { describe, expect, test } from "vitest";
import { UsageError } from "../model/faults.ts";
import { monitorAddress } from "./address.ts";

describe("the address of a monitor", () => {
  test.each([
    ["https://compliance.example.org", "https://compliance.example.org/"],
    ["https://compliance.example.org/", "https://compliance.example.org/"],
    ["https://compliance.example.org/reports", "https://compliance.example.org/"],
    ["https://example.org:8443/monitor", "https://example.org:8443/monitor/"],
    ["https://example.org/monitor/reports/", "https://example.org/monitor/"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080/"],
    ["http://localhost:8080", "http://localhost:8080/"],
    ["http://[::1]:8080/x", "http://[::1]:8080/x/"],
  ])("%s", (text, base) => {
    const address = monitorAddress(text);
    expect(address.base.href).toBe(base);
    expect(address.origin).toBe(new URL(text).origin);
    expect(new URL("reports", address.base).pathname).toMatch(/\/reports$/);
  });

  test.each([
    ["compliance.example.org", /no address/],
    ["ftp://example.org", /no address/],
    ["", /no address/],
    ["http://compliance.example.org", /not encrypted/],
    ["http://127.0.0.1.example.org", /not encrypted/],
    ["http://128.0.0.1", /not encrypted/],
    ["https://me:hunter2@example.org", /a user or a password/],
    ["https://me@example.org", /a user or a password/],
    ["https://example.org/?key=hunter2", /a query/],
    ["https://example.org/#x", /a fragment/],
  ])("is not %s", (text, message) => {
    expect(() => monitorAddress(text)).toThrow(UsageError);
    expect(() => monitorAddress(text)).toThrow(message);
    expect(() => monitorAddress(text)).not.toThrow(/hunter2/);
  });
});
