import { describe, expect, it } from "vitest";
import { type RingResult, summaryOf } from "./summary.ts";
import { tallyOf } from "./tally.ts";

const file = (status: string, ...tests: readonly (readonly [name: string, status: string])[]) => ({
  name: "/project/src/x.test.ts",
  status,
  assertionResults: tests.map(([fullName, state]) => ({ fullName, status: state })),
});
const json = (...testResults: readonly object[]) => JSON.stringify({ testResults });

describe("tallyOf", () => {
  it("names what failed and what did not run", () => {
    const results = json(file("failed", ["a", "passed"], ["b", "failed"], ["c", "skipped"], ["d", "todo"]));
    expect(tallyOf(results, 1, "/project")).toEqual({
      passed: 1,
      failed: ["src/x.test.ts > b"],
      skipped: ["src/x.test.ts > c", "src/x.test.ts > d"],
    });
  });

  it.each([
    ["a file that cannot be loaded", json(file("failed")), 1, "src/x.test.ts (the file itself)"],
    ["a hook that fails", json(file("failed", ["a", "skipped"])), 1, "src/x.test.ts (the file itself)"],
    [
      "an error outside of tests",
      json(file("passed", ["a", "passed"])),
      1,
      "Vitest ended with 1 although no test failed",
    ],
    ["a run that was killed", undefined, null, "Vitest ended with a signal and left no results"],
    ["results cut off", '{"testResults":[', 1, "Vitest ended with 1 and left no results"],
    ["a ring without tests", json(), 0, "the ring has no tests"],
  ])("takes %s for a failure", (_, results, exitCode, failure) => {
    expect(tallyOf(results, exitCode, "/project").failed).toEqual([failure]);
  });
});

describe("summaryOf", () => {
  const ran: RingResult = { ring: "hermetic", kind: "ran", tally: { passed: 2, failed: [], skipped: ["x > y"] } };
  const lacking: RingResult = { ring: "browser", kind: "skipped", because: "there is no Chromium", get: "install it" };

  it("says aloud what did not run, and fails for it in CI only", () => {
    const here = summaryOf([ran, lacking], false);
    expect(here.exitCode).toBe(0);
    expect(here.text).toContain("- browser: there is no Chromium\n    To run it: install it");
    expect(here.text).toContain("- hermetic: x > y");
    expect(here.text.endsWith("\n2 passed, 0 failed\n")).toBe(true);
    const inCi = summaryOf([ran, lacking], true);
    expect(inCi.exitCode).toBe(1);
    expect(inCi.text.endsWith("\n2 passed, 2 failed\n")).toBe(true);
  });

  it("fails when a test failed, and names it", () => {
    const failed: RingResult = { ring: "command", kind: "ran", tally: { passed: 1, failed: ["a > b"], skipped: [] } };
    const { text, exitCode } = summaryOf([failed], false);
    expect(exitCode).toBe(1);
    expect(text).toContain("- command: a > b");
    expect(text.endsWith("\n1 passed, 1 failed\n")).toBe(true);
  });
});
