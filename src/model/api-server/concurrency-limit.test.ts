import { expect, it } from "vitest";
import { defaultShares, seatsOfDefaults } from "../../../tests/support/default-levels.ts";
import { concurrencyLimit } from "./concurrency-limit.ts";

const at = "2026-11-23T10:00:00Z";
const unavailable = { status: "unavailable", at, reason: "forbidden", message: "no", resolve: "a right" } as const;

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

it.each([
  ["shares known: within two", seats(seatsOfDefaults), levels(defaultShares), { least: 598, most: 600 }],
  ["shares unknown: less than the number of levels", seats(seatsOfDefaults), unavailable, { least: 595, most: 602 }],
  [
    "shares that do not fit are not used",
    seats(seatsOfDefaults),
    levels({ ...defaultShares, mine: 500 }),
    { least: 595, most: 602 },
  ],
  ["no seats served", seats({}), levels(defaultShares), undefined],
  ["no metrics", unavailable, levels(defaultShares), undefined],
])("%s", (_, metrics, priorityLevels, limit) => {
  expect(concurrencyLimit(metrics, priorityLevels)).toEqual(limit);
});
