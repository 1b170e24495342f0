import { describe, expect, it } from "vitest";
import { answersOf, scriptOf } from "./attempts.ts";
import { readResolver } from "./resolver.ts";

const to = (host: string, protocol: "TCP" | "UDP" = "TCP") => ({ host, port: 8080, protocol, seconds: 2 });

describe("the command of many attempts", () => {
  it("starts twelve at a time and waits for them", () => {
    const lines = scriptOf(Array.from({ length: 26 }, () => to("10.0.0.1"))).split("\n");
    expect(lines.flatMap((line, index) => (line.endsWith("&wait") ? [index] : []))).toEqual([12, 24]);
    expect(lines.at(-1)).toBe("wait");
  });

  it("writes addresses as URLs do, protocols as agnhost does", () => {
    const text = scriptOf([to("fd00::1", "UDP"), to("kubernetes.default.svc.cluster.local.")]);
    expect(text).toContain("c 0 [fd00::1]:8080 udp 2s&");
    expect(text).toContain("c 1 kubernetes.default.svc.cluster.local.:8080 tcp 2s&");
  });

  it.each(["$(reboot)", "a;b", "a b", "`id`", "-e", "a\nreboot", "", "x".repeat(300)])(
    "keeps from a shell what is neither name nor address: %j",
    (host) => {
      expect(
        scriptOf([to(host)])
          .split("\n")
          .slice(1),
      ).toEqual(["echo 0 1 DNS", "wait"]);
    },
  );

  it("waits a second before it tries again", () => {
    expect(scriptOf([to("10.0.0.1")], true)).toMatch(/^sleep 1\n/);
    expect(scriptOf([to("10.0.0.1")])).not.toContain("sleep");
  });
});

describe("what the command printed", () => {
  it("is read in any order, with the words of agnhost", () => {
    const printed = "2 1 REFUSED\n0 0 \n1 1 TIMEOUT\n3 1 DNS\n4 1 OTHER\n5 1 UNKNOWN\n6 1 \n7 0";
    expect(answersOf(printed, 8)).toEqual({
      ok: true,
      value: ["allowed", "timeout", "refused", "no-name", "other", "other", "other", "allowed"],
    });
  });

  it.each<readonly [string, string, string]>([
    ["nothing", "", "malformed"],
    ["one of two", "0 0 \n", "malformed"],
    ["words", "hello\n0 0 allowed\n1 0 x\n", "malformed"],
    ["no shell function", "0 127 \n1 0 \n", "not-found"],
    ["no right to run it", "0 126 \n1 0 \n", "not-found"],
    ["a page", `${"<html>".repeat(20_000)}\n0 0 \n1 0 \n`, "malformed"],
  ])("is no answer: %s", (_, printed, reason) => {
    expect(answersOf(printed, 2)).toMatchObject({ ok: false, reason });
  });
});

describe("resolv.conf", () => {
  it.each<readonly [string, string, unknown]>([
    [
      "of a pod",
      "search ns.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\n",
      "cluster.local",
    ],
    ["with a domain of one's own", "nameserver x\nsearch ns.svc.k8s.example svc.k8s.example\n", "k8s.example"],
    ["whose last line counts", "search a\nsearch ns.svc.b svc.b\n", "b"],
    ["without search", "nameserver 10.96.0.10\n", "not-visible"],
    ["of a node", "search example.org\n", "not-visible"],
    ["with what a shell would run", "search svc.$(reboot) svc.;reboot\n", "not-visible"],
    ["that is empty", "", "not-visible"],
  ])("%s", (_, text, expected) => {
    const resolver = readResolver(text);
    expect(resolver.ok ? resolver.value.clusterDomain : resolver.reason).toBe(expected);
  });
});
