/** What a provider offers, by its reports: a cluster of a branch shows that the branch is offered, its absence shows nothing. */
import { expiryOf } from "../../model/instant.ts";
import type { Cell } from "../../model/matrix.ts";
import { compareBranches } from "../../model/versions/offered-branches.ts";
import type { Instant, Lifetime } from "../../model/vocabulary.ts";
import type { SoundReport } from "./cells.ts";

export interface Offer {
  readonly branch: string;
  /** First and last time that a cluster of it was seen. */
  readonly first: Instant;
  readonly last: Instant;
  /** Subject of the last. */
  readonly subject: string;
  /** Subjects of this branch whose version policy is not met now. */
  readonly behind: readonly string[];
  /** Until when the last sight counts. */
  readonly until: Instant;
}

const policyTestcase = "version-policy-check";

/** Branches of which a cluster was looked at, oldest branch first. Imported results alone are no look. */
export function offersOf(
  reports: readonly SoundReport[],
  cells: readonly Cell[],
  lifetime: Lifetime,
): readonly Offer[] {
  const seen = reports.filter(({ report }) => report.cluster.version !== null);
  const branches = [...new Set(seen.map(({ branch }) => branch))].sort(compareBranches);
  return branches.flatMap((branch) => {
    const own = seen.filter((one) => one.branch === branch).map(({ report }) => report);
    const [oldest, newest] = [own.reduce(earlier), own.reduce(later)];
    const behind = cells.filter((cell) => cell.branch === branch && failsPolicy(cell)).map(({ subject }) => subject);
    const { checkedAt: last, subject } = newest;
    return [{ branch, first: oldest.checkedAt, last, subject, behind, until: expiryOf(last, lifetime) }];
  });
}

type Report = SoundReport["report"];
const earlier = (a: Report, b: Report): Report => (b.checkedAt < a.checkedAt ? b : a);
const later = (a: Report, b: Report): Report => (b.checkedAt > a.checkedAt ? b : a);

function failsPolicy({ testcases }: Cell): boolean {
  return testcases.some(({ id, verdict, state }) => id === policyTestcase && state === "counts" && verdict === "FAIL");
}
