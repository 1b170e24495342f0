/** The program: parses, runs one command, turns whatever happens into one exit code. */
import { CommanderError } from "commander";
import type { Session } from "./context.ts";
import { Interrupted, reportFailure } from "./failure.ts";
import { createOutput } from "./output.ts";
import { createProgram } from "./program.ts";

const controller = new AbortController();
const session: Session = { signal: controller.signal, exitCode: 0, output: undefined };

const interrupt = (): void => controller.abort(new Interrupted("interrupted"));
process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);
// a reader that went away (`| head`) is no fault
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(session.exitCode);
  throw error;
});

const output = createOutput({ quiet: false, verbose: process.argv.includes("--verbose"), color: false, json: false });
try {
  await createProgram(session).parseAsync(process.argv);
  process.exitCode = session.exitCode;
} catch (error) {
  if (error instanceof CommanderError) {
    // commander has printed already; help and version are no faults
    process.exitCode = error.exitCode === 0 ? 0 : 3;
  } else {
    process.exitCode = reportFailure(controller.signal.aborted ? new Interrupted() : error, session.output ?? output);
  }
}
process.off("SIGINT", interrupt);
process.off("SIGTERM", interrupt);
