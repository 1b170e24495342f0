import { describe, expect, it } from "vitest";
import type { Attempted } from "./attempt.ts";
import { failure } from "./failure.ts";
import { usualRetries, waitBeforeNext } from "./retry.ts";

const refusal = (status: number, headers: Record<string, string> = {}): Attempted<string> => ({
  kind: "refusal",
  value: "",
  status,
  headers,
  bytes: 0,
});
const broken = (again: boolean): Attempted<string> => ({
  kind: "failure",
  failure: failure("unreachable", "x", again),
  status: 0,
  headers: {},
  bytes: 0,
});
const date = "Mon, 23 Nov 2026 10:00:00 GMT";

describe("waitBeforeNext", () => {
  it.each([
    ["429 without a hint", refusal(429), 1, 250],
    ["429 the second time", refusal(429), 2, 500],
    ["429 the third time", refusal(429), 3, undefined],
    ["seconds", refusal(503, { "retry-after": "2" }), 1, 2_000],
    ["no seconds at all", refusal(503, { "retry-after": "0" }), 1, 0],
    ["too many seconds", refusal(429, { "retry-after": "86400" }), 1, 8_000],
    ["a date", refusal(503, { "retry-after": "Mon, 23 Nov 2026 10:00:03 GMT", date }), 1, 3_000],
    ["a date gone by", refusal(503, { "retry-after": "Mon, 23 Nov 2026 09:00:00 GMT", date }), 1, 0],
    ["a date without a clock to read it by", refusal(503, { "retry-after": date }), 1, 250],
    ["nonsense", refusal(503, { "retry-after": "-1" }), 1, 250],
    ["500", refusal(500), 1, undefined],
    ["403", refusal(403), 1, undefined],
    ["a broken connection", broken(true), 1, 250],
    ["any other failure", broken(false), 1, undefined],
  ])("%s", (_, result, tried, expected) => {
    expect(waitBeforeNext(result, tried, usualRetries)).toBe(expected);
  });
});
