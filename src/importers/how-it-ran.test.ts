import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { imported, junit, specsOf, written } from "../../tests/support/e2e-results.ts";
import { scratchFolder } from "../../tests/support/scratch.ts";

const all = specsOf("1.36");
const [first = "", second = ""] = all;

async function withLog(junitText: string, log: string) {
  const folder = scratchFolder();
  writeFileSync(path.join(folder, "junit_01.xml"), junitText);
  writeFileSync(path.join(folder, "e2e.log"), log);
  return imported(folder);
}

const head = "Random Seed: 1795168800 - will randomize all specs\n\nWill run 446 of 7579 specs\n";
const success = "Ran 446 of 7579 Specs in 60.1 seconds\nSUCCESS! -- 446 Passed | 0 Failed | 0 Pending | 7133 Skipped\n";

test("a dry run says so itself", async () => {
  const result = await imported(written("x", junit({ passed: all, properties: { DryRun: "true" } })));
  expect(result.run.dryRun).toBe(true);
});

test("a dry run that does not say so is known by its specs, which take no time", async () => {
  const result = await withLog(junit({ passed: all, seconds: 0 }), `${head}${success}`);
  expect(result).toMatchObject({ run: { dryRun: true }, executed: 446 });
});

test("an old suite's arguments are in the log of its runner", async () => {
  const old = junit({ passed: all }).replace(/<properties>[\s\S]*<\/properties>/, "");
  const args = "Args (comma-delimited): ginkgo,--focus=\\[Conformance\\],--skip=\\[Serial\\],--dryRun=true,e2e.test";
  const result = await withLog(old, `${args}\nRunning in parallel across 25 nodes\n${head}${success}`);
  expect(result.run).toMatchObject({
    dryRun: true,
    parallel: true,
    focus: ["\\[Conformance\\]"],
    skip: ["\\[Serial\\]"],
  });
});

test("parallel processes, attempts and what was skipped", async () => {
  const properties = { ParallelTotal: "16", FlakeAttempts: "2", SkipStrings: "\\[Serial\\]" };
  const result = await imported(written("x", junit({ passed: all, properties })));
  expect(result.run).toMatchObject({ parallel: true, flakeAttempts: 2, skip: ["\\[Serial\\]"] });
  expect(result.run.flaked, "no log, no word on flakes").toBeUndefined();
});

test("flakes are counted by the log's summary, and named where it names them", async () => {
  const flake = (name: string) =>
    `↺ [FLAKEY TEST - TOOK 2 ATTEMPTS TO PASS] [20 seconds]\n\u001b[0m${name} [sig-x, Conformance]\n/e2e.go:1\n`;
  const summary = "SUCCESS! -- 446 Passed | 0 Failed | 3 Flaked | 0 Pending | 7133 Skipped\n";
  const result = await withLog(junit({ passed: all }), `${head}${flake(first)}------\n${flake(second)}${summary}`);
  expect(result.run.flaked).toBe(3);
  expect(result.conformance?.flaked).toEqual([first, second].sort());
});

test("a verbose log names a flake before the word, and no other spec beside it", async () => {
  const rule = `${"-".repeat(30)}\n`;
  const flake = `${rule}${first} [sig-x, Conformance]\n/e2e.go:1\n  STEP: one\n↺ [FLAKEY TEST - TOOK 2 ATTEMPTS TO PASS] [20 seconds]\n`;
  const summary = "SUCCESS! -- 446 Passed | 0 Failed | 1 Flaked | 0 Pending | 7133 Skipped\n";
  const next = `${rule}${second} [sig-x, Conformance]\n/e2e.go:2\n• [1.000 seconds]\n${rule}`;
  const result = await withLog(junit({ passed: all }), `${head}${flake}${next}${summary}`);
  expect(result.conformance?.flaked).toEqual([first]);
});

test("what a pod prints later is not taken for the suite's own words", async () => {
  const pod = "kube-apiserver version: v1.30.0\nRandom Seed: 1999999999\n";
  const result = await withLog(junit({ passed: all }), `${head}${"•\n".repeat(400)}${pod}${success}`);
  expect(result.kubernetesVersion).toBeUndefined();
  expect(result.finishedAt).toBe("2026-11-20T11:00:00Z");
});

test("the seed tells the time in UTC when the suite's clock had another zone", async () => {
  const properties = { RandomSeed: String(Date.parse("2026-11-20T09:59:59Z") / 1000) };
  const result = await imported(written("x", junit({ passed: all, properties, timestamp: "2026-11-20T12:00:00" })));
  expect(result.finishedAt).toBe("2026-11-20T10:59:59Z");
});

test("a seed that somebody chose tells nothing", async () => {
  const result = await imported(written("x", junit({ passed: all, properties: { RandomSeed: "1700000000" } })));
  expect(result.finishedAt).toBe("2026-11-20T11:00:00Z");
});

test("a spec that failed in one file and passed in another failed; suite nodes are no specs", async () => {
  const both = junit({ passed: all, failed: [first] });
  expect((await imported(written("x", both))).conformance).toMatchObject({ passed: 445, failed: [first] });
  const unheard = junit({ passed: all }).replace('status="passed" time="2"', 'status="whatever" time="2"');
  expect((await imported(written("x", unheard))).conformance).toMatchObject({ failed: [], notExecuted: [all[0]] });
  const timedOut = junit({ passed: all }).replace('status="passed" time="2"', 'status="timedout" time="2"');
  expect((await imported(written("x", timedOut))).conformance?.failed).toHaveLength(1);
});
