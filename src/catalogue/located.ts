/** A YAML (or JSON) text, parsed with everything switched off that a hostile file could use, and every value's place kept. */
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from "yaml";
import type { InputFault } from "../model/faults.ts";

/** Files are read whole; nobody's standard or scope is near this. */
const maxBytes = 1024 * 1024;
const maxAliases = 100;
/** A text that is no YAML can have as many faults as characters; nobody reads on after these. */
const maxProblems = 100;
const tooDeep = "is nested too deeply";

export type Path = readonly (string | number)[];

export interface Located {
  /** The plain value; undefined when the text is no YAML at all. */
  readonly value: unknown;
  /** Faults of the text itself. */
  readonly faults: readonly InputFault[];
  /** A fault at the value of a path, or at the nearest place above it that exists. */
  at(path: Path, message: string): InputFault;
  /** A fault at a key of the mapping at a path. */
  atKey(path: Path, key: string, message: string): InputFault;
}

/** Core schema, unique keys, one document, at most 1 MiB and 100 aliases. Never throws. */
export function locate(file: string, text: string): Located {
  if (Buffer.byteLength(text) > maxBytes) return unread(file, `is larger than ${maxBytes / 1024} KiB`);
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { version: "1.2", schema: "core", lineCounter: lines, prettyErrors: false });
    const place = (offset: number) => {
      const { line, col } = lines.linePos(offset);
      return { file, line, column: col };
    };
    const problems = [...document.errors, ...document.warnings].slice(0, maxProblems);
    if (problems.some((problem) => problem.message.includes("call stack"))) return unread(file, tooDeep);
    const faults = problems.map((problem) => ({ ...place(problem.pos[0]), message: plain(problem.message) }));
    const readable = document.errors.every((error) => error.code === "DUPLICATE_KEY");
    const root = document.contents as Node | null;
    return {
      value: readable ? document.toJS({ maxAliasCount: maxAliases }) : undefined,
      faults,
      at: (path, message) => ({ ...place(offsetOf(root, path)), message }),
      atKey: (path, key, message) => ({ ...place(offsetOfKey(root, path, key)), message }),
    };
  } catch (error) {
    // the parser recurses: a text that is nothing but brackets exhausts the stack, aliases exceed the cap
    return unread(file, error instanceof RangeError ? tooDeep : `cannot be read: ${plain(String(error))}`);
  }
}

function unread(file: string, message: string): Located {
  const fault = { file, line: 1, column: 1, message };
  return { value: undefined, faults: [fault], at: () => fault, atKey: () => fault };
}

function plain(message: string): string {
  if (message === "Map keys must be unique") return "this key stands here twice";
  return message.replace(/^(\w*Error): /, "").split("\n", 1)[0] ?? message;
}

function offsetOf(root: Node | null, path: Path): number {
  let node = root;
  let offset = root?.range?.[0] ?? 0;
  for (const step of path) {
    const next = childOf(node, step);
    if (!next) break;
    node = next;
    offset = next.range?.[0] ?? offset;
  }
  return offset;
}

function offsetOfKey(root: Node | null, path: Path, key: string): number {
  let node = root;
  for (const step of path) node = childOf(node, step) ?? null;
  const found = isMap(node) ? pairOf(node.items, key) : undefined;
  const written = found?.key as Node | undefined;
  return written?.range?.[0] ?? offsetOf(root, path);
}

function childOf(node: Node | null, step: string | number): Node | undefined {
  if (isSeq(node)) return node.items[Number(step)] as Node | undefined;
  if (isMap(node)) return (pairOf(node.items, String(step))?.value ?? undefined) as Node | undefined;
  return undefined;
}

function pairOf(items: readonly Pair[], key: string): Pair | undefined {
  return items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}
