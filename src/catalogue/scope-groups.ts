/** Scopes in upstream's coming form: what a schema cannot say about groups, and the same scope in today's form. */
import type { InputFault } from "../model/faults.ts";
import type { ComingScopeFile, ScopeFile } from "../model/scope-file.ts";
import type { Located } from "./located.ts";
import { twice, unknown, versionFaults } from "./scope-faults.ts";

type Group = ComingScopeFile["groups"][number];

export function comingFaults(file: ComingScopeFile, located: Located): InputFault[] {
  const testcases = file.scripts.flatMap((script, index) =>
    script.testcases.map(({ id }, at) => ({ id, path: ["scripts", index, "testcases", at, "id"] })),
  );
  const groups = file.groups.map(({ id }, index) => ({ id, path: ["groups", index, "id"] }));
  // both are named by the same references
  const tests = [...testcases, ...groups];
  const known = tests.map(({ id }) => id);
  const there = new Set(known);
  const faults = [
    ...twice("test", tests, located),
    ...versionFaults(file, located),
    ...file.groups.flatMap(({ include = [] }, index) =>
      include.flatMap((id, at) =>
        there.has(id) ? [] : [located.at(["groups", index, "include", at], unknown("test", id, known))],
      ),
    ),
    ...file.versions.flatMap(({ test }, index) =>
      there.has(test) ? [] : [located.at(["versions", index, "test"], unknown("test", test, known))],
    ),
  ];
  return faults.length > 0 ? faults : rings(file.groups, located);
}

/** Nobody's groups stand in one another deeper than a few levels. */
const deepest = 32;

/** The first group that leads back to itself, or deeper than anybody nests. */
function rings(groups: readonly Group[], located: Located): InputFault[] {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const sound = new Set<string>();
  const endless = (id: string, above: readonly string[]): boolean => {
    if (above.includes(id) || above.length > deepest) return true;
    const include = sound.has(id) ? [] : (byId.get(id)?.include ?? []);
    if (include.some((child) => endless(child, [...above, id]))) return true;
    sound.add(id);
    return false;
  };
  const index = groups.findIndex(({ id }) => endless(id, []));
  if (index < 0) return [];
  return [
    located.at(["groups", index, "id"], `the group ${groups[index]?.id} leads to itself, or is nested too deeply`),
  ];
}

/**
 * What it says in today's form: each group of a version's tree that includes testcases, or nothing, is a module of it. Without
 * targets all testcases of a version count, so they are of target `main` (scs_cert_lib.py of that branch, collect_testcases).
 */
export function asToday({ groups, versions, ...head }: ComingScopeFile): ScopeFile {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const testcasesOf = ({ include = [] }: Group) => include.filter((id) => !byId.has(id));
  return {
    ...head,
    modules: groups.map((group) => {
      const main = testcasesOf(group);
      return {
        id: group.id,
        ...(group.name !== undefined && { name: group.name }),
        ...(group.url !== undefined && { url: group.url }),
        targets: main.length > 0 ? { main } : {},
      };
    }),
    versions: versions.map(({ version, test, stabilized_at }) => ({
      version,
      ...(stabilized_at !== undefined && { stabilized_at }),
      include: [...below(test, byId)].filter((id) => {
        const group = byId.get(id);
        return group && (testcasesOf(group).length > 0 || (group.include ?? []).length === 0);
      }),
      ...(byId.has(test) ? {} : { targets: { main: [test] } }),
    })),
  };
}

/** Every id of a tree without rings, each once, in the order of the file. */
function below(id: string, groups: ReadonlyMap<string, Group>, seen: Set<string> = new Set()): ReadonlySet<string> {
  if (!seen.has(id)) {
    seen.add(id);
    for (const child of groups.get(id)?.include ?? []) below(child, groups, seen);
  }
  return seen;
}
