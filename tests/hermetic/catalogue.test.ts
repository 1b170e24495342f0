/** The norms as data against what they were made of: nothing left out, nothing claimed beyond the sentence. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { compiledValue } from "../../src/catalogue/compiled.ts";
import {
  embeddedFiles,
  flavorsFile,
  okToFailFile,
  scopeDefinitionFiles,
  scopeTableFiles,
  standardFiles,
} from "../../src/catalogue/embedded.ts";
import { readFlavors } from "../../src/catalogue/flavors.ts";
import { readOkToFail } from "../../src/catalogue/ok-to-fail.ts";
import { embeddedScope, parseScope, scopeNames } from "../../src/catalogue/scope.ts";
import { readTable, scopeTables } from "../../src/catalogue/scope-table.ts";
import { loadCatalogue, parseStandard } from "../../src/catalogue/standards.ts";
import { sha256 } from "../../src/model/digest.ts";

const root = path.resolve(import.meta.dirname, "../../standards");
const { standards } = loadCatalogue();
const requirementIds = standards.flatMap(({ id, requirements }) => requirements.map((entry) => `${id}/${entry.id}`));

test("every YAML file below standards/ is carried by the suite, as it stands there", () => {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.split(path.sep).join("/"))
    // read by the coverage page and by clauses.test.ts alone
    .filter((file) => file !== "not-testable.yaml");
  expect(Object.keys(embeddedFiles).sort()).toEqual(files.sort());
  for (const file of files) expect(embeddedFiles[file]).toBe(readFileSync(path.join(root, file), "utf8"));
});

test("what was compiled is what the files say, and they have no faults", () => {
  for (const [file, text] of Object.entries(standardFiles)) expect(standards).toContainEqual(parseStandard(file, text));
  for (const [file, text] of Object.entries(scopeTableFiles))
    expect(compiledValue(text)).toEqual(readTable(file, text));
  for (const [file, text] of Object.entries(okToFailFile))
    expect(compiledValue(text)).toEqual(readOkToFail(file, text));
  for (const [file, text] of Object.entries(flavorsFile)) expect(compiledValue(text)).toEqual(readFlavors(file, text));
  for (const [file, text] of Object.entries(scopeDefinitionFiles))
    expect(parseScope({ id: file, text: `${text}# `, file })).toEqual(parseScope({ id: file, text, file }));
  expect(Object.values(embeddedFiles).filter((text) => compiledValue(text) === undefined)).toEqual([]);
});

test("titles name the matter and leave the level to the statement", () => {
  for (const { requirements } of standards)
    for (const { title } of requirements) expect(title).not.toMatch(/\b(must|should|may|shall|required)\b/i);
});

test("what no kubeconfig can show says why, and asks in whole questions", () => {
  for (const { requirements } of standards)
    for (const { check, question, limits } of requirements) {
      if (check === undefined) expect(limits).toBeDefined();
      if (question !== undefined) expect(question).toMatch(/\?/);
    }
});

test("statements of the days on which a text changed", () => {
  const on = (id: string, day: string) => {
    const [standard, name] = id.split("/");
    const found = standards.find((entry) => entry.id === standard)?.requirements.find((entry) => entry.id === name);
    const statement = found?.statements.find(({ from, until }) => from <= day && (until === undefined || day < until));
    return statement && [statement.level, statement.parameters ?? {}];
  };
  expect(on("scs-0210-v2/patch-recency", "2024-09-01")).toEqual(["must", { days: 7 }]);
  expect(on("scs-0210-v2/patch-recency", "2026-04-19")).toEqual(["must", { days: 14 }]);
  expect(on("scs-0210-v2/patch-recency", "2026-04-20")).toEqual(["must", { days: 31 }]);
  expect(on("scs-0210-v2/critical-patch-recommended", "2026-11-23")).toEqual(["should", { days: 2, score: 8 }]);
  expect(on("scs-0214-v2/control-plane-zones", "2026-04-27")?.[0]).toBe("must");
  expect(on("scs-0214-v2/control-plane-zones", "2026-04-28")).toEqual(["should", { minZones: 2 }]);
  expect(on("scs-0214-v2/host-id-label", "2024-11-20")?.[0]).toBe("must");
  expect(on("scs-0214-v2/host-id-label", "2024-11-21")).toBeUndefined();
  expect(on("scs-0215-v1/etcd-compaction", "2026-11-23")).toEqual(["must", { mode: "periodic", retention: "8h" }]);
});

test("upstream's scope loads unchanged: timeline, lifetimes, targets", () => {
  const { text } = embeddedScope("scs-compatible-kaas");
  const scope = parseScope({ id: "scs-compatible-kaas", text, file: "upstream" });
  expect(sha256(text)).toBe("f422f2c1ff0571fb04059f08a371a8aa2bb9e05bc1002522fd15b5417a4e89af");
  expect(scope).toMatchObject({
    uuid: "1fffebe6-fd4b-44d3-a36c-fc58b4bb0180",
    name: "SCS-compatible KaaS",
    submittable: true,
    timeline: [
      { date: "2024-11-26", versions: { v1: "effective" } },
      { date: "2024-02-28", versions: { v1: "draft" } },
    ],
  });
  expect(scope.testcases.map(({ id, lifetime, section }) => [id, lifetime, section])).toEqual([
    ["cncf-k8s-conformance", "year", "heavy"],
    ["version-policy-check", "week", "light"],
    ["node-distribution-check", "week", undefined],
    ["kaas-networking-check", "month", "heavy"],
  ]);
  const [version, ...others] = scope.versions;
  expect(others).toEqual([]);
  const main = version?.memberships.map(({ from, until, modules }) => ({
    from,
    until,
    main: modules.flatMap(({ targets }) => targets.main ?? []),
    standards: modules.map(({ standard }) => standard),
  }));
  const included = ["scs-0201-v1", "scs-0210-v2", "scs-0214-v2", "scs-0219-v1"];
  const [cncf, policy, networking] = ["cncf-k8s-conformance", "version-policy-check", "kaas-networking-check"];
  expect(main).toEqual([
    {
      from: undefined,
      until: "2026-04-28",
      main: [cncf, policy, "node-distribution-check", networking],
      standards: included,
    },
    { from: "2026-04-28", until: undefined, main: [cncf, policy, networking], standards: included },
  ]);
});

test("the scope of drafts: own uuid, not to be handed in, testcases named as scs-0003-v2 wants", () => {
  const { text } = embeddedScope("scs-kaas-drafts");
  const scope = parseScope({ id: "scs-kaas-drafts", text, file: "own" });
  expect(scope.submittable).toBe(false);
  for (const { id, requirements } of scope.testcases) {
    expect(id).toMatch(/^scs-\d{4}-/);
    expect(requirements.length).toBeGreaterThan(0);
  }
  expect(scope.versions[0]?.memberships.flatMap(({ modules }) => modules.map(({ standard }) => standard))).toEqual([
    "scs-0211-v2",
    "scs-0215-v1",
    "scs-0217-v1",
  ]);
});

test("tables lead to requirements, standards, testcases and modules that exist", () => {
  const uuids = scopeTables().map(({ uuid }) => uuid);
  expect(new Set(uuids).size).toBe(scopeNames.length);
  for (const table of scopeTables()) {
    const { id, text } = embeddedScope(table.name);
    const scope = parseScope({ id, text, file: id });
    expect(scope.uuid).toBe(table.uuid);
    expect(Object.keys(table.testcases).sort()).toEqual(scope.testcases.map((testcase) => testcase.id).sort());
    for (const requirement of Object.values(table.testcases).flat()) expect(requirementIds).toContain(requirement);
    for (const standard of Object.values(table.modules)) expect(standards.map((entry) => entry.id)).toContain(standard);
    for (const { version, modules } of table.memberships ?? []) {
      const known = scope.versions.find((entry) => entry.version === version)?.memberships[0]?.modules ?? [];
      expect(known.map((module) => module.id)).toEqual(expect.arrayContaining(Object.keys(modules)));
    }
  }
});
