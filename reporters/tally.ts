/** Counts of results by their marks, worst first. */
import type { Result } from "../src/model/report.ts";
import { type Mark, markOf, tones } from "./words.ts";

/** Each mark that occurs, and how often. */
export function tally(results: readonly Result[]): readonly { readonly mark: Mark; readonly count: number }[] {
  const counts = new Map<string, { mark: Mark; count: number }>();
  for (const result of results) {
    const mark = markOf(result);
    counts.set(mark.word, { mark, count: (counts.get(mark.word)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => tones.indexOf(a.mark.tone) - tones.indexOf(b.mark.tone));
}

/** `2 not met, 1 pass`. */
export function tallyText(results: readonly Result[]): string {
  return tally(results)
    .map(({ mark, count }) => `${count} ${mark.word}`)
    .join(", ");
}
