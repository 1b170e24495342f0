/** What reaches out of a pure function, and who may print. */
import type { Breach, Rule } from "./breach.ts";
import { forbiddenGlobals, localMethods, pureFolders } from "./law.ts";
import type { Source, Visit } from "./source.ts";

type Fault = readonly [found: string, instead: string];

export function pureBreaches(source: Source): readonly Breach[] {
  if (source.isTest) return [];
  const breaches = (rule: Rule, judge: (visit: Visit) => Fault | undefined): readonly Breach[] =>
    source.visits.flatMap((visit) => {
      const fault = judge(visit);
      if (!fault) return [];
      return [{ file: source.path, line: source.lineOf(visit.node), rule, found: fault[0], instead: fault[1] }];
    });
  return [
    ...(pureFolders.includes(source.folder) ? breaches("pure-global", reachingOut) : []),
    ...(printers.includes(source.folder) ? [] : breaches("only-cli-prints", printing)),
  ];
}

/** The command line, and what a developer runs by hand. */
const printers = ["cli", "tools", "testbed"];

/** A name of one's own that hides a global is refused as well: nobody reading `process` should have to look it up. */
function reachingOut(visit: Visit): Fault | undefined {
  const { node, parent } = visit;
  if (node.type === "MetaProperty") return ["uses import.meta", "take what you need as an argument"];
  if (node.type === "MemberExpression") {
    const name = propertyName(node);
    return name !== undefined && localMethods.includes(name)
      ? [`calls ${name}, whose answer depends on the machine`, "compare code units (<, >) and use the UTC methods"]
      : undefined;
  }
  if (node.type !== "Identifier" || !isReference(visit)) return undefined;
  const advice = Object.hasOwn(forbiddenGlobals, node.name) ? forbiddenGlobals[node.name] : undefined;
  if (advice !== undefined) return [`uses ${node.name}`, advice];
  if (node.name === "Math" && !(isObjectOf(visit) && propertyName(parent) !== "random")) {
    return ["uses Math.random", "take random values as an argument"];
  }
  return node.name === "Date" && !isHarmlessDate(visit)
    ? ["reads the clock by Date", "take the time as an argument; new Date(milliseconds) and Date.UTC are fine"]
    : undefined;
}

function isHarmlessDate(visit: Visit): boolean {
  const { parent, key } = visit;
  if (parent?.type === "NewExpression" && key === "callee") return parent.arguments.length > 0;
  if (parent?.type === "BinaryExpression") return parent.operator === "instanceof";
  return isObjectOf(visit) && ["UTC", "parse"].includes(propertyName(parent) ?? "");
}

function printing({ node }: Visit): Fault | undefined {
  if (node.type !== "MemberExpression" || node.object.type !== "Identifier") return undefined;
  const name = `${node.object.name}.${propertyName(node) ?? "?"}`;
  if (node.object.name === "console") return [`prints by ${name}`, "return it, or emit an event; src/cli prints"];
  return ["process.stdout", "process.stderr", "process.exit", "process.exitCode"].includes(name)
    ? [`uses ${name}`, "return it, or throw a UsageError; src/cli prints and decides the exit code"]
    : undefined;
}

const isObjectOf = ({ parent, key }: Visit) => parent?.type === "MemberExpression" && key === "object";

function propertyName(node: Visit["parent"]): string | undefined {
  if (node?.type !== "MemberExpression") return undefined;
  if (!node.computed) return "name" in node.property ? String(node.property.name) : undefined;
  return node.property.type === "Literal" ? String(node.property.value) : undefined;
}

/** Not the name of a property, a method or a thing imported under another name. */
function isReference({ parent, key }: Visit): boolean {
  if (parent?.type === "MemberExpression") return key === "object" || parent.computed;
  if (parent && key === "key" && "computed" in parent) return parent.computed;
  return parent?.type !== "ImportSpecifier" || key === "local";
}
