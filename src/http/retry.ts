/** When a read is worth another try, and how long to wait before it. */
import type { Attempted } from "./attempt.ts";
import { pause } from "./gate.ts";

export interface RetryPolicy {
  /** Tries of one request, the first included. */
  readonly attempts: number;
  /** Wait before the second try; doubled for each further one. */
  readonly backoffMilliseconds: number;
  /** Longest wait, whatever Retry-After says. */
  readonly longestMilliseconds: number;
}

export const usualRetries: RetryPolicy = { attempts: 3, backoffMilliseconds: 250, longestMilliseconds: 8_000 };

const passing = [429, 502, 503, 504];

/** Milliseconds of a Retry-After header (RFC 9110, 10.2.3): seconds, or a date set against the server's own clock. */
function retryAfter(headers: { readonly [name: string]: string }): number | undefined {
  const text = headers["retry-after"]?.trim();
  if (text === undefined || text === "") return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const wait = Date.parse(text) - Date.parse(headers.date ?? "");
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** Milliseconds to wait before trying again, or undefined when that is of no use. */
export function waitBeforeNext(result: Attempted<unknown>, tried: number, policy: RetryPolicy): number | undefined {
  const worth =
    result.kind === "failure" ? result.failure.broken : result.kind === "refusal" && passing.includes(result.status);
  if (!worth || tried >= policy.attempts) return undefined;
  const wait = retryAfter(result.headers) ?? policy.backoffMilliseconds * 2 ** (tried - 1);
  return Math.min(wait, policy.longestMilliseconds);
}

/** Waits until another try is worth it; false when none is, or when the run ends meanwhile. */
export async function waitedForNext(
  result: Attempted<unknown>,
  tried: number,
  policy: RetryPolicy,
  signal: AbortSignal,
): Promise<boolean> {
  const wait = waitBeforeNext(result, tried, policy);
  return wait !== undefined && pause(wait, signal);
}
