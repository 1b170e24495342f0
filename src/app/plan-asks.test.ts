import { expect, it } from "vitest";
import type { Plan, PlannedProbe } from "../engine/plan.ts";
import type { Asks } from "../model/asking.ts";
import type { Tier } from "../model/vocabulary.ts";
import { probes } from "../probes/index.ts";
import { asksLines } from "./plan-asks.ts";
import { plan, planText } from "./plan-run.ts";

const first: PlannedProbe = {
  id: "kube/version",
  title: "one",
  view: "cluster",
  given: true,
  tier: "dry-run",
  allowed: true,
  requests: 1,
  rights: [],
  requirements: [],
};
const planOf = (...asking: readonly Partial<PlannedProbe>[]): Plan => ({
  tier: "system",
  probes: asking.map((more) => ({ ...first, ...more })),
  requests: 1,
  rights: [],
  furtherRights: {},
  questions: [],
});
const dryRuns: Asks = { dryRuns: true };
const reviews: Asks = { reviews: true };
const makes = { objects: { ConfigMap: 1 }, pods: 0, seconds: 1 };

it.each<[string, Plan, string]>([
  ["nothing", planOf({}), ""],
  ["nothing at this tier", planOf({ asks: dryRuns, allowed: false }), ""],
  ["nothing, without the view", planOf({ asks: dryRuns, given: false }), ""],
  ["dry runs", planOf({ asks: dryRuns }, {}), "Asks the API server what it would do (dryRun=All): nothing"],
  ["reviews", planOf({ asks: reviews }), "Asks the API server who may do what (access reviews): nothing"],
  ["whether what is made could be removed", planOf({ makes }), "Asks the API server who may do what (access"],
  ["both", planOf({ asks: dryRuns }, { asks: reviews }), "do (dryRun=All) and who may do what (access reviews): n"],
  ["without a name", planOf({ asks: dryRuns }), "may stand in the audit log."],
  [
    "in a name, once",
    planOf({ asks: { as: "x" } }, { asks: { ...dryRuns, as: "x" } }),
    "log, among it a request in the name of x.",
  ],
])("%s is told of what is selected", (_, given, text) => {
  if (text === "") expect(asksLines(given)).toEqual([]);
  else expect(asksLines(given).join("\n")).toContain(text);
});

const selecting = (tier: Tier, only: readonly string[]) => ({
  scope: "scs-kaas-drafts",
  scopeVersion: undefined,
  tier,
  only,
  skip: [],
  includeProposed: true,
  asOf: undefined,
});
const now = () => new Date("2026-11-28T00:00:00Z");

it.each<[string, Tier, readonly string[], boolean, boolean, boolean]>([
  ["a run that only reads", "observe", [], false, false, false],
  ["dry runs of all", "dry-run", [], true, true, true],
  ["a request for a certificate", "system", ["scs-0215-v1/certificate-rotation"], true, true, false],
  ["a node's rights", "dry-run", ["scs-0217-v1/node-restriction"], true, false, true],
  ["what no probe asks for", "system", ["scs-0201-v1/*"], false, false, false],
])("%s", async (_, tier, only, dry, review, node) => {
  const text = await planText(selecting(tier, only), now);
  expect({
    dry: text.includes("dryRun=All"),
    review: text.includes("(access reviews)"),
    node: text.includes("in the name of the node scs-conformance-node, which does not exist"),
  }).toEqual({ dry, review, node });
});

it("upstream's suite asks whether what it makes could be removed, and makes no dry run", async () => {
  const none = await plan(selecting("system", ["scs-0201-v1/*"]), now, {});
  expect(asksLines(none, { kinds: ["full"], registries: [] }).join(" ")).toMatch(/server who may do what \(access/);
});

it("whoever may act in another's name says in whose", () => {
  const impersonating = probes.filter(({ rights }) => JSON.stringify(rights).includes('"impersonate"'));
  expect(impersonating.length).toBeGreaterThan(0);
  for (const probe of impersonating) expect(probe).toMatchObject({ asks: { as: expect.any(String) } });
});
