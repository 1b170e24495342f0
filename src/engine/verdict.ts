/** Verdict and roll-up, the one place that knows the order (scs-0003-v2: FAIL > MISS > DNF > PASS). */
import { type Outcome, type Verdict, verdicts } from "../model/vocabulary.ts";

/** What an outcome of a check amounts to. */
export function verdictOf(outcome: Outcome): Verdict {
  switch (outcome) {
    case "fail":
      return "FAIL";
    case "not-run":
      return "MISS";
    case "undetermined":
      return "DNF";
    case "pass":
    case "not-applicable":
      return "PASS";
  }
}

/** The worst of several verdicts; of none it is MISS: nothing looked at is never a pass. */
export function worst(of: readonly Verdict[]): Verdict {
  return verdicts.find((verdict) => of.includes(verdict)) ?? "MISS";
}
