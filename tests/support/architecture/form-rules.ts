/** Size, names and other matters of form. */
import type { Breach, Rule } from "./breach.ts";
import { sizeCeiling } from "./law.ts";
import type { Source, Visit } from "./source.ts";

export function formBreaches(source: Source): readonly Breach[] {
  const breach = (line: number, rule: Rule, found: string, instead: string): Breach => ({
    file: source.path,
    line,
    rule,
    found,
    instead,
  });
  const nodes = source.visits.flatMap((visit): readonly Breach[] => {
    const line = () => source.lineOf(visit.node);
    if (isFocused(visit)) {
      return [breach(line(), "only", "runs one test and hides the others", "remove .only before you commit")];
    }
    return isDefaultExport(visit) && !mayExportDefault.test(source.path)
      ? [breach(line(), "default-export", "exports a default", "export by name, so that every importer uses one word")]
      : [];
  });
  const tooLong = !source.isTest && source.lines > sizeCeiling;
  return [
    ...nodes,
    ...source.path.split("/").flatMap((part, index, parts) => {
      const fault = nameFault(part, index === parts.length - 1);
      return fault ? [breach(1, "name", fault[0], fault[1])] : [];
    }),
    ...(tooLong
      ? [
          breach(
            sizeCeiling + 1,
            "size",
            `has ${source.lines} lines`,
            `split it by purpose; ${sizeCeiling} is the limit`,
          ),
        ]
      : []),
  ];
}

const mayExportDefault = /\.config\.ts$|\.d\.ts$/;
const fileName = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|testing|config|d))?\.[jt]s$/;
const folderName = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function nameFault(part: string, isFile: boolean): readonly [string, string] | undefined {
  if (/^(utils?|helpers?|misc|common|shared)(\.|$)/.test(part)) {
    return [`"${part}" names no purpose`, "name it after what it holds, and give each purpose a file of its own"];
  }
  return (isFile ? fileName : folderName).test(part)
    ? undefined
    : [`"${part}" is not kebab-case`, "small letters, digits and hyphens: control-plane-spread.ts"];
}

function isDefaultExport({ node }: Visit): boolean {
  if (node.type === "ExportDefaultDeclaration") return true;
  return node.type === "ExportSpecifier" && "name" in node.exported && node.exported.name === "default";
}

const runners = ["describe", "it", "test", "bench", "suite"];

/** `it.only(...)`, `describe.concurrent.only.each(...)`. */
function isFocused({ node }: Visit): boolean {
  if (node.type !== "MemberExpression" || node.computed || !("name" in node.property)) return false;
  let root: unknown = node.object;
  while (isMember(root)) root = root.object;
  return node.property.name === "only" && isNamed(root) && runners.includes(root.name);
}

const isMember = (value: unknown): value is { readonly object: unknown } =>
  typeof value === "object" && value !== null && "object" in value;
const isNamed = (value: unknown): value is { readonly name: string } =>
  typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
