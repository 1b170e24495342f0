/** docs/generated/checks/: one page for each check, of the same text as `explain`. */
import { checks, usesOf } from "../src/app/coverage.ts";
import { checkSections, clauseLines } from "../src/app/explain-text.ts";
import type { AnyCheck } from "../src/model/check.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { prose } from "./markdown.ts";

export function generateCheckPages(): GeneratedFile[] {
  return checks.map((check) => ({ path: `docs/generated/checks/${check.id}.md`, text: page(check) }));
}

function page(check: AnyCheck): string {
  return [
    `# ${check.id}`,
    `- passes: ${prose(check.title.pass)}\n- fails: ${prose(check.title.fail)}`,
    ...section("Clauses", usesOf(check).map(clause)),
    ...parameters(check),
    ...checkSections(check).flatMap(({ title, lines }) => section(title.replace(/ \(.*/, ""), lines.map(prose))),
  ]
    .join("\n\n")
    .concat("\n");
}

function clause({ standard, requirement, statement }: ReturnType<typeof usesOf>[number]): string {
  const { status } = standard.status.at(-1) ?? {};
  const [sentence = "", url = "", origin = ""] = clauseLines(standard, statement);
  const given = Object.entries(statement.parameters ?? {}).map(([name, value]) =>
    typeof value === "object" ? name : `${name} ${String(value)}`,
  );
  const asked = given.length === 0 ? "" : ` Parameters: ${prose(given.join(", "))}.`;
  return `\`${standard.id}/${requirement.id}\`, ${statement.level.toUpperCase()}, ${status}: ${prose(sentence)} [Text](${url}), ${origin}.${asked}`;
}

function parameters(check: AnyCheck): readonly string[] {
  const lines = Object.entries(check.parameters.properties).map(
    ([name, schema]) => `\`${name}\` (${JSON.stringify(schema.default)}): ${prose(schema.description ?? "")}`,
  );
  return lines.length === 0 ? [] : section("Parameters and their defaults", lines);
}

/** One line is a paragraph, several are a list. */
function section(title: string, lines: readonly string[]): readonly string[] {
  const written = lines.map((line) => line.trimEnd());
  const [only = ""] = written;
  const body = written.length === 1 ? only : written.map((line) => `- ${line.replaceAll("\n", "\n  ")}`).join("\n");
  return [`## ${title}`, body];
}
