/** --config F: the same words as the long options, in YAML. Flags win, then the environment, then this file. */
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { UsageError } from "../model/faults.ts";

const maxBytes = 64 * 1024;

/** Sets values of the file where neither a flag nor the environment has spoken. */
export async function applyConfigFile(command: Command, file: string): Promise<void> {
  for (const [name, value] of Object.entries(await readConfig(file))) {
    const option = command.options.find((candidate) => candidate.long === `--${name}`);
    if (!option) {
      const known = command.options.flatMap((candidate) => candidate.long?.slice(2) ?? []).sort();
      throw new UsageError(
        [{ file, message: `${JSON.stringify(name)} is no option of ${command.name()}` }],
        `It knows: ${known.join(", ")}.`,
      );
    }
    const key = option.attributeName();
    const source = command.getOptionValueSource(key);
    if (source === "cli" || source === "env") continue;
    const texts = (Array.isArray(value) ? value : [value]).map(String);
    let parsed: unknown = option.isBoolean() ? value === true : undefined;
    if (!option.isBoolean()) for (const text of texts) parsed = parse(option.parseArg, text, parsed);
    command.setOptionValueWithSource(key, parsed, "config");
  }
}

function parse(
  parseArg: ((value: string, previous: unknown) => unknown) | undefined,
  text: string,
  previous: unknown,
): unknown {
  return parseArg ? parseArg(text, previous) : text;
}

async function readConfig(file: string): Promise<{ readonly [name: string]: unknown }> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UsageError([{ file, message: "cannot be read" }]);
  }
  if (text.length > maxBytes) throw new UsageError([{ file, message: "is larger than 64 KiB" }]);
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text, { schema: "core", uniqueKeys: true });
  const faults = document.errors.map((error) => ({
    file,
    line: error.linePos?.[0].line ?? 1,
    column: error.linePos?.[0].col ?? 1,
    message: error.message.split("\n")[0] ?? "is not YAML",
  }));
  if (faults.length > 0) throw new UsageError(faults);
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(
      [{ file, message: "is no list of options with values" }],
      "Write for example: subject: my-cloud",
    );
  }
  return value as { readonly [name: string]: unknown };
}
