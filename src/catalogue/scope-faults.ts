/** What a schema cannot say about a scope definition: ids twice, references that lead nowhere, days that do not exist. */
import type { InputFault } from "../model/faults.ts";
import { parseInstant } from "../model/instant.ts";
import type { ScopeFile } from "../model/scope-file.ts";
import type { Located, Path } from "./located.ts";
import { hint } from "./suggest.ts";

export interface Named {
  readonly id: string;
  readonly path: Path;
}

export function scopeFaults(file: ScopeFile, located: Located): InputFault[] {
  const testcases = file.scripts.flatMap((script, index) =>
    script.testcases.map(({ id }, at) => ({ id, path: ["scripts", index, "testcases", at, "id"] })),
  );
  const modules = file.modules.map(({ id }, index) => ({ id, path: ["modules", index, "id"] }));
  const known = testcases.map(({ id }) => id);
  return [
    ...twice("testcase", testcases, located),
    ...twice("module", modules, located),
    ...versionFaults(file, located),
    ...file.modules.flatMap((module, index) =>
      targetFaults(module.targets, ["modules", index, "targets"], known, located),
    ),
    ...file.versions.flatMap((version, index) => [
      ...includeFaults(version, index, file, located),
      ...targetFaults(version.targets, ["versions", index, "targets"], known, located),
    ]),
  ];
}

/** What both forms say of versions and days. */
export function versionFaults(file: Pick<ScopeFile, "timeline"> & Versions, located: Located): InputFault[] {
  const versions = file.versions.map(({ version }, index) => ({ id: version, path: ["versions", index, "version"] }));
  const dates = file.timeline.map(({ date }, index) => ({ id: date, path: ["timeline", index, "date"] }));
  const stable = file.versions.flatMap(({ stabilized_at: id }, index) =>
    id === undefined ? [] : [{ id, path: ["versions", index, "stabilized_at"] }],
  );
  const known = versions.map(({ id }) => id);
  return [
    ...twice("version", versions, located),
    ...twice("timeline entry of", dates, located),
    ...[...dates, ...stable].flatMap(({ id, path }) =>
      parseInstant(id) === undefined ? [located.at(path, `${id} is not a day of the calendar`)] : [],
    ),
    ...file.timeline.flatMap((entry, index) =>
      Object.keys(entry.versions)
        .filter((version) => !known.includes(version))
        .map((version) => located.atKey(["timeline", index, "versions"], version, unknown("version", version, known))),
    ),
  ];
}

interface Versions {
  readonly versions: readonly Pick<ScopeFile["versions"][number], "version" | "stabilized_at">[];
}

export function twice(kind: string, entries: readonly Named[], located: Located): InputFault[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id, path }) => {
    const again = seen.has(id);
    seen.add(id);
    return again ? [located.at(path, `the ${kind} ${id} stands here twice`)] : [];
  });
}

function targetFaults(
  targets: { readonly [target: string]: readonly string[] } | undefined,
  path: Path,
  testcases: readonly string[],
  located: Located,
): InputFault[] {
  return Object.entries(targets ?? {}).flatMap(([target, ids]) =>
    ids.flatMap((id, index) =>
      testcases.includes(id) ? [] : [located.at([...path, target, index], unknown("testcase", id, testcases))],
    ),
  );
}

function includeFaults(
  version: ScopeFile["versions"][number],
  index: number,
  file: ScopeFile,
  located: Located,
): InputFault[] {
  return version.include.flatMap((entry, at) => {
    const path = ["versions", index, "include", at];
    const [ref, given] = typeof entry === "string" ? [entry, {}] : [entry.ref, entry.parameters ?? {}];
    const module = file.modules.find((candidate) => candidate.id === ref);
    if (!module) {
      const known = file.modules.map((candidate) => candidate.id);
      return [located.at(typeof entry === "string" ? path : [...path, "ref"], unknown("module", ref, known))];
    }
    const { parameters = [] } = module;
    return (Array.isArray(parameters) ? parameters : Object.keys(parameters))
      .filter((parameter) => !Object.hasOwn(given, parameter))
      .map((parameter) => located.at(path, `the module ${ref} needs the parameter ${JSON.stringify(parameter)}`));
  });
}

export function unknown(kind: string, id: string, known: readonly string[]): string {
  return `there is no ${kind} ${JSON.stringify(id)} in this file${hint(id, known)}`;
}
