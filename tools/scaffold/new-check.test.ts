import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseStandard } from "../../src/catalogue/standards.ts";
import type { AnyCheck } from "../../src/model/check.ts";
import { UsageError } from "../../src/model/faults.ts";
import { judge } from "../../tests/support/check-table.ts";
import { nodes } from "../../tests/support/facts.ts";
import { newCheck } from "./new-check.ts";

const project = path.resolve(import.meta.dirname, "../..");
let root: string;

// below node_modules, so that the new check's own imports are found
beforeEach(() => {
  root = mkdtempSync(path.join(project, "node_modules", ".scaffold-"));
  cpSync(path.join(project, "checks"), path.join(root, "checks"), { recursive: true });
  for (const folder of ["kaas", "iaas", "proposed"])
    cpSync(path.join(project, "standards", folder), path.join(root, "standards", folder), { recursive: true });
  symlinkSync(path.join(project, "src"), path.join(root, "src"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const wanted = {
  id: "scs-0214/a-new-one",
  facts: ["kube/nodes"],
  requirement: "scs-0214-v2/brand-new",
  level: "must",
} as const;

function snapshot(): { [file: string]: string } {
  const files = ["checks", "standards"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8", withFileTypes: false }).map((file) =>
      path.join(folder, file),
    ),
  );
  return Object.fromEntries(files.filter((file) => /\.(ts|yaml)$/.test(file)).map((file) => [file, read(file)]));
}

it("touches four files and leaves the rest of each as it was", () => {
  const before = snapshot();
  const touched = newCheck(root, wanted);
  const after = snapshot();
  const changed = Object.keys(after).filter((file) => after[file] !== before[file]);
  expect(changed.sort()).toEqual([...touched].sort());
  expect(changed).toHaveLength(4);
  const added = (file: string) => {
    const old = new Set(before[file]?.split("\n"));
    return after[file]?.split("\n").filter((line) => !old.has(line));
  };
  expect(added("checks/index.ts")).toEqual(['import { aNewOne } from "./scs-0214/a-new-one.ts";', "  aNewOne,"]);
  expect(added("standards/kaas/scs-0214-v2.yaml")).toContain("  - id: brand-new");
});

it("keeps the index in the order of ids", () => {
  newCheck(root, wanted);
  const ids = [...read("checks/index.ts").matchAll(/from "\.\/(.*)\.ts"/g)].map(([, id]) => id);
  expect(ids).toEqual([...ids].sort());
});

it("writes a check that builds and answers, and a row that it does not meet", async () => {
  newCheck(root, wanted);
  const { outputFiles } = await build({
    entryPoints: [path.join(root, "checks/scs-0214/a-new-one.ts")],
    bundle: true,
    format: "esm",
    write: false,
    preserveSymlinks: true,
    logLevel: "silent",
  });
  const bundle = `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString("base64")}`;
  const { aNewOne } = (await import(/* @vite-ignore */ bundle)) as { aNewOne: AnyCheck };
  expect(aNewOne.id).toBe("scs-0214/a-new-one");
  expect(judge(aNewOne, { facts: { "kube/nodes": nodes() } }).outcome).toBe("undetermined");
  expect(read("checks/scs-0214/a-new-one.test.ts")).toContain('outcome: "fail"');
});

it("adds a requirement that the catalogue can read, as binding as asked for", () => {
  newCheck(root, wanted);
  const { requirements } = parseStandard("x", read("standards/kaas/scs-0214-v2.yaml"));
  expect(requirements.at(-1)).toMatchObject({
    id: "brand-new",
    check: "scs-0214/a-new-one",
    statements: [
      { from: "2026-04-28", level: "must", keyword: "MUST", text: expect.stringContaining("TODO") as string },
    ],
  });
});

it("puts the check under a requirement that has only a question", () => {
  newCheck(root, { ...wanted, requirement: "scs-0214-v2/labels-current" });
  const { requirements } = parseStandard("x", read("standards/kaas/scs-0214-v2.yaml"));
  expect(requirements.find(({ id }) => id === "labels-current")?.check).toBe("scs-0214/a-new-one");
});

it("keeps what stands behind the requirements behind them", () => {
  newCheck(root, { ...wanted, id: "scs-0215/a-new-one", requirement: "scs-0215-v1/brand-new" });
  const document = parseStandard("x", read("standards/kaas/scs-0215-v1.yaml"));
  expect(document.requirements.at(-1)?.id).toBe("brand-new");
  expect(document.notNormative).toHaveLength(1);
});

it.each([
  ["proposed/a-new-one", "proposed-etcd-flavor-v1/brand-new", "standards/proposed/etcd-flavor.yaml"],
  ["scs-0100/a-new-one", "scs-0100-v3/brand-new", "standards/iaas/scs-0100-v3.yaml"],
])("starts %s for %s in the standard's own file", (id, requirement, file) => {
  expect(newCheck(root, { ...wanted, id, requirement })).toContain(file);
  const { requirements } = parseStandard("x", read(file));
  expect(requirements.at(-1)).toMatchObject({ id: "brand-new", check: id });
});

it("gives a name of its own to a check whose short name is taken", () => {
  newCheck(root, { ...wanted, id: "scs-0219/topology-labels" });
  expect(read("checks/index.ts")).toContain('import { scs0219TopologyLabels } from "./scs-0219/topology-labels.ts";');
});

it.each([
  ["an existing id", { id: "scs-0214/topology-labels" }, /topology-labels\.ts exists already/],
  [
    "a requirement with a check",
    { requirement: "scs-0214-v2/topology-labels" },
    /has a check already: scs-0214\/topology-labels/,
  ],
  [
    "no such standard",
    { requirement: "scs-9999-v1/x" },
    /there is no standard scs-9999-v1; there are: .*proposed-etcd-flavor-v1.*scs-0201/,
  ],
  ["no such fact", { facts: ["kube/cheese"] }, /there is no fact "kube\/cheese"; there are: cloud\/api-load-balancer/],
  ["no fact", { facts: [] }, /name at least one fact/],
  ["a path instead of an id", { id: "../../etc/passwd" }, /is no check id/],
  ["no requirement", { requirement: "" }, /is no requirement id/],
])("refuses %s and writes nothing", (_, given, message) => {
  const before = snapshot();
  expect(() => newCheck(root, { ...wanted, ...given })).toThrow(UsageError);
  expect(() => newCheck(root, { ...wanted, ...given })).toThrow(message);
  expect(snapshot()).toEqual(before);
});
