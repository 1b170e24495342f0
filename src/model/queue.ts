/** Bounded concurrency. */

export type Queue = <T>(work: () => Promise<T>) => Promise<T>;

/** Runs at most `atOnce` pieces of work at the same time, the others in the order in which they came. */
export function createQueue(atOnce: number): Queue {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The place goes straight to the next one, so that nobody slips in between.
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
