/** Errors as a person reads them, and the exit code they mean. */
import { LeftBehind, UsageError } from "../model/faults.ts";
import type { Output } from "./output.ts";

/** Interrupted by a signal: told apart from faults. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Prints one clear line for each fault and what to do next; returns the exit code. A stack is shown with --verbose only. */
export function reportFailure(error: unknown, output: Pick<Output, "fault" | "options">): 3 | 70 | 130 {
  if (error instanceof Interrupted) {
    output.fault("Interrupted; nothing was left behind.");
    return 130;
  }
  if (error instanceof LeftBehind) {
    output.fault(`Interrupted; ${error.message}`);
    return 130;
  }
  if (error instanceof UsageError) {
    output.fault(plain(error.message));
    if (error.advice !== undefined) output.fault(plain(error.advice));
    return 3;
  }
  const message = error instanceof Error ? error.message : String(error);
  output.fault(`This is a defect of scs-conformance, not of the cluster: ${plain(message.split("\n")[0] ?? "")}`);
  output.fault(
    output.options.verbose && error instanceof Error
      ? plain(error.stack ?? "")
      : "Run again with --verbose and report what it prints.",
  );
  return 70;
}

/** The last word of a run that nobody lets clean up. */
export function endedAtOnce(run: string): string {
  return `Ended at once. What the run ${run} made may still be there: \`scs-conformance cleanup --run ${run}\` removes it.`;
}

/** Says what is wrong with the words of the command line, and where the right ones stand. */
export function reportMisuse(message: string, command: string | undefined, output: Pick<Output, "fault">): 3 {
  const [first = "", ...others] = message.replace(/^error: /, "").split("\n");
  output.fault(plain(first.charAt(0).toUpperCase() + first.slice(1)));
  for (const line of others) if (line !== "") output.fault(plain(line));
  output.fault(`See \`scs-conformance ${command === undefined ? "" : `${command} `}--help\`.`);
  return 3;
}

/** Text from files and clusters must not steer the terminal. */
function plain(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, "\ufffd");
}
