/** review: what somebody proposes to a results repository, judged by the rules that the repository has accepted. */

import { sortChanges } from "./entries.ts";
import { acceptedPolicy, examine, inScratch } from "./examine.ts";
import { type Review, type ReviewedReport, stateOf, worstOf } from "./review.ts";
import type { ReviewSource } from "./source.ts";

/** Never runs what it reads. UsageError for accepted policy files that cannot be read. */
export async function judge(source: ReviewSource, now: () => Date): Promise<Review> {
  const { entries, remarks } = sortChanges(source.changes);
  const reports = await inScratch(async (folder) => {
    const policy = await acceptedPolicy(source, folder);
    const done: ReviewedReport[] = [];
    for (const entry of entries) done.push(await examine(source, entry, policy, now));
    return done;
  });
  const state = worstOf([stateOf(remarks), ...reports.map((report) => report.state)]);
  // without a report there is nothing that could hold or not
  const nothing = reports.length === 0 && stateOf(remarks) !== "fails";
  return { name: source.name, state: nothing ? "holds" : state, reports, remarks };
}
