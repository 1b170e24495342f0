/** Binding statements that no testcase counts, out of all reports on one subject: the newest that has an answer speaks. */
import { expiryOf } from "../../model/instant.ts";
import type { Cell } from "../../model/matrix.ts";
import type { Result } from "../../model/report.ts";
import type { Instant } from "../../model/vocabulary.ts";
import type { RequirementInForce } from "../requirements.ts";
import type { SoundReport } from "./cells.ts";

type State = keyof Cell["attestations"];

export function attestedIn(
  requirements: readonly RequirementInForce[],
  newestFirst: readonly SoundReport[],
  asOf: Instant,
): Cell["attestations"] {
  const lists: { [S in State]: string[] } = { met: [], declared: [], due: [], disproved: [] };
  for (const requirement of requirements) lists[stateOf(requirement, newestFirst, asOf)].push(requirement.id);
  return lists;
}

/** Without an answer in the newest one an older one speaks: what was disproved stays so until somebody sees otherwise. */
function stateOf({ id, lifetime }: RequirementInForce, newestFirst: readonly SoundReport[], asOf: Instant): State {
  for (const { report } of newestFirst) {
    const result = report.results.find(({ requirement }) => requirement === id);
    if (!result) continue;
    if (result.attestation?.state === "disproved") return "disproved";
    if (result.verdict !== "PASS") continue;
    if (result.basis === "declared") return declarationCounts(result, asOf) ? "declared" : "due";
    return asOf < expiryOf(report.checkedAt, lifetime) ? "met" : "due";
  }
  return "due";
}

export function declarationCounts({ declaration }: Result, asOf: Instant): boolean {
  if (!declaration) return false;
  return asOf < declaration.validUntil && asOf < expiryOf(declaration.declaredAt, "quarter");
}
