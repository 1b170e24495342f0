import { expect, test } from "vitest";
import { afterLine, noProgress } from "./suite-log.ts";

const after = (...lines: readonly string[]) => lines.reduce(afterLine, noProgress);
const name =
  "[sig-node] Pods should be updated [NodeConformance] [Conformance] [sig-node, NodeConformance, Conformance]";

test.each([
  ["a spec that passed", [name, "• [0.438 seconds]"], { done: 1, failed: 0, failures: [], current: name }],
  ["one that failed", [name, "• [FAILED] [12.3 seconds]"], { done: 1, failed: 1, failures: [name] }],
  ["one that was slow", [name, "• [SLOW TEST] [65.000 seconds]"], { done: 1, failed: 0 }],
  [
    "one that took a second try",
    [name, "↺ [FLAKEY TEST - TOOK 2 ATTEMPTS TO PASS] [65.000 seconds]"],
    { done: 1, failed: 0 },
  ],
  ["one that ran out of time", [name, "• [TIMEDOUT] [600.000 seconds]"], { done: 1, failed: 1 }],
  ["one that was interrupted", [name, "• [INTERRUPTED] [123.742 seconds]"], { done: 1, failed: 0 }],
  [
    "the same words inside a pod's output",
    ["  • [FAILED] [12.3 seconds]", "x • [0.438 seconds]"],
    { done: 0, failed: 0 },
  ],
  ["a second count of specs", ["Will run 2 of 9 specs", "Will run 9 of 9 specs"], { total: 2 }],
  ["a terse log", ["SSSS•SS••S", "S•", "SSSS", "• is what a pod printed"], { done: 4, failed: 0 }],
  ["a failed end", ["FAIL! -- 445 Passed | 1 Failed | 0 Pending | 7133 Skipped"], { summary: "FAIL" }],
  [
    "a pod that claims success",
    ["  SUCCESS! -- 446 Passed | 0 Failed | 0 Pending | 0 Skipped"],
    { summary: undefined },
  ],
])("%s", (_, lines, expected) => {
  expect({ summary: undefined, ...after(...lines) }).toMatchObject(expected);
});

test("the run's own UUID is the first that is told", () => {
  const line = (uuid: string) =>
    `  I0904 09:15:35.104030      25 e2e.go:109] Starting e2e run "${uuid}" on Ginkgo node 1`;
  const [own, other] = ["424b063d-c2c1-43ff-a4bd-eb0af68fc34a", "00000000-c2c1-43ff-a4bd-eb0af68fc34a"];
  expect(after(line("not-a-uuid"), line(own), line(other)).run).toBe(own);
});

test("of failures the last ten are kept, and no line is held whole", () => {
  const failing = Array.from({ length: 12 }, (_, index) => [
    `[sig-apps] spec ${index} ${"x".repeat(5000)}`,
    "• [FAILED] [1.0 seconds]",
  ]);
  const { failed, failures } = after(...failing.flat());
  expect(failed).toBe(12);
  expect(failures).toHaveLength(10);
  expect(failures.every((failure) => failure.length <= 300)).toBe(true);
  expect(failures.at(-1)).toMatch(/^\[sig-apps\] spec 11 /);
});
