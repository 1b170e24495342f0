/** Knowledge only decides: take facts away, and no requirement is decided that was open, and none is decided otherwise. */

import { describe, expect, test } from "vitest";
import { judgeEvidence } from "../../../src/app/judge-evidence.ts";
import type { Gathering, StoredFact } from "../../../src/model/evidence.ts";
import type { Report } from "../../../src/model/report.ts";
import type { UnavailableReason } from "../../../src/model/vocabulary.ts";
import { fc } from "../../support/fast-check.ts";
import { recordedNames, storedEvidence } from "../../support/stories/folder.ts";

const reasons = ["forbidden", "timeout", "not-served"] as const satisfies readonly UnavailableReason[];
const decided: ReadonlySet<string> = new Set(["pass", "not-applicable", "fail"]);

type Losses = { readonly [fact: string]: (typeof reasons)[number] };
type Judged = Parameters<typeof judgeEvidence>[0];

/** Facts that speak of the same machines and processes: taken from two clusters they would contradict each other. */
const together =
  /nodes|platform|node-args|api-server-instances|control-plane-pods|kubeadm-config|readyz|flow-control|flagz|metrics|priority-levels|^management|^cloud/;

function withFacts({ evidence, sha256 }: Judged, items: Gathering["items"]): Judged {
  const facts = { ...evidence.facts, gathering: { ...evidence.facts.gathering, items } };
  return { evidence: { ...evidence, facts }, sha256 };
}

function without(judged: Judged, losses: Losses): Judged {
  const items = Object.entries(judged.evidence.facts.gathering.items).map(([id, fact]) => {
    const reason = losses[id];
    const lost: StoredFact = {
      status: "unavailable",
      at: fact.at,
      milliseconds: 1,
      reason: reason ?? "timeout",
      message: "was taken away",
      resolve: "this fact",
    };
    return [id, reason === undefined ? fact : lost] as const;
  });
  return withFacts(judged, Object.fromEntries(items));
}

/** Requirements that the second report decides and the first does not, or decides otherwise; broken checks as well. */
function gained(full: Report, less: Report): readonly string[] {
  const before = new Map(full.results.map(({ requirement, outcome }) => [requirement, outcome]));
  return less.results
    .filter(
      ({ requirement, outcome, defect }) =>
        defect === true || (decided.has(outcome) && before.get(requirement) !== outcome),
    )
    .map(
      ({ requirement, outcome, because }) => `${requirement}: ${before.get(requirement)} -> ${outcome} (${because})`,
    );
}

const all = recordedNames.map(storedEvidence);
/** As many runs over all stories, however many there are. */
const runs = Math.ceil(720 / recordedNames.length);

describe.each(recordedNames)("%s", (name) => {
  const stored = storedEvidence(name);
  const full = judgeEvidence(stored);
  const { items } = stored.evidence.facts.gathering;
  const ids = Object.keys(items);
  const collected = ids.filter((id) => items[id]?.status === "collected");

  test("decides nothing more for the loss of one fact", () => {
    const found = collected.flatMap((id) =>
      gained(full, judgeEvidence(without(stored, { [id]: "forbidden" }))).map((text) => `without ${id}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  test("decides nothing more for the loss of any facts", () => {
    const losses = fc.dictionary(fc.constantFrom(...ids), fc.constantFrom(...reasons));
    fc.assert(
      fc.property(losses, (lost) => {
        expect(gained(full, judgeEvidence(without(stored, lost)))).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  test("decides nothing more for the loss of any facts, while others are of another cluster", () => {
    const others = fc.dictionary(fc.constantFrom(...ids.filter((id) => !together.test(id))), fc.constantFrom(...all));
    fc.assert(
      fc.property(others, fc.dictionary(fc.constantFrom(...ids), fc.constantFrom(...reasons)), (given, lost) => {
        const foreign = Object.entries(given).flatMap(([id, { evidence }]) => {
          const fact = evidence.facts.gathering.items[id];
          return fact ? [[id, fact] as const] : [];
        });
        const mixed = withFacts(stored, { ...stored.evidence.facts.gathering.items, ...Object.fromEntries(foreign) });
        expect(gained(judgeEvidence(mixed), judgeEvidence(without(mixed, lost)))).toEqual([]);
      }),
      { numRuns: runs },
    );
  });
});
