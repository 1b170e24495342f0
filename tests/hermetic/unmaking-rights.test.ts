/** What is removed while a run goes on is looked at before, as only the run's own may go, and after, until it is gone. */
import { expect, test } from "vitest";
import type { Right } from "../../src/model/probe.ts";
import { probes } from "../../src/probes/index.ts";

test("whoever may delete in the run's own namespaces may also look at what is deleted", () => {
  const deleting = probes.flatMap(({ id, rights }) => {
    const own = (rights as readonly Right[]).flatMap((right) =>
      right.kind === "resource" && right.own === true ? [right] : [],
    );
    const may = (verb: string) => own.filter((right) => right.verb === verb).map(({ resource }) => `${id} ${resource}`);
    return may("delete").map((what) => ({ what, looks: may("get").includes(what) }));
  });
  expect(deleting.length).toBeGreaterThan(3);
  expect(deleting.filter(({ looks }) => !looks)).toEqual([]);
});
