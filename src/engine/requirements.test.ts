import { expect, it } from "vitest";
import { requirement, scope, standard, statement } from "../../tests/support/judging.ts";
import type { Standard } from "../model/standard.ts";
import { requirementsInForce } from "./requirements.ts";
import { scopeAsOf } from "./scope-as-of.ts";

const body = [requirement("holds", { question: "Does it hold?" })];
const ended: Standard = standard("scs-0214-v1", body, {
  status: [
    { from: "2024-02-08", status: "stable" },
    { from: "2024-11-20", status: "deprecated" },
  ],
});
const withdrawn = standard("scs-0210-v3", body, {
  status: [{ from: "2026-04-15", status: "draft" }],
  withdrawn: "2026-11-01",
});
const proposal = standard("proposed-ipv6-v1", body, { status: [{ from: "2024-01-01", status: "proposed" }] });
const later = standard("scs-0219-v1", [requirement("holds", { statements: [statement({ from: "2026-05-01" })] })]);

/** Ids in force of standards in a scope that includes those named. */
function inForce(standards: readonly Standard[], date: string, included: readonly string[] = [], proposed = false) {
  const asOf = `${date}T12:00:00Z`;
  const catalogue = { standards, sha256: "0".repeat(64) };
  return requirementsInForce(catalogue, scopeAsOf(scope({}, included), asOf), asOf, proposed).map(
    ({ id, status, binding }) => `${id} ${status} ${binding ?? "advisory"}`,
  );
}

it.each<[what: string, standard: Standard, date: string, included: string[], expected: string[]]>([
  ["a standard while it is stable", ended, "2024-11-19", [], ["scs-0214-v1/holds stable advisory"]],
  ["no deprecated one", ended, "2024-11-20", [], []],
  [
    "a deprecated one that the scope includes",
    ended,
    "2026-11-23",
    ["scs-0214-v1"],
    ["scs-0214-v1/holds deprecated attested"],
  ],
  ["a draft while it is pursued", withdrawn, "2026-10-31", [], ["scs-0210-v3/holds draft advisory"]],
  ["no withdrawn draft", withdrawn, "2026-11-01", [], []],
  [
    "a withdrawn draft that the scope includes",
    withdrawn,
    "2026-11-23",
    ["scs-0210-v3"],
    ["scs-0210-v3/holds draft attested"],
  ],
  ["nothing before there is a text", withdrawn, "2026-04-14", [], []],
  ["no statement before its day", later, "2026-04-30", [], []],
])("in force: %s", (_, given, date, included, expected) => {
  expect(inForce([given], date, included)).toEqual(expected);
});

it("shows a proposal only when it is asked for", () => {
  expect(inForce([proposal], "2026-11-23")).toEqual([]);
  expect(inForce([proposal], "2026-11-23", [], true)).toEqual(["proposed-ipv6-v1/holds proposed advisory"]);
});
