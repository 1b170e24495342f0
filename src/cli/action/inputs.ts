/** Inputs of the GitHub Action as words of the command line: the same names, so there is one set to learn. */

type Environment = { readonly [name: string]: string | undefined };

/** Options that take a value. */
const valued = [
  "config",
  "kubeconfig",
  "context",
  "scope",
  "scope-version",
  "only",
  "skip",
  "subject",
  "conformance-results",
  "declarations",
  "waivers",
  "data",
  "key",
  "format",
  "gate",
  "allowed-signers",
  "github",
  "monitor",
  "token-file",
  "base",
  "repo",
  "pull",
  "artifact-out",
  "publish",
] as const;

const switches = ["strict", "comment", "check", "delegated", "dry-run"] as const;

const commands = ["check", "evaluate", "import", "verify", "submit", "review"] as const;
export type ActionCommand = (typeof commands)[number];

export interface ActionInputs {
  readonly command: ActionCommand;
  readonly args: readonly string[];
  /** Where the files of a run go; undefined for commands that leave none. */
  readonly folder: string | undefined;
  /** Handed to the program in its environment, never on its command line. */
  readonly token: string | undefined;
}

/** Names of the inputs that action.yml declares. */
export const inputNames: readonly string[] = ["command", "target", "output", "token", ...valued, ...switches];

/** GitHub hands inputs over as INPUT_NAME in capitals, hyphens kept; an input that is not given is empty. */
function inputOf(environment: Environment, name: string): string | undefined {
  return environment[`INPUT_${name.toUpperCase()}`]?.trim() || undefined;
}

/** The command line; a string tells what is wrong. `defaultFolder`: for runs whose place is not given. */
export function readInputs(environment: Environment, defaultFolder: string): ActionInputs | string {
  const given = (name: string) => inputOf(environment, name);
  const name = given("command") ?? "check";
  const command = commands.find((one) => one === name);
  if (command === undefined)
    return `There is no command ${JSON.stringify(name)} here. Commands: ${commands.join(", ")}.`;
  const odd = switches.find((one) => !["true", "false", undefined].includes(given(one)));
  if (odd !== undefined) return `The input ${odd} takes true or false.`;
  const leaves = command === "check" || command === "evaluate" || command === "import";
  const folder = leaves ? (given("output") ?? defaultFolder) : undefined;
  // what comes after `--option=` is a value, whatever it begins with
  const options = valued.flatMap((option) => {
    const value = given(option);
    return value === undefined || option === "format" ? [] : [`--${option}=${value}`];
  });
  const format = given("format");
  const formats = leaves
    ? [`--format=${format === undefined ? "markdown" : `markdown,${format}`}`]
    : command === "review"
      ? ["--format=markdown"]
      : [];
  return {
    command,
    args: [
      command,
      ...options,
      ...formats,
      ...switches.flatMap((option) => (given(option) === "true" ? [`--${option}`] : [])),
      ...(folder === undefined ? [] : [`--output=${folder}`]),
      ...(given("target") === undefined ? [] : ["--", ...(given("target") ?? "").split(/\s+/)]),
    ],
    folder,
    token: given("token"),
  };
}

/** What the program may see: inputs stay with the action, a token that was given replaces the workflow's. */
export function programEnvironment(environment: Environment, token: string | undefined): Environment {
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith("INPUT_"));
  return { ...Object.fromEntries(kept), ...(token === undefined ? {} : { GITHUB_TOKEN: token }) };
}
