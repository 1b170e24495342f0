/** explain: one requirement as a person wants to know it. */
import { checks } from "../../checks/index.ts";
import type { RequirementInForce } from "../engine/requirements.ts";
import { instantAt } from "../model/instant.ts";
import { checkSections, clauseLines, type Section } from "./explain-text.ts";
import type { SelectionOptions } from "./options.ts";
import { loadScope } from "./scope.ts";
import { selectedRequirements } from "./selected.ts";

/** Explains every requirement that the id names: of a requirement, check, standard or testcase. */
export async function explain(id: string, selection: SelectionOptions, now: () => Date): Promise<string> {
  const { scope } = await loadScope(selection.scope, selection.scopeVersion);
  const asOf = selection.asOf ?? instantAt(now().getTime());
  return selectedRequirements(scope, { ...selection, only: [id], skip: [] }, asOf)
    .map(explainRequirement)
    .join("\n\n");
}

function explainRequirement({
  id,
  standard,
  requirement,
  statement,
  status,
  binding,
  testcases,
}: RequirementInForce): string {
  const check = checks.find((candidate) => candidate.id === requirement.check);
  const standing = {
    tested: `binding, counted by ${testcases.map((testcase) => testcase.id).join(", ")}`,
    attested: "binding, no testcase counts this: it is attested by the provider",
    advisory: "advisory: never turns the verdict red",
  }[binding ?? "advisory"];
  return [
    `${id}: ${requirement.title}`,
    `  ${statement.level.toUpperCase()} of ${standard.title} (${status}); ${standing}`,
    "",
    section({ title: "Clause", lines: clauseLines(standard, statement) }),
    ...(check ? checkSections(check).map(section) : []),
    ...(requirement.limits === undefined
      ? []
      : [section({ title: "What cannot be seen", lines: [requirement.limits] })]),
    ...(requirement.question === undefined
      ? []
      : [section({ title: "Asked of the provider", lines: [requirement.question] })]),
  ].join("\n");
}

function section({ title, lines }: Section): string {
  return [`  ${title}`, ...lines.flatMap((line) => line.trimEnd().split("\n")).map((line) => `    ${line}`)].join("\n");
}
