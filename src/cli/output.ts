/** The two streams. stdout carries only what was asked for, everything else goes to stderr. */
import pc from "picocolors";

export interface OutputOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  readonly json: boolean;
}

export interface Output {
  readonly options: OutputOptions;
  readonly paint: ReturnType<typeof pc.createColors>;
  /** What was asked for. */
  result(text: string): void;
  /** What a person may want to know; silent with --quiet. */
  note(text: string, fields?: { readonly [key: string]: string | number }): void;
  /** What went wrong; always said. */
  fault(text: string): void;
  /** Columns of the terminal that reads stdout, when it is one. */
  readonly width: number | undefined;
}

export function createOutput(options: OutputOptions): Output {
  return {
    options,
    paint: pc.createColors(options.color),
    result: (text) => void process.stdout.write(text.endsWith("\n") ? text : `${text}\n`),
    note: (text, fields) => {
      if (options.quiet) return;
      process.stderr.write(
        options.json ? `${JSON.stringify({ level: "info", message: text, ...fields })}\n` : `${text}\n`,
      );
    },
    fault: (text) => {
      process.stderr.write(options.json ? `${JSON.stringify({ level: "error", message: text })}\n` : `${text}\n`);
    },
    width: process.stdout.isTTY ? process.stdout.columns : undefined,
  };
}

/** NO_COLOR and FORCE_COLOR as everywhere; else colour only for a terminal. */
export function wantsColor(flag: boolean | undefined, stream: NodeJS.WriteStream): boolean {
  if (flag === false || process.env.NO_COLOR) return false;
  if (process.env.FORCE_COLOR && process.env.FORCE_COLOR !== "0") return true;
  return stream.isTTY === true;
}

/** Text by others must not steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{C}/gu, "\ufffd");
}
