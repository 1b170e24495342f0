/** Options that several commands share: the same words everywhere. */
import { type Command, Option } from "commander";
import { type Format, formatNames } from "../app/format-names.ts";
import {
  defaultScope,
  type FormatOptions,
  type InputOptions,
  instantOption,
  repositoryPath,
  type SelectionOptions,
  type SigningOptions,
  tierOption,
} from "../app/options.ts";
import type { RedactOptions } from "../app/redaction.ts";
import { UsageError } from "../model/faults.ts";
import type { Tier } from "../model/vocabulary.ts";
import type { Output } from "./output.ts";
import { askPassphrase } from "./passphrase.ts";

export type Values = { readonly [name: string]: unknown };

const option = (flags: string, description: string): Option => new Option(flags, description);

/** Comma lists, and the option again. */
export const list = (text: string, previous: unknown): string[] => [
  ...(Array.isArray(previous) ? (previous as string[]) : []),
  ...text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
];

/** By which rules. `standing` says what holds without --scope. */
export function addScopeOptions(command: Command, standing: string = defaultScope): Command {
  return command
    .addOption(
      option("--scope <name|file>", `a scope of ours by name, or a file in upstream's form (default: ${standing})`),
    )
    .addOption(option("--scope-version <version>", "version of the scope (default: the newest valid one)"))
    .addOption(option("--include <what>", "also judge proposals without an SCS text").choices(["proposed"]))
    .addOption(
      option("--as-of <date>", "judge as of this day (default: the end of looking)").argParser((given) =>
        instantOption("--as-of", given),
      ),
    );
}

/** By which rules, and which of them. */
export function addSelectionOptions(command: Command, standing?: string): Command {
  return addScopeOptions(command, standing)
    .addOption(
      option("--only <ids>", "only these requirements, checks, standards or testcases; * allowed").argParser(list),
    )
    .addOption(option("--skip <ids>", "all but these").argParser(list));
}

export function addTierOption(command: Command): Command {
  return command.addOption(option("--tier <tier>", "how far probes may go").argParser(tierOption).default("observe"));
}

export function addSubjectOption(command: Command): Command {
  return command.addOption(
    option("--subject <name>", "what the report is about, as the certificate names it").argParser(
      subjectName("--subject"),
    ),
  );
}

export function addInputOptions(command: Command): Command {
  return addSubjectOption(command)
    .addOption(
      option("--conformance-results <files>", "results of the upstream e2e suite, as `import` takes them").argParser(
        list,
      ),
    )
    .addOption(option("--declarations <files>", "what the provider declares, signed in FILE.sig").argParser(list))
    .addOption(option("--waivers <files>", "known failures, each with reason, approver and expiry").argParser(list))
    .addOption(option("--data <file>", "release and CVE facts instead of the built-in ones (see `data show`)"));
}

export function addSigningOptions(command: Command): Command {
  return command
    .addOption(option("--key <file>", "sign with this OpenSSH private key"))
    .addOption(option("--agent <fingerprint>", "sign with this key of the ssh-agent"))
    .addOption(
      option("--signer <program>", "let this program sign with --key (security keys, certificates)").choices([
        "ssh-keygen",
      ]),
    );
}

export function addRedactOptions(command: Command): Command {
  return command
    .addOption(option("--redact <what>", "put commitments in place of the names of machines").choices(["names"]))
    .addOption(option("--openings <file>", "where you keep what opens them, for you alone (with --redact)"));
}

/** UsageError when one of the two is missing: names that nobody can ever open are seldom meant. */
export function redactOptions(values: Values): RedactOptions | undefined {
  const openings = text(values.openings);
  if (values.redact === undefined && openings === undefined) return undefined;
  if (openings === undefined)
    throw new UsageError("--redact names needs a file for what opens them.", "Name one with --openings.");
  if (values.redact === undefined) throw new UsageError("--openings goes with --redact names.", "Say both, or none.");
  return { openings };
}

export function noteOpenings(output: Output, redact: RedactOptions | undefined): void {
  if (redact)
    output.note(`What opens the names is in ${redact.openings}, for you alone: it is no part of what is handed in.`);
}

export function addOutputOptions(command: Command): Command {
  return command
    .addOption(
      option("-o, --output <folder>", "folder for the files of the run (default: scs-report/<subject>-<time>)"),
    )
    .addOption(option("--format <formats>", `further formats: ${formatNames.join(", ")}`).argParser(formats))
    .addOption(sarifLocationOption());
}

export function sarifLocationOption(): Option {
  const what = "file of the repository that SARIF shows findings at (default: scs-conformance.yaml)";
  return option("--sarif-location <file>", what).argParser((given) => repositoryPath("--sarif-location", given));
}

export function selectionOptions(values: Values): SelectionOptions {
  return {
    scope: text(values.scope) ?? defaultScope,
    scopeVersion: text(values.scopeVersion),
    only: (values.only as string[] | undefined) ?? [],
    skip: (values.skip as string[] | undefined) ?? [],
    tier: (values.tier as Tier | undefined) ?? "observe",
    includeProposed: values.include === "proposed",
    asOf: text(values.asOf),
  };
}

export function inputOptions(values: Values): InputOptions {
  return {
    subject: text(values.subject),
    data: text(values.data),
    conformanceFiles: values.conformanceResults as string[] | undefined,
    declarations: values.declarations as string[] | undefined,
    waivers: values.waivers as string[] | undefined,
  };
}

export function signingOptions(values: Values): SigningOptions {
  return {
    key: text(values.key),
    agent: text(values.agent),
    passphrase: askPassphrase,
    agentSocket: process.env.SSH_AUTH_SOCK,
    program: values.signer === "ssh-keygen" ? values.signer : undefined,
    environment: process.env,
    notice: (line) => process.stderr.write(`${line}\n`),
  };
}

export function formatOptions(values: Values): FormatOptions {
  return { formats: (values.format as Format[] | undefined) ?? [], sarifLocation: text(values.sarifLocation) };
}

/** Whether the option may be given several times, or as a comma list. */
export function takesList({ parseArg }: Option): boolean {
  return parseArg === list || parseArg === formats;
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function formats(given: string, previous: unknown): Format[] {
  return list(given, previous).map(formatOption);
}

export function formatOption(name: string): Format {
  const found = formatNames.find((format) => format === name);
  if (found !== undefined) return found;
  throw new UsageError(`There is no format ${JSON.stringify(name)}.`, `Formats: ${formatNames.join(", ")}.`);
}

export function subjectName(option: string): (given: string) => string {
  return (given) => {
    if (/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,199}$/u.test(given)) return given;
    const what = option === "--subject" ? "a subject" : "a matrix";
    throw new UsageError(
      `${option} ${JSON.stringify(given)} is no name for ${what}.`,
      "Letters, digits, dots, dashes, underscores and spaces; 200 at most.",
    );
  };
}
