/** Scopes: upstream's definitions as they are, joined with our tables. */
import { type InputFault, UsageError } from "../model/faults.ts";
import { isJsonObject } from "../model/json.ts";
import type { Membership, Scope, ScopeModule } from "../model/scope.ts";
import { ComingScopeFile, ScopeFile } from "../model/scope-file.ts";
import { compiledValue } from "./compiled.ts";
import { scopeDefinitionFiles, scopeTableFiles, standardFiles } from "./embedded.ts";
import { inOrder } from "./in-order.ts";
import { type Located, locate } from "./located.ts";
import { schemaFaults } from "./schema-faults.ts";
import { scopeFaults } from "./scope-faults.ts";
import { asToday, comingFaults } from "./scope-groups.ts";
import { type ScopeTable, scopeName, scopeTables } from "./scope-table.ts";
import { hint } from "./suggest.ts";

/** Short names of the scopes that the suite carries. */
export const scopeNames: readonly string[] = Object.keys(scopeTableFiles).map(scopeName);

/** Definition of a scope that the suite carries. Throws UsageError for a name it does not know. */
export function embeddedScope(name: string): { readonly id: string; readonly text: string } {
  const table = scopeTables().find((candidate) => candidate.name === name);
  const text = table && scopeDefinitionFiles[`scopes/${table.definition}`];
  if (text !== undefined) return { id: name, text };
  throw new UsageError(
    `There is no scope ${JSON.stringify(name)}${hint(name, scopeNames)}`,
    "Give the path of a scope file, or one of the names that `list scopes` shows.",
  );
}

/** What the suite says a scope is for; undefined for a scope it does not carry. */
export function scopeDescription(name: string): string | undefined {
  return scopeTables().find((table) => table.name === name)?.description;
}

/**
 * A scope from a definition in one of upstream's forms, today's (modules) or the coming one (groups). Requirements and standards
 * come from our tables, by testcase and module id; earlier days only for the scope they belong to, by uuid. Throws UsageError
 * with every fault, each with line and column.
 */
export function parseScope(source: { readonly id: string; readonly text: string; readonly file: string }): Scope {
  const ready = compiledValue(source.text);
  if (ready !== undefined) return build(source.id, ready as ScopeFile);
  const located = locate(source.file, source.text);
  const { faults, file } = isJsonObject(located.value) && "groups" in located.value ? coming(located) : today(located);
  if (file === undefined) throw refusal(faults, located.value);
  return build(source.id, file);
}

interface Read {
  readonly faults: readonly InputFault[];
  /** Undefined when there are faults. */
  readonly file?: ScopeFile;
}

function today(located: Located): Read {
  const shape = [...located.faults, ...(located.value === undefined ? [] : schemaFaults(ScopeFile, located))];
  if (shape.length > 0) return { faults: shape };
  const file = located.value as ScopeFile;
  const faults = scopeFaults(file, located);
  return faults.length > 0 ? { faults } : { faults, file };
}

function coming(located: Located): Read {
  const shape = [...located.faults, ...schemaFaults(ComingScopeFile, located)];
  if (shape.length > 0) return { faults: shape };
  const file = located.value as ComingScopeFile;
  const faults = comingFaults(file, located);
  return faults.length > 0 ? { faults } : { faults, file: asToday(file) };
}

function refusal(faults: readonly InputFault[], value: unknown): UsageError {
  const form = isJsonObject(value) && "groups" in value ? "scope-coming" : "scope";
  const text = JSON.stringify(value) ?? "";
  const older = /"(standards|check_tools|run|tags)":/.test(text);
  const advice = older
    ? "This is an older form of upstream's definitions; take today's from Tests/ of SovereignCloudStack/standards."
    : `Compare with standards/schemas/${form}.schema.json.`;
  return new UsageError(inOrder(faults), advice);
}

function build(id: string, file: ScopeFile): Scope {
  const tables = scopeTables();
  const own = tables.find((table) => table.uuid === file.uuid);
  // maps, because ids of a file may be names that every object has
  const requirements = new Map(tables.flatMap((table) => Object.entries(table.testcases)));
  return {
    id,
    uuid: file.uuid,
    name: file.name,
    url: file.url,
    versions: file.versions.map((version) => ({
      version: version.version,
      stabilizedAt: version.stabilized_at,
      memberships: memberships(version.version, modulesOf(version, file, tables), own),
    })),
    timeline: file.timeline.map(({ date, versions }) => ({ date, versions: { ...versions } })),
    testcases: file.scripts.flatMap((script) =>
      script.testcases.map((testcase) => ({
        id: testcase.id,
        lifetime: testcase.lifetime ?? "week",
        section: testcase.section,
        description: testcase.description?.trim() ?? "",
        url: testcase.url,
        requirements: requirements.get(testcase.id) ?? [],
      })),
    ),
    submittable: own?.submittable ?? true,
  };
}

function modulesOf(
  version: ScopeFile["versions"][number],
  file: ScopeFile,
  tables: readonly ScopeTable[],
): ScopeModule[] {
  const standards = new Map(tables.flatMap((table) => Object.entries(table.modules)));
  const included = version.include.flatMap((entry) => {
    const ref = typeof entry === "string" ? entry : entry.ref;
    const module = file.modules.find((candidate) => candidate.id === ref);
    if (!module) return [];
    const standard = standards.get(ref) ?? (`kaas/${ref}.yaml` in standardFiles ? ref : undefined);
    const parameters = typeof entry === "string" ? undefined : entry.parameters;
    const given = parameters === undefined ? {} : { parameters: { ...parameters } };
    const { name, url, targets = {} } = module;
    return [{ id: ref, name: name?.trim() ?? ref, url, standard, targets, ...given }];
  });
  if (!version.targets) return included;
  const extra = { id: version.version, name: version.version, url: undefined, standard: undefined };
  return [...included, { ...extra, targets: version.targets }];
}

/** One membership for each span between the days on which something changed. */
function memberships(version: string, today: readonly ScopeModule[], table: ScopeTable | undefined): Membership[] {
  const past = (table?.memberships ?? []).filter((entry) => entry.version === version);
  const days = [...new Set(past.flatMap((entry) => [entry.from, entry.until]))]
    .filter((day) => day !== undefined)
    .sort();
  return [undefined, ...days].map((from, index) => {
    const ruling = past.filter(
      (entry) =>
        (entry.from === undefined || (from !== undefined && entry.from <= from)) &&
        (entry.until === undefined || from === undefined || from < entry.until),
    );
    const modules = today.map((module) => {
      const other = ruling.find((entry) => Object.hasOwn(entry.modules, module.id));
      return { ...module, targets: other?.modules[module.id] ?? module.targets };
    });
    return { from, until: days[index], modules };
  });
}
