/** explain: one requirement as a person wants to know it. */
import { checks } from "../../checks/index.ts";
import type { RequirementInForce } from "../engine/requirements.ts";
import type { AnyCheck } from "../model/check.ts";
import { instantAt } from "../model/instant.ts";
import { probes } from "../probes/index.ts";
import type { SelectionOptions } from "./options.ts";
import { describeRight } from "./plan-run.ts";
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
    section("Clause", [
      `"${statement.text}"`,
      `${standard.url}#${statement.anchor}`,
      `text of ${statement.from}, ${standard.source.licence}, sha256 ${statement.sha256}`,
    ]),
    ...(check ? aboutCheck(check) : []),
    ...(requirement.limits === undefined ? [] : [section("What cannot be seen", [requirement.limits])]),
    ...(requirement.question === undefined ? [] : [section("Asked of the provider", [requirement.question])]),
  ].join("\n");
}

function aboutCheck(check: AnyCheck): readonly string[] {
  const { all = [], oneOf = [], uses = [] } = check.needs;
  const facts = [...new Set<string>([...all, ...oneOf.flat(), ...uses])];
  const own = probes.filter((probe) => facts.includes(probe.id));
  const rights = [...new Set(own.flatMap((probe) => probe.rights.map(describeRight)))];
  const platforms = Object.entries(check.remediation.platforms ?? {});
  return [
    section("Why", [check.why]),
    section(`Looked at (${check.id})`, [
      check.looksAt,
      ...(all.length > 0 ? [`needs ${all.join(", ")}`] : []),
      ...oneOf.map((group) => `needs one of ${group.join(", ")}`),
      ...(uses.length > 0 ? [`uses ${uses.join(", ")}`] : []),
    ]),
    ...(rights.length > 0 ? [section("Rights, tier observe", rights)] : []),
    section("How to mend it", [check.remediation.text, ...platforms.map(([name, text]) => `${name}: ${text}`)]),
    ...(check.accepted && check.accepted.length > 0 ? [section("Accepted to be weak or wrong", check.accepted)] : []),
  ];
}

function section(title: string, lines: readonly string[]): string {
  return [`  ${title}`, ...lines.flatMap((line) => line.trimEnd().split("\n")).map((line) => `    ${line}`)].join("\n");
}
