/** "Did you mean": the known word that is nearest to what was written. */

/** The nearest of the known words, or undefined when none is near enough to be a slip of the pen. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const most = Math.floor(written.length / 3);
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const word of known) {
    if (Math.abs(word.length - written.length) > most) continue;
    const distance = editDistance(written.toLowerCase(), word.toLowerCase());
    if (distance <= most && (best === undefined || distance < best.distance)) best = { word, distance };
  }
  return best?.word;
}

/** `; did you mean "level"?`, else the known words, else nothing. */
export function hint(written: string, known: readonly string[]): string {
  const word = nearest(written, known);
  if (word !== undefined) return `; did you mean ${JSON.stringify(word)}?`;
  return known.length === 0 || known.length > 16 ? "" : `; known are: ${[...new Set(known)].sort().join(", ")}`;
}

/** Levenshtein distance in which a swap of neighbours counts as one slip. */
function editDistance(a: string, b: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
