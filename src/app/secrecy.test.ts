import { describe, expect, it } from "vitest";
import type { Gathering } from "../model/evidence.ts";
import { holdSecrecy, telling } from "./secrecy.ts";

const gathering = (text: string): Gathering => ({
  tool: { name: "scs-conformance", version: "0.0.0" },
  startedAt: "2026-11-23T10:00:00Z",
  checkedAt: "2026-11-23T10:00:01Z",
  tier: "observe",
  gatheredBy: "unsigned",
  requests: [{ method: "GET", path: "/version", status: 200, milliseconds: 1, bytes: 2, attempt: 1 }],
  items: {
    "kube/version": {
      status: "unavailable",
      at: "2026-11-23T10:00:00Z",
      milliseconds: 1,
      reason: "server-error",
      message: text,
      resolve: "a look into the API server's log",
    },
  },
});

describe("what may not stand in the facts", () => {
  it.each<[string, string, string]>([
    [
      "a token",
      "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl",
      "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl",
    ],
    ["a bootstrap token", "abcdef.0123456789abcdef", "abcdef.0123456789abcdef"],
    ["a password", "Correct-Horse 12", "Correct-Horse 12"],
    ["a password that JSON writes otherwise", 'twelve"or\\more', 'twelve"or\\more'],
    ["the server", "https://10.20.30.40:6443", "https://10.20.30.40:6443"],
    ["the server's address and port", "https://10.20.30.40:6443", "10.20.30.40:6443"],
    ["an IPv6 address and port", "https://[2001:db8::1]:6443", "[2001:db8::1]:6443"],
    ["a name and the usual port", "https://api.example.org", "api.example.org:443"],
    ["a long user name", "somebody.with.a.long.name@example.org", "somebody.with.a.long.name@example.org"],
  ])("%s", (_, secret, seen) => {
    const stored = gathering(`the API server answered 500: for ${seen} it is late`);
    const hold = () => holdSecrecy(stored, [secret]);
    expect(hold).toThrow("kube/version holds a credential or an address of the kubeconfig");
    expect(hold).not.toThrow(secret);
  });
});

describe("what nodes and pods may rightly be called", () => {
  it.each<[string, string]>([
    ["a short user", "kubernetes-admin"],
    ["a user of k3s", "system:admin"],
    ["a host that is a node's name", "control-plane-1.cluster.example.org"],
    ["a host of one label", "kind-control-plane"],
    ["an address that is a node's name", "192.168.178.20"],
    ["an IPv6 address", "2001:db8:0:1:2:3:4:5"],
    ["a short password", "hunter2"],
  ])("%s", (_, name) => {
    expect(telling([name])).toEqual([]);
    expect(() => holdSecrecy(gathering(`node ${name} is late`), [name])).not.toThrow();
  });
});
