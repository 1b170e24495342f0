/** The answer of checks whose pods did not come to run. */

import type { Hindrance } from "../facts/hindrance.ts";
import type { FactId } from "../facts/index.ts";
import { type CheckResult, undetermined } from "../finding.ts";

/** Nothing of the matter was seen: what kept the run is named in its own words. */
export function heldUp(fact: FactId, { by, said }: Hindrance): CheckResult {
  const because = `The pods of the run could not be run (${by}${said === "" ? "" : `: ${withoutStop(said)}`})`;
  return undetermined(because, [{ fact, reason: "not-visible", resolve: "a cluster that runs the run's pods" }], {
    by,
  });
}

const withoutStop = (text: string): string => text.replace(/[.\s]+$/, "");
