import { describe, expect, it } from "vitest";
import { aCheck, gathering, inputs, passing } from "../../tests/support/judging.ts";
import type { Needs } from "../model/check.ts";
import { sha256 } from "../model/digest.ts";
import type { Gathering, Inputs } from "../model/evidence.ts";
import { leftOutOf } from "./left-out.ts";

const digest = sha256("a file");
const gone = (...ids: string[]): Gathering => ({
  ...gathering(),
  reduced: {
    for: "review",
    evidence: digest,
    facts: digest,
    leftOut: ids.map((id) => ({ id, status: "collected", sha256: digest })),
  },
});
const unseen = (needs: Needs, facts: Gathering, over: Partial<Inputs> = {}): readonly string[] | undefined =>
  leftOutOf(aCheck("a/check", passing, needs), {
    schemaVersion: 1,
    facts: { sha256: digest, gathering: facts },
    inputs: inputs(over),
  })?.missing.map(({ fact, reason }) => `${fact} ${reason}`);

describe("a check over evidence that was reduced", () => {
  it("is not run once a fact that it needs, might take instead or only uses is gone", () => {
    const evidence = gone("kube/nodes");
    expect(unseen({ all: ["kube/version", "kube/nodes"] }, evidence)).toEqual(["kube/nodes left-out"]);
    expect(unseen({ oneOf: [["kube/version", "kube/nodes"]] }, evidence)).toEqual(["kube/nodes left-out"]);
    expect(unseen({ all: ["kube/version"], uses: ["kube/nodes"] }, evidence)).toEqual(["kube/nodes left-out"]);
  });

  it("is run when all that it names is as it was, there or never gathered", () => {
    expect(unseen({ all: ["kube/version"], uses: ["kube/identity"] }, gone("kube/nodes"))).toBeUndefined();
    expect(unseen({ all: ["kube/nodes"] }, gathering())).toBeUndefined();
  });

  it("takes results that were given anew", () => {
    const needs: Needs = { all: ["input/conformance-results"] };
    const evidence = gone("input/conformance-results");
    expect(unseen(needs, evidence)).toEqual(["input/conformance-results left-out"]);
    const conformanceResults = { at: "2026-11-23T00:00:00Z", sha256: digest, value: {} };
    expect(unseen(needs, evidence, { conformanceResults })).toBeUndefined();
  });
});
