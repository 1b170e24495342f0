/** list: the catalogue, one entry a line. */
import { checks } from "../../checks/index.ts";
import { reporters } from "../../reporters/index.ts";
import { scopeNames } from "../catalogue/scope.ts";
import type { RequirementInForce } from "../engine/requirements.ts";
import { instantAt } from "../model/instant.ts";
import { probes } from "../probes/index.ts";
import type { SelectionOptions } from "./options.ts";
import { loadScope } from "./scope.ts";
import { selectedRequirements } from "./selected.ts";

export type ListTopic = "standards" | "requirements" | "checks" | "probes" | "formats" | "scopes";

export async function listCatalogue(topic: ListTopic, selection: SelectionOptions, now: () => Date): Promise<string> {
  switch (topic) {
    case "standards":
      return table(standards(await inForce(selection, now)));
    case "requirements":
      return table((await inForce(selection, now)).map(requirementRow));
    case "checks":
      return table(checks.map((check) => [check.id, check.title.pass]));
    case "probes":
      return table(probes.map((probe) => [probe.id, probe.tier, probe.title]));
    case "formats":
      return table(Object.entries(reporters).map(([name, reporter]) => [name, reporter.file, reporter.title]));
    case "scopes":
      return table(await Promise.all(scopeNames.map(scopeRow)));
  }
}

async function inForce(selection: SelectionOptions, now: () => Date): Promise<readonly RequirementInForce[]> {
  const { scope } = await loadScope(selection.scope, selection.scopeVersion);
  return selectedRequirements(scope, selection, selection.asOf ?? instantAt(now().getTime()));
}

function requirementRow({ id, statement, binding, requirement, status }: RequirementInForce): readonly string[] {
  const decided = requirement.check ?? "question";
  return [id, statement.level, binding ?? "advisory", status, decided, requirement.title];
}

function standards(requirements: readonly RequirementInForce[]): readonly (readonly string[])[] {
  const byId = new Map<string, RequirementInForce[]>();
  for (const requirement of requirements) {
    byId.set(requirement.standard.id, [...(byId.get(requirement.standard.id) ?? []), requirement]);
  }
  return [...byId.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const binding = own.filter((requirement) => requirement.binding !== undefined).length;
    const counted = own.length === 1 ? "1 requirement" : `${own.length} requirements`;
    return [
      [first.standard.id, first.status, counted, binding > 0 ? `${binding} binding` : "advisory", first.standard.title],
    ];
  });
}

async function scopeRow(name: string): Promise<readonly string[]> {
  const { scope } = await loadScope(name, undefined);
  return [name, scope.versions.map((version) => version.version).join(", "), scope.name];
}

function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, n) => (n === row.length - 1 ? cell : cell.padEnd(widths[n] ?? 0))).join("  "))
    .join("\n");
}
