/** Which folder may import which, and where packages live. Type imports count: a type is a dependency, too. */
import path from "node:path";
import type { Breach } from "./breach.ts";
import { homes, mayImport, pureFolders, pureImports } from "./law.ts";
import { folderOf, type Import, type Source, unknownSpecifier } from "./source.ts";

export function importBreaches(source: Source): readonly Breach[] {
  if (source.isTest) return [];
  return source.imports.flatMap((one) =>
    one.specifier.startsWith(".") ? ofOurs(source, one) : [...ofPackages(source, one), ...ofPure(source, one)],
  );
}

function ofOurs(source: Source, { specifier, line }: Import): readonly Breach[] {
  const target = path.posix.join(path.posix.dirname(source.path), specifier.replace(/\?raw$/, ""));
  const to = folderOf(target);
  const breach = (found: string, instead: string): readonly Breach[] => [
    { file: source.path, line, rule: "import-law", found, instead },
  ];
  if (to === "tests" || /\.(test|testing)\.ts$/.test(target)) {
    return breach(`imports ${target}, which only tests may`, "move what both need into the folder it belongs to");
  }
  const allowed = mayImport[source.folder] ?? [];
  if (to === source.folder || allowed.includes(to)) return [];
  return breach(`${source.folder} imports ${target}`, adviceFor(source.folder, to, allowed));
}

function adviceFor(from: string, to: string, allowed: readonly string[]): string {
  if (to === "cli" || to === "tools") return `nobody imports ${to}; move what is needed into src/app or src/model`;
  if (from === "model") return "model imports nothing of ours; move the word or type it needs into src/model";
  if (from === "cli" || from === "tools") return "call a use case of src/app; add one there if none fits";
  if (allowed.length === 0) return `${from} imports nothing of ours; pass what it needs as an argument`;
  return `${from} may import ${allowed.join(", ")}; put the shared type into src/model, or let src/app pass ${to} in as an argument`;
}

function ofPackages(source: Source, { specifier, line }: Import): readonly Breach[] {
  if (specifier === unknownSpecifier) {
    const found = "imports a module whose name is computed";
    const instead = "write the name out, so that the law and the bundler can see it";
    return source.path.startsWith("tools/") ? [] : [{ file: source.path, line, rule: "import-law", found, instead }];
  }
  const home = Object.entries(homes).find(([name]) =>
    name.endsWith("/") ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
  );
  if (!home || home[1].some((prefix) => source.path.startsWith(prefix))) return [];
  const where = home[1].length === 0 ? "tests" : home[1].join(" and ");
  const instead = `only ${where} may; its types stay there as well: describe what you need in src/model`;
  return [{ file: source.path, line, rule: "package-home", found: `imports ${specifier}`, instead }];
}

function ofPure(source: Source, { specifier, line, names }: Import): readonly Breach[] {
  if (!pureFolders.includes(source.folder)) return [];
  const allowed = pureImports[specifier];
  const breach = (found: string, instead: string): readonly Breach[] => [
    { file: source.path, line, rule: "pure-import", found, instead },
  ];
  if (allowed === undefined) {
    const may = Object.keys(pureImports).join(", ");
    return breach(`${source.folder} imports ${specifier}`, `${source.folder} is pure: it may import ${may}`);
  }
  const foreign = allowed === "all" ? [] : names.filter((name) => !allowed.includes(name));
  return foreign.length === 0 || allowed === "all"
    ? []
    : breach(`takes ${foreign.join(", ")} from ${specifier}`, `take no more than ${allowed.join(", ")}`);
}
