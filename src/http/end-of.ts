/** When everything that is under way ends: at the caller's word, or at the overall deadline. */
import { setMaxListeners } from "node:events";

export interface EndOptions {
  /** Ends everything that is under way, such as the user's Ctrl-C. */
  readonly signal?: AbortSignal;
  /** Ends everything that is under way so long after this call. None by default. */
  readonly overallTimeoutMilliseconds?: number;
}

/**
 * The signal for everything under way. Made of a listener and a timer, not of AbortSignal.any: Node 20 forgets a
 * timeout signal that only a combined one refers to, and the deadline would never come.
 */
export function endOf(options: EndOptions): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const { signal, overallTimeoutMilliseconds: limit } = options;
  const timer = limit === undefined ? undefined : setTimeout(() => end(), limit).unref();
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
    controller.abort();
  };
  if (signal?.aborted === true) end();
  else signal?.addEventListener("abort", end);
  return { signal: controller.signal, end };
}
