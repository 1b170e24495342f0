/** Counts of results in words. */
import type { Result } from "../src/model/report.ts";
import { markOf } from "./words.ts";

/** `1 pass, 2 not met`, in the order of the results. */
export function tally(results: readonly Result[]): string {
  const words = new Map<string, number>();
  for (const result of results) {
    const { word } = markOf(result);
    words.set(word, (words.get(word) ?? 0) + 1);
  }
  return [...words].map(([word, count]) => `${count} ${word}`).join(", ");
}
