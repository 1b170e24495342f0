import { describe, expect, it } from "vitest";
import { UsageError } from "../model/faults.ts";
import { chooseProxy } from "./proxy.ts";

const proxy = "http://proxy.example.test:3128";
const through = (server: string, environment: Record<string, string>, proxyUrl?: string) =>
  chooseProxy(new URL(server), proxyUrl, environment)?.href;

describe("chooseProxy", () => {
  it.each([
    ["no proxy set", {}, undefined],
    ["upper case", { HTTPS_PROXY: proxy }, `${proxy}/`],
    ["lower case", { https_proxy: proxy }, `${proxy}/`],
    ["upper case first", { HTTPS_PROXY: proxy, https_proxy: "http://other.test" }, `${proxy}/`],
    ["without a scheme", { HTTPS_PROXY: "proxy.example.test:3128" }, `${proxy}/`],
    ["HTTP_PROXY is not for https", { HTTP_PROXY: proxy }, undefined],
  ])("%s", (_, environment, expected) => {
    expect(through("https://api.example.test:6443", environment)).toBe(expected);
  });

  it.each([
    ["https://api.example.test:6443", "*", true],
    ["https://api.example.test:6443", "example.test", true],
    ["https://example.test", "example.test", true],
    ["https://API.Example.Test", " other.test , EXAMPLE.TEST", true],
    ["https://api.example.test:6443", ".example.test", true],
    ["https://example.test", ".example.test", false],
    ["https://api.example.test", "*.example.test", true],
    ["https://badexample.test", "example.test", false],
    ["https://api.example.test:6443", "example.test:6443", true],
    ["https://api.example.test:6443", "example.test:443", false],
    ["https://api.example.test", "example.test:443", true],
    ["https://10.1.2.3:6443", "10.0.0.0/8", true],
    ["https://11.1.2.3:6443", "10.0.0.0/8", false],
    ["https://10.1.2.3:6443", "10.1.2.3", true],
    ["https://10.1.2.3:6443", "10.1.2.3:6443", true],
    ["https://10.1.2.3:6443", "2.3", false],
    ["https://[fd00::1]:6443", "fd00::/16", true],
    ["https://[fd00::1]:6443", "fd00:0::1", true],
    ["https://[fd00::1]:6443", "[fd00::1]:6443", true],
    ["https://[fd00::1]:6443", "[fd00::1]:443", false],
    ["https://[fd00::1]:6443", "10.0.0.0/8", false],
    ["https://api.example.test", "10.0.0.0/99, ,/,:", false],
  ])("%s with NO_PROXY=%s: direct is %s", (server, entries, direct) => {
    expect(through(server, { HTTPS_PROXY: proxy, NO_PROXY: entries })).toBe(direct ? undefined : `${proxy}/`);
    expect(through(server, { HTTPS_PROXY: proxy, no_proxy: entries })).toBe(direct ? undefined : `${proxy}/`);
  });

  it.each(["https://127.0.0.1:6443", "https://127.9.9.9", "https://localhost:6443", "https://[::1]:6443"])(
    "never sends %s through the environment's proxy",
    (server) => {
      expect(through(server, { HTTPS_PROXY: proxy })).toBeUndefined();
    },
  );

  it("lets the kubeconfig's own proxy win over everything", () => {
    const environment = { HTTPS_PROXY: "http://other.test", NO_PROXY: "*" };
    expect(through("https://127.0.0.1:6443", environment, proxy)).toBe(`${proxy}/`);
  });

  it.each(["socks5://proxy.example.test:1080", "ftp://x", "http://", "http://u:%zz@x"])("refuses %s", (url) => {
    expect(() => through("https://api.example.test", {}, url)).toThrow(UsageError);
    expect(() => through("https://api.example.test", { HTTPS_PROXY: url })).toThrow(UsageError);
  });
});
