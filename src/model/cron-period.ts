/** Whether a cron schedule comes at least once a week, whatever the year. */

/**
 * Undefined for what is no schedule of five plain fields. Days of the month and of the week are alternatives where both are
 * restricted, as in cron: then the week decides.
 */
export function comesWeekly(schedule: string): boolean | undefined {
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5 || !fields.every((field) => /^[\d*/,-]+$/.test(field))) return undefined;
  const [, , day = "", month = "", weekday = ""] = fields;
  if (month !== "*" && month !== "*/1") return false;
  if (weekday !== "*") return true;
  return longestGap(day) <= 7;
}

/** Most days between two runs by the days of the month; a month may end at its 28th. */
function longestGap(field: string): number {
  const days = [...new Set(field.split(",").flatMap(daysOf))].filter((day) => day <= 28).sort((a, b) => a - b);
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return Number.POSITIVE_INFINITY;
  const within = days.slice(1).map((day, index) => day - (days[index] ?? day));
  // into the next month, of a month with 31 days
  return Math.max(31 - last + first, ...within);
}

function daysOf(part: string): readonly number[] {
  const [range = "", step = "1"] = part.split("/");
  const [from, to] = range === "*" ? [1, 31] : range.split("-").map(Number);
  const first = from ?? 1;
  const last = to ?? (part.includes("/") ? 31 : first);
  const width = Math.max(1, Number(step) || 1);
  return Array.from({ length: 31 }, (_, index) => index + 1).filter(
    (day) => day >= first && day <= last && (day - first) % width === 0,
  );
}
