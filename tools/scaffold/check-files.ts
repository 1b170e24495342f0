/** The text of a new check and of its test: both say what is still to be written, and the test fails until it is. */

/** `kubelet-anonymous` becomes `kubeletAnonymous`. */
export function identifierOf(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export function checkText(id: string, identifier: string, facts: readonly string[]): string {
  const [first = ""] = facts;
  const needs = facts.map((fact) => JSON.stringify(fact)).join(", ");
  return `import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { undetermined } from "../../src/model/finding.ts";

export const ${identifier} = defineCheck({
  id: "${id}",
  title: {
    pass: "TODO: what is true of the cluster when it passes",
    fail: "TODO: what is true of the cluster when it fails",
  },
  why: "TODO: why anyone cares.",
  looksAt: "TODO: what is looked at, and how it decides.",
  needs: { all: [${needs}] },
  parameters: Type.Object({}),
  remediation: { text: "TODO: how to mend it; \`platforms\` where a platform has its own way." },
  evaluate({ facts }) {
    const seen = facts["${first}"];
    const missing = { fact: "${first}", reason: "not-visible", resolve: "a check that is written" } as const;
    return undetermined("TODO: nothing is decided yet", [missing], { seen: Object.keys(seen) });
  },
});
`;
}

export function testText(name: string, identifier: string): string {
  return `import { describeCheck } from "../../tests/support/check-table.ts";
import { ${identifier} } from "./${name}.ts";

describeCheck(
  ${identifier},
  ["pass", "fail", "undetermined"],
  [
    // TODO: the smallest evidence that disproves it (builders: tests/support/facts.ts); then a row for every outcome
    { name: "the smallest violation", facts: {}, outcome: "fail" },
  ],
);
`;
}

/** Adds import and entry to checks/index.ts, both in the order of ids. */
export function indexText(index: string, id: string, identifier: string): string {
  const imports = /^import \{ (\w+) \} from "\.\/([\w/-]+)\.ts";$/gm;
  const known = [...index.matchAll(imports)].map(([, name = "", path = ""]) => ({ name, path }));
  const all = [...known, { name: identifier, path: id }].sort((a, b) => (a.path < b.path ? -1 : 1));
  const head = index.slice(0, index.search(imports));
  const importLines = all.map(({ name, path }) => `import { ${name} } from "./${path}.ts";\n`).join("");
  const entries = all.map(({ name }) => `  ${name},\n`).join("");
  return `${head}${importLines}\nexport const checks: readonly AnyCheck[] = [\n${entries}];\n`;
}

/** Names that checks/index.ts already uses. */
export function identifiersIn(index: string): ReadonlySet<string> {
  return new Set([...index.matchAll(/^import \{ (\w+) \}/gm)].map(([, name = ""]) => name));
}
