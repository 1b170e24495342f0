/** How long cleaning up may take. */

/** For what is still asked once nobody waits any more: what is left, and why. */
const graceMilliseconds = 10_000;

export interface Deadline {
  /** Ends all waiting. What is looked at then is looked at once. */
  readonly waiting: AbortSignal;
  /** Ends all requests, a while later. */
  readonly asking: AbortSignal;
  end(): void;
}

/** Waiting ends after the time, or after a sixth of it once somebody is in a hurry. */
export function deadlineOf(milliseconds: number, hurry: AbortSignal): Deadline {
  const waiting = new AbortController();
  const asking = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const after = (time: number, work: () => void) => void timers.push(setTimeout(work, time));
  const stop = (): void => {
    if (waiting.signal.aborted) return;
    waiting.abort();
    after(graceMilliseconds, () => asking.abort());
  };
  const hasten = () => after(milliseconds / 6, stop);
  after(milliseconds, stop);
  if (hurry.aborted) hasten();
  else hurry.addEventListener("abort", hasten);
  return {
    waiting: waiting.signal,
    asking: asking.signal,
    end: () => {
      for (const timer of timers) clearTimeout(timer);
      hurry.removeEventListener("abort", hasten);
      waiting.abort();
      asking.abort();
    },
  };
}
