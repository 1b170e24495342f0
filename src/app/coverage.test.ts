import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { loadCatalogue } from "../catalogue/standards.ts";
import { checks, coverage, type IndexedDocument, type SetAsideElsewhere, usesOf } from "./coverage.ts";

const standards = new URL("../../standards/", import.meta.url);
const text = (file: string) => readFileSync(new URL(file, standards), "utf8");
const { documents: indexed } = JSON.parse(text("data/clauses-index.json")) as { documents: IndexedDocument[] };
const { documents: elsewhere } = parse(text("not-testable.yaml")) as { documents: SetAsideElsewhere[] };
const documents = coverage(indexed, elsewhere);
const clausesOf = (id: string) => documents.find((document) => document.id === id)?.clauses ?? [];

it("names every document of the index and every standard once, those of clusters first", () => {
  const ids = documents.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining([...indexed, ...loadCatalogue().standards].map(({ id }) => id)));
  expect([ids[0], documents.at(-1)?.track]).toEqual(["scs-0200-v1", "IaaS"]);
});

it.each<[requirement: string, coverage: string]>([
  ["scs-0210-v2/patch-recency", "automated"],
  ["scs-0210-v2/minor-recency", "declared"],
  ["scs-0214-v2/control-plane-hosts", "partly"],
  ["scs-0201-v1/conformance-suite", "imported"],
  ["scs-0219-v1/network-policy", "imported"],
])("%s is %s", (id, expected) => {
  const [standard = "", requirement] = id.split("/");
  expect(clausesOf(standard).find((clause) => clause.requirement === requirement)?.coverage).toBe(expected);
});

it("leaves out what no longer reads so, and gives the reason of what is set aside", () => {
  expect(clausesOf("scs-0214-v2").map(({ requirement }) => requirement)).not.toContain("host-id-label");
  expect(clausesOf("scs-0126-v1").every(({ reason }) => reason !== undefined)).toBe(true);
  expect(clausesOf("scs-0218-v1")).toEqual([]);
});

it("knows where each check is used", () => {
  for (const check of checks) expect(usesOf(check).length, check.id).toBeGreaterThan(0);
});
