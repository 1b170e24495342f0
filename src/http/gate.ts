/** Lets only so many requests go at once, and only so many a second, so that time spent waiting here is no timeout. */

export interface Gate {
  /** Waits for a place; the function given back frees it. Undefined once the signal has ended the run. */
  enter(signal: AbortSignal): Promise<(() => void) | undefined>;
}

/** Waits, or ends early with the signal: false then. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const done = (whole: boolean) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", ended);
      resolve(whole);
    };
    const ended = () => done(false);
    const timer = setTimeout(() => done(true), milliseconds);
    signal.addEventListener("abort", ended);
  });
}

/** Milliseconds that the next request has to wait for its turn. */
export type Pacer = () => number;

/** @param perSecond requests a second at most; undefined for as many as there are */
export function createPacer(perSecond: number | undefined): Pacer {
  let next = 0;
  return () => {
    if (perSecond === undefined) return 0;
    const now = performance.now();
    const start = Math.max(now, next);
    next = start + 1000 / perSecond;
    return start - now;
  };
}

export function createGate(places: number, pacer: Pacer): Gate {
  let free = places;
  const waiting: (() => void)[] = [];
  const leave = () => {
    const first = waiting.shift();
    if (first === undefined) free += 1;
    else first();
  };
  /** True with a place, false if the run ended first. */
  const place = (signal: AbortSignal): Promise<boolean> => {
    if (free > 0) {
      free -= 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const given = () => {
        signal.removeEventListener("abort", ended);
        resolve(true);
      };
      const ended = () => {
        waiting.splice(waiting.indexOf(given), 1);
        resolve(false);
      };
      waiting.push(given);
      signal.addEventListener("abort", ended, { once: true });
    });
  };
  return {
    enter: async (signal) => {
      if (signal.aborted || !(await place(signal))) return undefined;
      const wait = pacer();
      if (wait > 0) await pause(wait, signal);
      if (!signal.aborted) return leave;
      leave();
      return undefined;
    },
  };
}
