/** Every recorded cluster, judged: each verdict and each outcome is listed, and anything else fails. */
import { describe, expect, test } from "vitest";
import { judgeEvidence } from "../../src/app/judge-evidence.ts";
import { expectedOf } from "../support/stories/expected.ts";
import {
  evidenceBytes,
  expectedOutcomes,
  recordedNames,
  storedEvidence,
  writeExpected,
} from "../support/stories/folder.ts";
import { stories } from "../support/stories/index.ts";

test("every story is recorded, and every recording is a story", () => {
  expect(recordedNames).toEqual(stories.map(({ name }) => name).sort());
});

describe.each(recordedNames)("%s", (name) => {
  test("is judged as expected (UPDATE_STORIES=1 rewrites)", () => {
    const judged = expectedOf(judgeEvidence(storedEvidence(name)));
    if (process.env.UPDATE_STORIES === "1") writeExpected(name, judged);
    const { why, ...expected } = expectedOutcomes(name);
    expect(judged).toEqual(expected);
    expect(why ?? "", "expected.yaml says in one sentence why").toMatch(/^[A-Z].{30,}\.$/s);
  });

  test("is small and whole", () => {
    expect(evidenceBytes(name).length).toBeLessThan(60_000);
    expect(storedEvidence(name).broken).toEqual([]);
  });
});
