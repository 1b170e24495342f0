/** Time spans as people say them. */

const units: readonly (readonly [number, string])[] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1000, "s"],
];

/** `9 min`, `3 h`, `2 d`: whole units, cut, of the largest that fits at least twice; `0 s` for less. */
export function durationText(milliseconds: number): string {
  const [size, unit] = units.find(([length]) => milliseconds >= 2 * length) ?? [1000, "s"];
  return `${Math.max(0, Math.floor(milliseconds / size))} ${unit}`;
}
