/** Reads a YAML file of connection settings, capped in size and aliases. Every fault is a UsageError. */
import { readFileSync, statSync } from "node:fs";
import { LineCounter, parseDocument } from "yaml";
import { UsageError } from "../model/faults.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";

/** What the file is, for messages. */
export interface SettingsKind {
  /** `kubeconfig`. */
  readonly name: string;
  /** How another file is named instead. */
  readonly advice: string;
}

const largest = 4 * 1024 * 1024;

function readText(file: string, { name, advice }: SettingsKind): string {
  try {
    const { size } = statSync(file);
    if (size > largest) throw new UsageError([{ file, message: `the ${name} is larger than 4 MiB` }]);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const message =
      code === "ENOENT"
        ? `this ${name} does not exist`
        : code === "EACCES" || code === "EPERM"
          ? `this ${name} may not be read by you`
          : code === "EISDIR"
            ? `this is a folder, not a ${name}`
            : `this ${name} cannot be read`;
    throw new UsageError([{ file, message }], advice);
  }
}

function parse(file: string, text: string, { name }: SettingsKind): JsonObject {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, schema: "core", prettyErrors: false });
  const faults = document.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return { file, line, column: col, message: `this ${name} is not valid YAML: ${error.code}` };
  });
  if (faults.length > 0) throw new UsageError(faults);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new UsageError([{ file, message: `this ${name} has too many YAML aliases` }]);
  }
  if (value === null) return {};
  if (!isJsonObject(value)) throw new UsageError([{ file, message: `this is not a ${name}: no mapping at the top` }]);
  return value;
}

/**
 * The mapping at the top; an empty file is an empty one.
 * @throws UsageError for a file that is missing, unreadable, too large, not YAML or no mapping
 */
export function readSettingsFile(file: string, kind: SettingsKind): JsonObject {
  return parse(file, readText(file, kind), kind);
}
