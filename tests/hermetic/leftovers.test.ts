/** Tracked files hold no path of a machine, no key and no registry. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { leftovers, leftoversOf, registryLeftovers } from "../support/architecture/leftovers.ts";
import { projectFiles, root } from "../support/architecture/project-files.ts";

const read = (file: string) => readFileSync(path.join(root, file), "utf8");

describe("tracked files", () => {
  it("hold nothing that belongs to one machine or person", () => {
    const files = projectFiles("tracked");
    expect(files).toContain("package.json");
    expect(files.flatMap((file) => leftoversOf(file, read(file), leftovers)).join("\n")).toBe("");
  });

  it("leave it to the user from where packages come", () => {
    const files = ["package-lock.json", ".npmrc"];
    expect(files.flatMap((file) => leftoversOf(file, read(file), registryLeftovers)).join("\n")).toBe("");
  });
});

// put together here, so that this file itself holds none of them
const marker = (kind: string) => `-----BEGIN ${kind}PRIVATE ${"KEY"}-----`;
const letters = "Ab0+".repeat(12);
const slash = "/";

describe("the test catches", () => {
  it.each([
    ["a home", `cd ${slash}root/project`],
    ["a home", `"${slash}home/somebody/project"`],
    ["a home", `file://${slash}Users/somebody/project`],
    ["a home", `C:${"\\"}Users${"\\"}somebody`],
    ["this checkout", `see ${root}/README.md`],
    ["a key", `${marker("")}\n${letters}\n`],
    ["a key", `"${marker("OPENSSH ")}\\n${letters}"`],
    ["a key", `${marker("RSA ")}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n${letters}\n`],
    ["a kubeconfig", `client-${"key"}-data: ${letters}`],
    ["a token", `token: ${"gh"}p_${"a1".repeat(18)}`],
  ])("%s", (_, text) => {
    expect(leftoversOf("some.file", `first line\n${text}`, leftovers)).toEqual([
      expect.stringMatching(/^some\.file:2 {2}holds /),
    ]);
  });

  it.each([
    ["a marker without a key", `const header = "${marker("OPENSSH ")}";`],
    ["a path below something else", `https://example.org${slash}home/somebody/y`],
    ["a folder of every system", "/etc/kubernetes/manifests and /var/lib/etcd"],
    ["a certificate", `-----BEGIN CERTIFICATE-----\n${letters}\n`],
  ])("but not %s", (_, text) => {
    expect(leftoversOf("some.file", text, leftovers)).toEqual([]);
  });

  it.each([
    `"resolved": "https://registry.example.org/yaml/-/yaml-2.9.1.tgz"`,
    "registry=https://registry.example.org/",
    "@scope:registry = https://registry.example.org/",
    "//registry.example.org/:_authToken=secret",
  ])("%s", (text) => {
    expect(leftoversOf(".npmrc", text, registryLeftovers)).not.toEqual([]);
  });
});
