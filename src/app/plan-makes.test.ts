import { describe, expect, it } from "vitest";
import { tinyPlan } from "../../tests/support/tiny-acting-probe.ts";
import type { Plan } from "../engine/plan.ts";
import type { Makes } from "../model/acting.ts";
import { makesLines } from "./plan-makes.ts";

/** The tiny probe's plan, with what a larger one would make. */
function planOf(makes: Partial<Makes> = {}): Plan {
  const plan = tinyPlan();
  const probes = plan.probes.map((probe) =>
    probe.makes === undefined ? probe : { ...probe, makes: { ...probe.makes, ...makes } },
  );
  return { ...plan, probes };
}

describe("what a plan makes", () => {
  it("is nothing when nothing acts", () => {
    const { probes, ...plan } = tinyPlan();
    expect(makesLines({ ...plan, probes: probes.filter(({ makes }) => makes === undefined) })).toEqual([]);
  });

  it("is told by kind, place, time, and no image where there are no pods", () => {
    expect(makesLines(planOf())).toEqual([
      "Makes at most 1 Namespace, 1 ConfigMap, and takes all of it away again; changes nothing else, reads no Secret.",
      "  where     in scs-conformance-RUN; RUN is random",
      "  time      at most 10 s, up to four probes at once, and 180 s to clean up",
    ]);
  });

  it("is told with pods, image, cost and what others notice", () => {
    const makes = {
      pods: 2,
      cpuMillicores: 20,
      memoryMebibytes: 32,
      namespaces: ["peers"],
      cost: "one volume",
      disturbs: "a limit",
    };
    const lines = makesLines(planOf(makes), { image: "example/agnhost:1" });
    expect(lines.slice(1)).toEqual([
      "  where     in scs-conformance-RUN, scs-conformance-RUN-peers; RUN is random",
      "  pods      2 at most, which request 20 m CPU and 32 MiB together",
      "  image     example/agnhost:1 (by tag: whoever holds the registry says what it is)",
      expect.stringContaining("at most 10 s"),
      "  cost      one volume (one ConfigMap, made and changed)",
      "  noticed   a limit (one ConfigMap, made and changed)",
    ]);
    expect(makesLines(planOf(makes), { image: "nodes" })[3]).toContain("nothing is pulled");
    expect(makesLines(planOf(makes))[3]).toMatch(/agnhost:2\.53@sha256:[0-9a-f]{64}$/);
  });

  it("is told for the one namespace that was named", () => {
    const lines = makesLines(planOf({ namespaces: ["peers"] }), { namespace: "tenant" });
    expect(lines.slice(0, 2)).toEqual([
      "Makes at most 1 ConfigMap, and takes all of it away again; changes nothing else, reads no Secret.",
      "  where     in tenant, objects of the run only; what needs further namespaces (peers) is not given",
    ]);
  });
});
