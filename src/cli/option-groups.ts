/** Options that several commands share: the same words everywhere. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { type Format, formatNames } from "../app/format-names.ts";
import {
  type ClusterOptions,
  defaultScope,
  durationOption,
  type InputOptions,
  instantOption,
  type SelectionOptions,
  type SigningOptions,
  tierOption,
} from "../app/options.ts";
import { UsageError } from "../model/faults.ts";
import { askPassphrase } from "./passphrase.ts";

export type Values = { readonly [name: string]: unknown };

const option = (flags: string, description: string): Option => {
  const made = new Option(flags, description);
  return made.env(`SCS_CONFORMANCE_${made.name().toUpperCase().replaceAll("-", "_")}`);
};

/** Comma lists, and the option again. */
const list = (text: string, previous: unknown): string[] => [
  ...(Array.isArray(previous) ? (previous as string[]) : []),
  ...text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
];

export function addClusterOptions(command: Command): Command {
  return command
    .addOption(option("--kubeconfig <file>", "kubeconfig (default: KUBECONFIG, ~/.kube/config, in-cluster)"))
    .addOption(option("--context <name>", "context of the kubeconfig (default: its current one)"))
    .addOption(option("--timeout <duration>", "longest time for all looking").default("10m"))
    .addOption(option("--request-timeout <duration>", "longest time for one request").default("10s"))
    .addOption(option("--max-requests-per-second <n>", "spare the API server").argParser(positive));
}

export function addSelectionOptions(command: Command, scope: string | undefined = defaultScope): Command {
  const scopeOption = option("--scope <name|file>", "certificate scope, ours by name or a file in upstream's form");
  return command
    .addOption(scope === undefined ? scopeOption : scopeOption.default(scope))
    .addOption(option("--scope-version <version>", "version of the scope (default: the newest valid one)"))
    .addOption(
      option("--only <ids>", "only these requirements, checks, standards or testcases; * allowed").argParser(list),
    )
    .addOption(option("--skip <ids>", "all but these").argParser(list))
    .addOption(option("--include <what>", "also judge proposals without an SCS text").choices(["proposed"]))
    .addOption(option("--as-of <date>", "judge as of this day (default: the end of looking)"));
}

export function addTierOption(command: Command): Command {
  return command.addOption(option("--tier <tier>", "how far probes may go").default("observe"));
}

export function addInputOptions(command: Command): Command {
  return command
    .addOption(option("--subject <name>", "what the report is about, as the certificate names it"))
    .addOption(option("--data <file>", "release and CVE facts instead of the built-in ones (see `data show`)"));
}

export function addSigningOptions(command: Command): Command {
  return command
    .addOption(option("--key <file>", "sign with this OpenSSH private key"))
    .addOption(option("--agent <fingerprint>", "sign with this key of the ssh-agent"));
}

export function addOutputOptions(command: Command): Command {
  return command
    .addOption(
      option("-o, --output <folder>", "folder for the files of the run (default: scs-report/<subject>-<time>)"),
    )
    .addOption(option("--format <formats>", `further formats: ${formatNames.join(", ")}`).argParser(list));
}

export function clusterOptions(values: Values): ClusterOptions {
  return {
    kubeconfig: text(values.kubeconfig),
    context: text(values.context),
    timeout: durationOption("--timeout", text(values.timeout) ?? "10m"),
    requestTimeout: durationOption("--request-timeout", text(values.requestTimeout) ?? "10s"),
    maxRequestsPerSecond: values.maxRequestsPerSecond as number | undefined,
  };
}

export function selectionOptions(values: Values): SelectionOptions {
  const asOf = text(values.asOf);
  return {
    scope: text(values.scope) ?? defaultScope,
    scopeVersion: text(values.scopeVersion),
    only: (values.only as string[] | undefined) ?? [],
    skip: (values.skip as string[] | undefined) ?? [],
    tier: tierOption(text(values.tier) ?? "observe"),
    includeProposed: values.include === "proposed",
    asOf: asOf === undefined ? undefined : instantOption("--as-of", asOf),
  };
}

export function inputOptions(values: Values): InputOptions {
  const subject = text(values.subject);
  if (subject !== undefined && !/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,199}$/u.test(subject)) {
    throw new UsageError(
      `--subject ${JSON.stringify(subject)} is no name for a subject.`,
      "Letters, digits, dots, dashes, underscores and spaces; 200 at most.",
    );
  }
  return { subject, data: text(values.data) };
}

export function signingOptions(values: Values): SigningOptions {
  return {
    key: text(values.key),
    agent: text(values.agent),
    passphrase: askPassphrase,
    agentSocket: process.env.SSH_AUTH_SOCK,
  };
}

export function formatsOption(value: unknown): readonly Format[] {
  return ((value as string[] | undefined) ?? []).map(formatOption);
}

export function formatOption(name: string): Format {
  const found = formatNames.find((format) => format === name);
  if (found !== undefined) return found;
  throw new UsageError(`There is no format ${JSON.stringify(name)}.`, `Formats: ${formatNames.join(", ")}.`);
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError("It takes a number above 0.");
  return number;
}
