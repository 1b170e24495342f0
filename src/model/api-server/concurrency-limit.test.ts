import { expect, it } from "vitest";
import { concurrencyLimit } from "./concurrency-limit.ts";

const at = "2026-11-23T10:00:00Z";
const unavailable = { status: "unavailable", at, reason: "forbidden", message: "no", resolve: "a right" } as const;

const shares = { "global-default": 20, "leader-election": 10, "node-high": 40, system: 30, "workload-high": 40 };
const others = { "workload-low": 100, "catch-all": 5, exempt: 0 };

function seats(given: Record<string, number>) {
  const samples = Object.entries(given).map(([level, value]) => ({ labels: { priority_level: level }, value }));
  const series = { apiserver_flowcontrol_nominal_limit_seats: samples };
  return { status: "collected", at, value: { series } } as const;
}

function levels(given: Record<string, number>) {
  const list = Object.entries(given).map(([name, share]) => ({
    name,
    uid: name,
    type: "Limited" as const,
    shares: share,
  }));
  return { status: "collected" as const, at, value: { apiVersion: "v1", levels: list } };
}

// the seats of every recorded cluster with default flags: 400 + 200
const recorded = {
  "global-default": 49,
  "leader-election": 25,
  "node-high": 98,
  system: 74,
  "workload-high": 98,
  "workload-low": 245,
};
const defaults = { ...recorded, "catch-all": 13, exempt: 0 };

it.each([
  ["shares known: within two", seats(defaults), levels({ ...shares, ...others }), { least: 598, most: 600 }],
  ["shares unknown: less than the number of levels", seats(defaults), unavailable, { least: 595, most: 602 }],
  [
    "shares that do not fit are not used",
    seats(defaults),
    levels({ ...shares, ...others, mine: 500 }),
    { least: 595, most: 602 },
  ],
  ["no seats served", seats({}), levels(shares), undefined],
  ["no metrics", unavailable, levels(shares), undefined],
])("%s", (_, metrics, priorityLevels, limit) => {
  expect(concurrencyLimit(metrics, priorityLevels)).toEqual(limit);
});
