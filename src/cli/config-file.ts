/** --config F: the same words as the long options, in YAML, each with its place in the file. */
import { type InputFault, UsageError } from "../model/faults.ts";

export interface Entry {
  readonly name: string;
  /** As written: `1.10` stays `1.10`. */
  readonly values: readonly string[];
  readonly isList: boolean;
  readonly at: Omit<InputFault, "message">;
}

export interface Entries {
  readonly entries: readonly Entry[];
  readonly faults: readonly InputFault[];
}

const maxBytes = 64 * 1024;

/** Reads the file; every fault in it at once, with line and column. UsageError when nothing in it can be read. */
export async function readEntries(file: string, read: (file: string) => Uint8Array): Promise<Entries> {
  const text = textOf(file, read);
  const { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } = await import("yaml");
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { schema: "core", uniqueKeys: true, lineCounter });
  const place = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    throw new UsageError(
      document.errors.map(({ message, pos }) => ({
        ...place(pos[0]),
        message: (message.split("\n")[0] ?? "is not YAML").replace(/ at line \d+, column \d+:?$/, ""),
      })),
    );
  }
  if (document.contents === null) return { entries: [], faults: [] };
  if (!isMap(document.contents)) {
    throw new UsageError([{ file, message: "holds no options" }], "Write for example `subject: my-cloud`.");
  }
  const entries: Entry[] = [];
  const faults: InputFault[] = [];
  for (const { key, value } of document.contents.items) {
    const at = place(isScalar(key) ? (key.range?.[0] ?? 0) : 0);
    const name = isScalar(key) ? String(key.value) : "";
    const items: readonly unknown[] = isSeq(value) ? value.items : [value];
    const values = items.flatMap((item) =>
      isScalar(item) && item.value !== null && !isAlias(item) ? [item.source ?? String(item.value)] : [],
    );
    if (values.length < items.length) {
      faults.push({
        ...at,
        message: `${JSON.stringify(name)} takes a text, a number, true or false, or a list of these`,
      });
    } else entries.push({ name, values, isList: isSeq(value), at });
  }
  return { entries, faults };
}

function textOf(file: string, read: (file: string) => Uint8Array): string {
  let bytes: Uint8Array;
  try {
    bytes = read(file);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new UsageError([{ file, message: missing ? "does not exist" : "cannot be read" }]);
  }
  if (bytes.length > maxBytes) throw new UsageError([{ file, message: "is larger than 64 KiB" }]);
  return new TextDecoder().decode(bytes);
}
