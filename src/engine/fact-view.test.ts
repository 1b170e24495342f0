import { expect, test } from "vitest";
import { policies, results, suite } from "../../tests/support/conformance.ts";
import { digestOf, sha256 } from "../model/digest.ts";
import type { Evidence, Inputs } from "../model/evidence.ts";
import type { FactValues } from "../model/facts/index.ts";
import type { Json } from "../model/json.ts";
import { factView } from "./fact-view.ts";

const at = "2026-11-23T10:00:00Z";

type Results = FactValues["input/conformance-results"];
const stored = (value: Results, time = value.finishedAt) => {
  const json = value as unknown as Json;
  return { at: time, sha256: digestOf(json), value: json };
};

function view(
  given: Pick<Inputs, "conformanceResults" | "networkPolicyResults" | "suitesWithoutResults">,
  subject = "mine",
) {
  const gathering = {
    tool: { name: "t", version: "0" },
    startedAt: at,
    checkedAt: at,
    tier: "observe" as const,
    gatheredBy: "unsigned",
    requests: [],
    items: {},
  };
  const evidence: Evidence = {
    schemaVersion: 1,
    facts: { sha256: sha256(""), gathering },
    inputs: {
      subject,
      scope: { id: "s", text: "", sha256: sha256("") },
      selection: { only: [], skip: [], tier: "observe" },
      includeProposed: false,
      ...given,
      kubernetesReleases: { at, sha256: sha256(""), value: {}, date: "2026-11-23" },
    },
  };
  const facts = factView(evidence, at, "month");
  return [facts.get("input/conformance-results"), facts.get("input/network-policy-results")] as const;
}

const both = stored(results({ ...suite(), ...policies({ passed: ["a"] }) }));
const suiteOnly = stored(results(suite()));
const policiesOnly = stored(results(policies({ passed: ["b"] })), "2026-11-21T00:00:00Z");
const collected = { status: "collected" };
const notGiven = { status: "unavailable", reason: "not-given" };

test.each([
  ["nothing given", {}, notGiven, notGiven],
  ["one run of both", { conformanceResults: both }, collected, collected],
  ["conformance only", { conformanceResults: suiteOnly }, collected, notGiven],
  ["NetworkPolicy only, as the one result", { conformanceResults: policiesOnly }, notGiven, collected],
  ["NetworkPolicy only, as its own", { networkPolicyResults: policiesOnly }, notGiven, collected],
  ["one of each", { conformanceResults: suiteOnly, networkPolicyResults: policiesOnly }, collected, collected],
])("%s: a run about other specs is no attempt", (_, given, conformance, policy) => {
  const [first, second] = view(given);
  expect(first).toMatchObject(conformance);
  expect(second).toMatchObject(policy);
});

test("a run of ours that left nothing is an attempt with its reason, unless results were given", () => {
  const message = "the suite did not start: ErrImagePull";
  const suitesWithoutResults = [{ kind: "full" as const, at, reason: "timeout" as const, message }];
  const [tried, other] = view({ suitesWithoutResults });
  expect(tried).toMatchObject({ status: "unavailable", reason: "timeout", message });
  expect(other).toMatchObject(notGiven);
  const [beside] = view({ suitesWithoutResults, conformanceResults: policiesOnly });
  expect(beside).toMatchObject({ reason: "timeout" });
  const [given] = view({ suitesWithoutResults, conformanceResults: suiteOnly });
  expect(given).toMatchObject(collected);
});

test("a NetworkPolicy run of its own goes before the other, with its own time and age", () => {
  const [, policy] = view({ conformanceResults: both, networkPolicyResults: policiesOnly });
  expect(policy).toMatchObject({ at: "2026-11-21T00:00:00Z", value: { networkPolicy: { passed: ["b"] } } });
  const old = { ...policiesOnly, at: "2026-08-01T00:00:00Z" };
  const [suiteFact, expired] = view({ conformanceResults: both, networkPolicyResults: old });
  expect(suiteFact).toMatchObject(collected);
  expect(expired).toMatchObject({ reason: "expired" });
});

test("a result that executed nothing of either kind was attempted all the same", () => {
  const { conformance: _, ...nothing } = results({ executed: 0 });
  const [first, second] = view({ conformanceResults: stored(nothing) });
  expect([first.status, second.status]).toEqual(["collected", "collected"]);
});

test("what was stated of another subject is not seen", () => {
  const statement = { subject: "mine", signedBy: "SHA256:x" };
  const given = { conformanceResults: stored(results({ ...suite(), statement })) };
  expect(view(given, "mine")[0]).toMatchObject({ value: { statement } });
  expect(view(given, "theirs")[0]).not.toMatchObject({ value: { statement } });
});
