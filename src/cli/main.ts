/** The program: parses, runs one command, turns whatever happens into one exit code. */
import { CommanderError } from "commander";
import { LeftBehind } from "../model/faults.ts";
import { outputFor, type Session } from "./context.ts";
import { endedAtOnce, Interrupted, reportFailure, reportMisuse } from "./failure.ts";
import { createProgram } from "./program.ts";
import { expectShortRun } from "./short-run.ts";

expectShortRun();
// what ends without a word of ours must not look like a verdict
process.exitCode = 70;
// nobody who runs the bundle can act on what a library of ours has deprecated
process.noDeprecation = true;

const controller = new AbortController();
const session: Session = {
  signal: controller.signal,
  exitCode: 0,
  output: outputFor({ logFormat: process.env.SCS_CONFORMANCE_LOG_FORMAT }),
  command: undefined,
  acting: undefined,
};

const interrupt = (): void => {
  // a second time: at once, whatever is left
  if (controller.signal.aborted) {
    if (session.acting !== undefined) session.output.fault(endedAtOnce(session.acting));
    process.exit(130);
  }
  controller.abort(new Interrupted("interrupted"));
};
process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);
// the terminal went away
process.on("SIGHUP", interrupt);
// a reader that went away (`| head`) is no fault
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(session.exitCode);
  throw error;
});
process.on("uncaughtException", (error) => process.exit(reportFailure(error, session.output)));

const program = createProgram(session);
try {
  await program.parseAsync(process.argv);
  process.exitCode = session.exitCode;
} catch (error) {
  process.exitCode = exitCodeFor(error);
}
process.off("SIGINT", interrupt);
process.off("SIGTERM", interrupt);
process.off("SIGHUP", interrupt);

function exitCodeFor(error: unknown): number {
  if (!(error instanceof CommanderError)) {
    const interrupted = controller.signal.aborted && !(error instanceof LeftBehind);
    return reportFailure(interrupted ? new Interrupted() : error, session.output);
  }
  // help and version have been printed
  if (error.exitCode === 0) return 0;
  // `scs-conformance` alone: the help has been printed to stderr
  if (error.code === "commander.help") return 3;
  if (program.opts().logFormat === "json") session.output = outputFor({ logFormat: "json" });
  return reportMisuse(error.message, session.command, session.output);
}
