/** Options that no flag gave: from the environment, then from the file of --config, then their defaults. */
import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError, type Option } from "commander";
import { type InputFault, UsageError } from "../model/faults.ts";
import { type Entry, readEntries } from "./config-file.ts";
import { takesList } from "./option-groups.ts";

type Environment = { readonly [name: string]: string | undefined };

/** Sets every option of the command, and of the program, for which a flag has not spoken. */
export async function applySettings(command: Command, environment: Environment): Promise<void> {
  const owners = [command, ...(command.parent ? [command.parent] : [])];
  for (const owner of owners) {
    for (const option of settable(owner)) {
      if (owner.getOptionValueSource(option.attributeName()) === "cli") continue;
      fromEnvironment(owner, option, environment);
    }
  }
  const file: unknown = command.parent?.opts().config;
  if (typeof file === "string") await fromFile(owners, file);
}

/** `--scope-version` is SCS_CONFORMANCE_SCOPE_VERSION. */
function variableOf(option: Option): string {
  return `SCS_CONFORMANCE_${wordOf(option).toUpperCase().replaceAll("-", "_")}`;
}

function wordOf(option: Option): string {
  return (option.long ?? option.flags).replace(/^--/, "");
}

/** Unlike commander's own question, yes for `--no-color`. */
function isSwitch(option: Option): boolean {
  return !option.required && !option.optional;
}

function settable(command: Command): readonly Option[] {
  return command.options.filter((option) => option.long !== "--version");
}

function fromEnvironment(owner: Command, option: Option, environment: Environment): void {
  const variable = variableOf(option);
  const text = environment[variable];
  if (text === undefined || text === "") return;
  const value = orFault(() => (isSwitch(option) ? flag(text) : parsed(option, [text])), { file: variable });
  set(owner, option, value, "env");
}

async function fromFile(owners: readonly Command[], file: string): Promise<void> {
  const { entries, faults } = await readEntries(file, (name) => readFileSync(name));
  const everywhere = knownWords(owners);
  const all: InputFault[] = [...faults];
  for (const entry of entries) {
    const owner = owners.find((candidate) => optionOf(candidate, entry.name));
    const option = owner && optionOf(owner, entry.name);
    if (!owner || !option) {
      // one file may serve all commands: what another command knows is no fault
      if (!everywhere.has(entry.name)) all.push({ ...entry.at, message: `there is no option --${entry.name}` });
      continue;
    }
    const source = owner.getOptionValueSource(option.attributeName());
    try {
      const value = orFault(() => fileValue(option, entry), entry.at);
      if (source !== "cli" && source !== "env") set(owner, option, value, "config");
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      all.push(...error.faults);
    }
  }
  if (all.length > 0) throw new UsageError(all, "Write long options without dashes, for example `subject: my-cloud`.");
}

function knownWords(owners: readonly Command[]): ReadonlySet<string> {
  const program = owners.at(-1);
  const commands = program ? [program, ...program.commands] : [];
  return new Set(commands.flatMap((command) => settable(command).map(wordOf)));
}

function optionOf(command: Command, word: string): Option | undefined {
  return settable(command).find((option) => wordOf(option) === word && word !== "config");
}

function fileValue(option: Option, { values, isList }: Entry): unknown {
  if (isSwitch(option)) return flag(isList ? "" : (values[0] ?? ""));
  if (isList && !takesList(option)) throw new InvalidArgumentError("takes one value, not a list");
  return parsed(option, values);
}

function parsed(option: Option, texts: readonly string[]): unknown {
  const { parseArg } = option;
  if (!parseArg) return texts.at(-1);
  return texts.reduce<unknown>((previous, text) => parseArg(text, previous), undefined);
}

function flag(text: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new InvalidArgumentError("takes true or false");
}

/** A wrong value becomes a fault at its place: a variable, or a line of the file. */
function orFault<T>(work: () => T, at: Omit<InputFault, "message">): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw new UsageError([{ ...at, message: error.message }]);
    if (error instanceof UsageError) {
      throw new UsageError(
        error.faults.map(({ message }) => ({ ...at, message })),
        error.advice,
      );
    }
    throw error;
  }
}

function set(owner: Command, option: Option, value: unknown, source: "env" | "config"): void {
  owner.setOptionValueWithSource(option.attributeName(), option.negate ? value !== true : value, source);
}
