/** Clusters that no check was written for: a verdict may say less than is true of them, never something else. */

import { expect, test } from "vitest";
import { judgeEvidence } from "../../src/app/judge-evidence.ts";
import { exitCodeOf } from "../../src/engine/exit-code.ts";
import type { Report } from "../../src/model/report.ts";
import { connectedLoopback } from "../support/connected-loopback.ts";
import { fc } from "../support/fast-check.ts";
import { paths } from "../support/gathering.ts";
import { type Imitation, imitations, onNodes } from "../support/imitations/grammar.ts";
import { at, minor, objectsOf } from "../support/imitations/objects.ts";
import { ofTheControlPlane, truthsOf } from "../support/imitations/truth.ts";
import { forbidden, kubernetesRoutes } from "../support/kubernetes-routes.ts";
import type { LoopbackHandler } from "../support/loopback-server.ts";
import { answersOf, evidenceOver } from "../support/stories/record.ts";

const decided = new Set(["pass", "not-applicable", "fail"]);
const everyPath = Object.values(paths);

/** What the suite says of what the handler serves. */
async function lookingThrough() {
  let handler: LoopbackHandler = () => undefined;
  const { connection } = await connectedLoopback((request) => handler(request));
  return async (imitation: Imitation, refused: readonly string[] = []): Promise<Report> => {
    const overrides = Object.fromEntries(refused.map((path) => [path, forbidden()]));
    const fairness = imitation.headers && imitation.servers[0]?.fairness !== "off";
    handler = answersOf({ at, fairness }, kubernetesRoutes(objectsOf(imitation), { overrides }));
    return judgeEvidence(await evidenceOver(connection, { at, subject: "imitation", minor }));
  };
}

/** Verdicts that say something else than the truth, and defects. */
function lies(imitation: Imitation, report: Report): readonly string[] {
  const truths = truthsOf(imitation);
  return report.results.flatMap(({ requirement, outcome, defect, because }) => {
    const truth = truths[requirement];
    const wrong =
      defect === true ||
      (outcome === "pass" && truth !== undefined && truth !== "holds") ||
      (outcome === "fail" && truth !== undefined && truth !== "broken") ||
      (decided.has(outcome) && !onNodes(imitation) && ofTheControlPlane.includes(requirement));
    return wrong ? [`${requirement}: ${outcome}, but it is ${truth} (${because})`] : [];
  });
}

/** Decided with less to see, and open or decided otherwise with more. */
function gained(full: Report, less: Report): readonly string[] {
  const before = new Map(full.results.map(({ requirement, outcome }) => [requirement, outcome]));
  return less.results
    .filter(({ requirement, outcome }) => decided.has(outcome) && before.get(requirement) !== outcome)
    .map(({ requirement, outcome }) => `${requirement}: ${before.get(requirement)} -> ${outcome}`);
}

test("imitations are judged by what is true of them, and less is decided with fewer rights", async () => {
  const look = await lookingThrough();
  await fc.assert(
    fc.asyncProperty(imitations, async (imitation) => {
      const full = await look(imitation);
      const less = await look(
        imitation,
        imitation.refused.flatMap((index) => everyPath[index] ?? []),
      );
      expect([...lies(imitation, full), ...lies(imitation, less)]).toEqual([]);
      expect(gained(full, less)).toEqual([]);
      // no results of the suite were given: nobody is conformant, and only what is disproved is red
      const red = full.results.some(({ binding, outcome }) => binding && outcome === "fail");
      expect(exitCodeOf(full, { gate: "binding", strict: false })).toBe(red ? 1 : 2);
    }),
    { numRuns: 60, seed: 20_261_123, endOnFailure: true },
  );
});
