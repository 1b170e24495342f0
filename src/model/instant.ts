/** Arithmetic on UTC instants. Time enters judging only as an argument; nothing here reads a clock. */
import type { CalendarDate, Instant, Lifetime } from "./vocabulary.ts";

const day = 86_400_000;

/** Milliseconds since the epoch. The text has been checked by its schema. */
export function millisecondsOf(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant at a number of milliseconds since the epoch, cut to full seconds. */
export function instantAt(milliseconds: number): Instant {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** Midnight UTC at the start of a calendar date. */
export function startOf(date: CalendarDate): Instant {
  return `${date}T00:00:00Z`;
}

/** The UTC calendar date of an instant. */
export function dateOf(instant: Instant): CalendarDate {
  return instant.slice(0, 10);
}

export function addDays(instant: Instant, days: number): Instant {
  return instantAt(millisecondsOf(instant) + days * day);
}

/** Days from one instant to a later one, with fraction; negative if it is earlier. */
export function daysBetween(from: Instant, to: Instant): number {
  return (millisecondsOf(to) - millisecondsOf(from)) / day;
}

/**
 * Reads what a person or a Kubernetes object wrote: a bare date means 00:00Z, fractions of a second are cut, an offset is
 * applied, a time without one is refused. Undefined for anything else, also for dates that do not exist.
 */
export function parseInstant(text: string): Instant | undefined {
  const bare = text.length === 10 ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) : null;
  const full = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  const match = bare ?? full;
  if (!match) return undefined;
  const [year, month, dayOfMonth] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const calendar = new Date(Date.UTC(year, month - 1, dayOfMonth));
  if (calendar.getUTCMonth() !== month - 1 || calendar.getUTCDate() !== dayOfMonth) return undefined;
  const milliseconds = Date.parse(bare ? `${text}T00:00:00Z` : text);
  return Number.isNaN(milliseconds) ? undefined : instantAt(milliseconds);
}

/**
 * The instant from which a result of `checkedAt` no longer counts: the end of the period after its own
 * (SovereignCloudStack/standards Tests/scs_cert_lib.py, add_period). `year` ends at the start of the second month after
 * the anniversary's month.
 */
export function expiryOf(checkedAt: Instant, lifetime: Lifetime): Instant {
  const at = new Date(millisecondsOf(checkedAt));
  const [year, month, date] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  switch (lifetime) {
    case "day":
      return instantAt(Date.UTC(year, month, date + 2));
    case "week": {
      const sinceMonday = (at.getUTCDay() + 6) % 7;
      return instantAt(Date.UTC(year, month, date - sinceMonday + 14));
    }
    case "month":
      return instantAt(Date.UTC(year, month + 2, 1));
    case "quarter":
      return instantAt(Date.UTC(year, month - (month % 3) + 6, 1));
    case "year":
      return instantAt(Date.UTC(year + 1, month + 2, 1));
  }
}
