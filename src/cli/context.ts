/** What every command is run with: streams, clock, and a signal that ends it. */
import type { Command } from "commander";
import type { Values } from "./option-groups.ts";
import { createOutput, type Output, printable, wantsColor } from "./output.ts";
import { applySettings } from "./settings.ts";

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
  output: Output;
  /** The command that is parsed or run; undefined: none was named. */
  command: string | undefined;
  /** The run that is making objects on a cluster. */
  acting: string | undefined;
}

/** Tells what a run does beside what it was asked for. */
export function noticing(output: Output) {
  return { onNotice: (text: string): void => output.note(printable(text)) };
}

/** Tells what a run does beside looking, and keeps its name for who ends it at once. */
export function actingWatch(session: Session, output: Output) {
  return {
    ...noticing(output),
    onActing: (run: string): void => {
      session.acting = run;
    },
  };
}

/** Hangs an action on a command: settings, streams, exit code. */
export function act(command: Command, session: Session, action: Action): Command {
  return command.action(async (...parameters: unknown[]) => {
    await applySettings(command, process.env);
    const values = command.optsWithGlobals() as Values;
    session.output = outputFor(values);
    const args = parameters
      .slice(0, -2)
      .filter((parameter) => parameter !== undefined)
      .flat()
      .map(String);
    session.exitCode = await action(
      { output: session.output, signal: session.signal, now: () => new Date() },
      values,
      args,
    );
  });
}

/** The streams as the global options ask for them. */
export function outputFor(values: Values): Output {
  return createOutput({
    quiet: values.quiet === true,
    verbose: values.verbose === true,
    color: wantsColor(values.color === false ? false : undefined, process.stdout),
    json: values.logFormat === "json",
  });
}
