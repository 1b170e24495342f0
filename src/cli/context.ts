/** What every command is run with: streams, clock, and a signal that ends it. */
import type { Command } from "commander";
import { applyConfigFile } from "./config-file.ts";
import type { Values } from "./option-groups.ts";
import type { Output } from "./output.ts";
import { createOutput, wantsColor } from "./output.ts";

export interface CommandContext {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** A command's work; what it returns is the exit code. */
export type Action = (context: CommandContext, values: Values, args: readonly string[]) => Promise<number>;

/** What a run of the program keeps between parsing and exiting. */
export interface Session {
  readonly signal: AbortSignal;
  exitCode: number;
  output: Output | undefined;
}

/** Hangs an action on a command: config file, streams, exit code. */
export function act(command: Command, session: Session, action: Action): Command {
  return command.action(async (...parameters: unknown[]) => {
    const global = command.optsWithGlobals() as Values;
    if (typeof global.config === "string") await applyConfigFile(command, global.config);
    const values = command.optsWithGlobals() as Values;
    const output = createOutput({
      quiet: values.quiet === true,
      verbose: values.verbose === true,
      color: wantsColor(values.color as boolean | undefined, process.stdout),
      json: values.logFormat === "json",
    });
    session.output = output;
    const args = parameters
      .slice(0, -2)
      .filter((parameter) => parameter !== undefined)
      .flat()
      .map(String);
    session.exitCode = await action({ output, signal: session.signal, now: () => new Date() }, values, args);
  });
}
