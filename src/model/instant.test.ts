import { describe, expect, it } from "vitest";
import { expiryOf, parseInstant } from "./instant.ts";

describe("expiryOf", () => {
  // reference table: scs_cert_lib.py add_period, run at 077174d9
  it.each([
    ["2026-11-23T10:00:00Z", "2026-11-25", "2026-12-07", "2027-01-01", "2027-04-01", "2028-01-01"],
    ["2026-11-22T23:59:00Z", "2026-11-24", "2026-11-30", "2027-01-01", "2027-04-01", "2028-01-01"],
    ["2026-12-31T00:00:00Z", "2027-01-02", "2027-01-11", "2027-02-01", "2027-04-01", "2028-02-01"],
    ["2026-10-15T00:00:00Z", "2026-10-17", "2026-10-26", "2026-12-01", "2027-04-01", "2027-12-01"],
    ["2026-01-31T00:00:00Z", "2026-02-02", "2026-02-09", "2026-03-01", "2026-07-01", "2027-03-01"],
  ])("of %s", (checkedAt, day, week, month, quarter, year) => {
    const expiries = (["day", "week", "month", "quarter", "year"] as const).map((l) => expiryOf(checkedAt, l));
    expect(expiries).toEqual([day, week, month, quarter, year].map((date) => `${date}T00:00:00Z`));
  });
});

describe("parseInstant", () => {
  it.each([
    ["2026-11-23", "2026-11-23T00:00:00Z"],
    ["2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"],
    ["2026-11-23T10:00:00.123456Z", "2026-11-23T10:00:00Z"],
    ["2026-11-23T10:00:00+02:00", "2026-11-23T08:00:00Z"],
    ["2026-11-23T10:00:00", undefined],
    ["2026-02-30", undefined],
    ["2026-13-01T00:00:00Z", undefined],
    ["2026-11-23T25:00:00Z", undefined],
    ["yesterday", undefined],
  ])("reads %s", (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });
});
