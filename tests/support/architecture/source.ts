/** A source file as the rules see it: its place, its syntax tree, what it imports. */
import { type Node, parseSync, visitorKeys } from "oxc-parser";

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** What is taken by name; empty for `import "x"`, `*` for everything, `default` for the default export. */
  readonly names: readonly string[];
}

export interface Visit {
  readonly node: Node;
  readonly parent: Node | undefined;
  /** Name of the parent's field that holds the node. */
  readonly key: string;
  /** Below a node that is gone once types are erased. */
  readonly isType: boolean;
}

export interface Source {
  /** Below the root, with `/`. */
  readonly path: string;
  /** `model`, `checks`, `tests` ...: the folder that the law speaks of. */
  readonly folder: string;
  readonly isTest: boolean;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Every node that exists when the program runs; types are left out. */
  readonly visits: readonly Visit[];
  lineOf(node: { readonly start: number }): number;
}

/** Throws when the text is no TypeScript: a law that cannot read a file must not pass it. */
export function parseSource(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) {
    throw new Error(`${path} cannot be parsed: ${errors.map((error) => error.message).join("; ")}`);
  }
  const lineOf = (node: { readonly start: number }) => text.slice(0, node.start).split("\n").length;
  const all: Visit[] = [];
  walk({ node: program, parent: undefined, key: "", isType: false }, all);
  return {
    path,
    folder: folderOf(path),
    isTest: path.startsWith("tests/") || /\.(test|testing)\.ts$/.test(path),
    lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0),
    imports: all.flatMap(({ node }) => importOf(node, lineOf)),
    visits: all.filter((visit) => !visit.isType),
    lineOf,
  };
}

/** `src/model/x.ts` -> `model`, `checks/scs-0214/x.ts` -> `checks`, `src/index.ts` and `x.config.ts` -> themselves. */
export function folderOf(path: string): string {
  const [first = "", second = "", ...deeper] = path.split("/");
  if (first !== "src") return first;
  return deeper.length > 0 ? second : path;
}

/** Nodes of TypeScript that hold values, unlike all others whose name starts with TS. */
const holdsValues = /^TS(AsExpression|SatisfiesExpression|NonNullExpression|TypeAssertion|InstantiationExpression)$/;

function walk(visit: Visit, all: Visit[]): void {
  const { node } = visit;
  const isType = visit.isType || (node.type.startsWith("TS") && !holdsValues.test(node.type));
  all.push({ ...visit, isType });
  for (const key of visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, unknown>)[key];
    for (const one of Array.isArray(child) ? child : [child]) {
      if (isNode(one)) walk({ node: one, parent: node, key, isType }, all);
    }
  }
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;

function importOf(node: Node, lineOf: Source["lineOf"]): readonly Import[] {
  const line = lineOf(node);
  switch (node.type) {
    case "ImportDeclaration":
      return [{ specifier: node.source.value, line, names: node.specifiers.map(importedName) }];
    case "ExportAllDeclaration":
      return [{ specifier: node.source.value, line, names: ["*"] }];
    case "ExportNamedDeclaration":
      return node.source === null ? [] : [{ specifier: node.source.value, line, names: node.specifiers.map(exported) }];
    case "ImportExpression":
    case "TSImportType": {
      const { source } = node;
      const literal = source.type === "Literal" && typeof source.value === "string" ? source.value : undefined;
      return [{ specifier: literal ?? unknownSpecifier, line, names: ["*"] }];
    }
    default:
      return [];
  }
}

/** Stands for `import(name)`, whose target no law can see. */
export const unknownSpecifier = "(computed)";

const nameOf = (node: Node) =>
  node.type === "Literal" ? String(node.value) : "name" in node ? String(node.name) : "*";
const exported = (specifier: { readonly local: Node }) => nameOf(specifier.local);
function importedName(specifier: Node): string {
  if (specifier.type === "ImportSpecifier") return nameOf(specifier.imported);
  return specifier.type === "ImportDefaultSpecifier" ? "default" : "*";
}
