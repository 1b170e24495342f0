/** Every recorded cluster in the part that a reviewer gets: what binds comes out the same, and nothing comes out otherwise. */
import { describe, expect, it } from "vitest";
import { compare } from "../../../src/app/diff-runs.ts";
import { judgeEvidence } from "../../../src/app/judge-evidence.ts";
import { bindingText, reducedFor } from "../../../src/app/reduce-evidence.ts";
import { openEvidence } from "../../../src/evidence/open.ts";
import { reduceEvidence } from "../../../src/evidence/reduce.ts";
import { recordedNames, storedEvidence } from "../../support/stories/folder.ts";

const story = "cluster-api-openstack-1.37";

describe.each(recordedNames)("%s, reduced for review", (name) => {
  const whole = storedEvidence(name);
  const { sealed, unseen } = reducedFor(whole);
  const opened = openEvidence("evidence.json", Buffer.concat(sealed.parts));
  const [before, after] = [judgeEvidence(whole), judgeEvidence(opened)];

  it("is sound evidence, smaller, and says of which it is a part", () => {
    expect(opened.broken).toEqual([]);
    expect(Buffer.concat(sealed.parts).length).toBeLessThan(Buffer.concat(whole.parts).length);
    expect(after.evidence.reduced?.evidence).toBe(whole.sha256);
  });

  it("gives the same for all that binds", () => {
    expect(bindingText(after)).toBe(bindingText(before));
  });

  it("answers everything else as before or not at all", () => {
    const old = new Map(before.results.map((result) => [result.requirement, result]));
    const others = after.results.filter(({ requirement }) => !unseen.includes(requirement));
    for (const result of others) expect(result).toEqual(old.get(result.requirement));
    const gone = after.results.filter(({ requirement }) => unseen.includes(requirement));
    for (const { outcome, binding } of gone)
      expect({ outcome, binding }).toEqual({ outcome: "not-run", binding: false });
    expect(gone.length).toBeGreaterThan(20);
  });

  it("holds every fact it keeps against the whole by digest", () => {
    const digests = new Map(before.evidence.facts.map((fact) => [fact.id, fact]));
    const { items, reduced } = opened.evidence.facts.gathering;
    for (const fact of after.evidence.facts) expect(fact).toEqual(digests.get(fact.id));
    for (const fact of (reduced?.leftOut ?? []).filter(({ id }) => !id.startsWith("input/"))) {
      expect(fact).toEqual(digests.get(fact.id));
    }
    expect(Object.keys(items).length + (reduced?.leftOut.length ?? 0)).toBeGreaterThanOrEqual(digests.size);
  });
});

describe("a part of the evidence", () => {
  const whole = storedEvidence(story);

  it("that lacks what binds makes a partial report, never a better one", () => {
    const bare = openEvidence("evidence.json", Buffer.concat(reduceEvidence(whole, new Set(["kube/identity"])).parts));
    const report = judgeEvidence(bare);
    expect({ partial: report.partial, verdict: report.verdict }).toEqual({ partial: true, verdict: "MISS" });
    expect(report.attestations.disproved).toEqual([]);
  });

  it("of a part names all that is gone", () => {
    const once = reducedFor(whole).sealed;
    const twice = reduceEvidence(once, new Set(["kube/version"]));
    const ids = (sealed: typeof once) => sealed.evidence.facts.gathering.reduced?.leftOut.map(({ id }) => id) ?? [];
    expect(ids(twice)).toEqual(expect.arrayContaining([...ids(once)]));
    expect(new Set(ids(twice)).size).toBe(ids(twice).length);
  });

  it("names no node and no namespace in its log of requests", () => {
    const { requests } = reducedFor(whole).sealed.evidence.facts.gathering;
    expect(requests.length).toBe(whole.evidence.facts.gathering.requests.length);
    expect(requests.map(({ path }) => path).join("\n")).not.toMatch(/namespaces\/[a-z]|nodes\/[a-z]/);
  });

  it("differs from the whole by what was given, not by what the cluster did", () => {
    const sides = [whole, reducedFor(whole).sealed].map((sealed) => ({
      evidence: sealed.evidence,
      report: judgeEvidence(sealed),
    }));
    const [before, after] = sides;
    if (!before || !after) throw new Error("two sides");
    const { changes } = compare(before, after);
    expect(changes.length).toBeGreaterThan(0);
    expect([...new Set(changes.flatMap(({ causes }) => causes))]).toEqual(["input"]);
  });
});
