/** Who may import whom, what pure code may touch, and the form of files: the law, and the proof that it catches. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type Breach, breachText, type Rule, rules } from "../support/architecture/breach.ts";
import { formBreaches } from "../support/architecture/form-rules.ts";
import { importBreaches } from "../support/architecture/import-rules.ts";
import { projectFiles, root } from "../support/architecture/project-files.ts";
import { pureBreaches } from "../support/architecture/pure-rules.ts";
import { parseSource } from "../support/architecture/source.ts";

function breachesOf(file: string, text: string): readonly Breach[] {
  const source = parseSource(file, text);
  return [...importBreaches(source), ...pureBreaches(source), ...formBreaches(source)];
}

const sources = projectFiles().filter((file) => /\.[jt]s$/.test(file));

describe("every source keeps the law", () => {
  it("finds the sources", () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources).toContain("tests/hermetic/architecture.test.ts");
  });

  it("breaks no rule", () => {
    const breaches = sources.flatMap((file) => breachesOf(file, readFileSync(path.join(root, file), "utf8")));
    expect(breaches.map(breachText).join("\n")).toBe("");
  });
});

const bad: readonly (readonly [rule: Rule, line: number, file: string, text: string])[] = [
  ["import-law", 1, "src/model/word.ts", 'import { plan } from "../engine/plan.ts";'],
  ["import-law", 2, "src/model/word.ts", '\nimport type { Plan } from "../engine/plan.ts";'],
  ["import-law", 1, "src/model/word.ts", 'export * from "../engine/plan.ts";'],
  ["import-law", 1, "src/model/word.ts", 'export { plan } from "../engine/plan.ts";'],
  ["import-law", 1, "src/model/word.ts", 'export type Plan = import("../engine/plan.ts").Plan;'],
  ["import-law", 1, "src/engine/plan.ts", 'import { checks } from "../../checks/index.ts";'],
  ["import-law", 1, "src/engine/plan.ts", 'export const load = () => import("../kubernetes/connect.ts");'],
  ["import-law", 1, "checks/scs-0214/spread.ts", 'import { nodes } from "../../src/probes/nodes.ts";'],
  ["import-law", 1, "reporters/json.ts", 'import { seal } from "../src/evidence/seal.ts";'],
  ["import-law", 1, "src/probes/nodes.ts", 'import { connect } from "../kubernetes/connect.ts";'],
  ["import-law", 1, "src/kubernetes/connect.ts", 'import { sign } from "../signing/sshsig.ts";'],
  ["import-law", 1, "src/app/check.ts", 'import { output } from "../cli/output.ts";'],
  ["import-law", 1, "src/cli/main.ts", 'import { seal } from "../evidence/seal.ts";'],
  ["import-law", 1, "src/index.ts", 'export { seal } from "./evidence/seal.ts";'],
  ["import-law", 1, "tools/bench.ts", 'import { judge } from "../src/engine/judge.ts";'],
  ["import-law", 1, "testbed/start.ts", 'import { check } from "../src/app/check.ts";'],
  ["import-law", 1, "src/reporting/new-folder.ts", 'import { word } from "../model/word.ts";'],
  ["import-law", 1, "src/model/word.ts", 'import text from "../../standards/kaas/scs-0214-v2.yaml?raw";'],
  ["import-law", 1, "src/app/check.ts", 'import { facts } from "../../tests/support/facts.ts";'],
  ["import-law", 1, "src/signing/verify.ts", 'import { keygen } from "./openssh.testing.ts";'],
  ["import-law", 1, "src/app/check.ts", "export const load = (name: string) => import(name);"],
  ["package-home", 1, "src/app/check.ts", 'import { KubeConfig } from "@kubernetes/client-node";'],
  ["package-home", 1, "src/app/check.ts", 'import type { V1Node } from "@kubernetes/client-node/dist/index.js";'],
  ["package-home", 1, "src/app/submit.ts", 'import { Octokit } from "@octokit/rest";'],
  ["package-home", 1, "src/app/check.ts", 'import { X509Certificate } from "@peculiar/x509";'],
  ["package-home", 1, "tools/shot.ts", 'import axe from "axe-core";'],
  ["package-home", 1, "src/cli/shot.ts", 'import { chromium } from "playwright-core";'],
  ["package-home", 1, "src/app/options.ts", 'import { Option } from "commander";'],
  ["pure-import", 1, "src/model/word.ts", 'import { readFileSync } from "node:fs";'],
  ["pure-import", 1, "src/model/word.ts", 'import { readFileSync } from "fs";'],
  ["pure-import", 1, "src/engine/judge.ts", 'import { randomUUID } from "node:crypto";'],
  ["pure-import", 1, "src/engine/judge.ts", 'import * as everything from "node:crypto";'],
  ["pure-import", 1, "checks/scs-0214/spread.ts", 'import { connect } from "node:net";'],
  ["pure-import", 1, "reporters/html.ts", 'export const load = () => import("node:process");'],
  ["pure-global", 1, "src/engine/judge.ts", "export const now = Date.now();"],
  ["pure-global", 1, "src/engine/judge.ts", 'export const now = Date["now"]();'],
  ["pure-global", 1, "src/engine/judge.ts", "export const now = new Date();"],
  ["pure-global", 1, "src/engine/judge.ts", "const { now } = Date; export const time = now();"],
  ["pure-global", 1, "src/engine/judge.ts", "export const text = Date();"],
  ["pure-global", 1, "src/engine/judge.ts", "export const luck = Math.random();"],
  ["pure-global", 1, "src/engine/judge.ts", "const { random } = Math; export const luck = random();"],
  ["pure-global", 1, "src/engine/judge.ts", "export const id = crypto.randomUUID();"],
  ["pure-global", 1, "src/model/word.ts", "export const home = process.env.HOME;"],
  ["pure-global", 1, "src/model/word.ts", 'export const home = globalThis["process"];'],
  ["pure-global", 1, "src/model/word.ts", "export const all = { process };"],
  ["pure-global", 1, "src/model/word.ts", "export const started = performance.now();"],
  ["pure-global", 1, "checks/scs-0214/spread.ts", "export const later = () => setTimeout(() => 1, 1);"],
  ["pure-global", 1, "checks/scs-0214/spread.ts", 'export const answer = () => fetch("https://example.org");'],
  ["pure-global", 1, "reporters/json.ts", "export const order = (a: string, b: string) => a.localeCompare(b);"],
  ["pure-global", 1, "reporters/json.ts", "export const day = (date: Date) => date.getDay();"],
  ["pure-global", 1, "reporters/json.ts", "export const here = import.meta.url;"],
  ["only-cli-prints", 1, "src/app/check.ts", 'console.log("done");'],
  ["only-cli-prints", 1, "src/kubernetes/connect.ts", 'process.stderr.write("done");'],
  ["only-cli-prints", 1, "src/app/check.ts", "process.exitCode = 1;"],
  ["only-cli-prints", 2, "reporters/json.ts", "export const print = (text: string) =>\n  console.info(text);"],
  ["size", 201, "src/app/long.ts", "\n".repeat(201)],
  ["name", 1, "src/app/checkRun.ts", ""],
  ["name", 1, "src/App/check.ts", ""],
  ["name", 1, "src/app/utils.ts", ""],
  ["name", 1, "src/app/helpers/check.ts", ""],
  ["name", 1, "tests/support/helpers.test.ts", ""],
  ["default-export", 1, "src/app/check.ts", "export default 1;"],
  ["default-export", 1, "src/app/check.ts", "const check = 1; export { check as default };"],
  ["only", 1, "src/model/word.test.ts", 'it.only("works", () => undefined);'],
  ["only", 1, "tests/hermetic/x.test.ts", 'describe.concurrent.only("works", () => undefined);'],
  ["only", 1, "tests/hermetic/x.test.ts", 'test.only.each([1])("works", () => undefined);'],
];

const good: readonly (readonly [file: string, text: string])[] = [
  ["src/engine/plan.ts", 'import type { Word } from "../model/word.ts"; export type Plan = Word;'],
  ["src/app/check.ts", 'export const load = () => import("../kubernetes/connect.ts");'],
  ["src/catalogue/embedded.ts", 'import text from "../../standards/kaas/x.yaml?raw"; export { text };'],
  ["src/kubernetes/connect.ts", 'import { KubeConfig } from "@kubernetes/client-node"; export { KubeConfig };'],
  ["src/engine/id.ts", 'import { createHash } from "node:crypto"; export const hash = createHash("sha256");'],
  ["src/model/word.ts", "export const day = (at: number) => new Date(at).toISOString() + Date.UTC(2026, 1);"],
  ["src/model/word.ts", "export interface Word { process: string; now: Date }"],
  ["src/model/word.ts", "export const fact = { process: 1, console: 2 }; export const two = fact.process;"],
  ["src/model/word.ts", "export const most = Math.max(1, 2); export type Clock = typeof process;"],
  ["src/app/tool.ts", "export const pid = process.pid; export const now = () => new Date();"],
  ["src/cli/main.ts", 'process.stdout.write("done");'],
  ["src/signing/verify.test.ts", 'import { keygen } from "./openssh.testing.ts"; export { keygen };'],
  ["tests/command/check.test.ts", 'import { chromium } from "playwright-core"; console.log(chromium);'],
  ["tests/hermetic/long.test.ts", "\n".repeat(300)],
  ["src/app/long.ts", "\n".repeat(200)],
  ["vitest.config.ts", 'import { defineConfig } from "vitest/config"; export default defineConfig({});'],
];

describe("the law catches", () => {
  it.each(bad)("%s, line %i of %s: %s", (rule, line, file, text) => {
    expect(breachesOf(file, text).map((breach) => ({ rule: breach.rule, line: breach.line }))).toContainEqual({
      rule,
      line,
    });
  });

  it.each(good)("nothing in %s: %s", (file, text) => {
    expect(breachesOf(file, text).map(breachText)).toEqual([]);
  });

  it("with an example for each rule", () => {
    expect(new Set(bad.map(([rule]) => rule))).toEqual(new Set(rules));
  });

  it("and says where, which rule, and what to do instead", () => {
    const [breach] = breachesOf("src/model/word.ts", '\nimport { plan } from "../engine/plan.ts";');
    expect(breach && breachText(breach)).toBe(
      "src/model/word.ts:2  import-law: model imports src/engine/plan.ts\n" +
        "    instead: model imports nothing of ours; move the word or type it needs into src/model",
    );
  });

  it("refuses a file that it cannot read", () => {
    expect(() => breachesOf("src/model/word.ts", "const = ;")).toThrow("src/model/word.ts cannot be parsed");
  });
});
