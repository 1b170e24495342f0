import type { Command } from "commander";
import { act, type Session } from "../context.ts";
import { text } from "../option-groups.ts";
import { createProgress } from "../progress.ts";
import { conclude } from "../run-result.ts";

export function addDemo(program: Command, session: Session): Command {
  const command = program
    .command("demo")
    .summary("all of it against a recorded cluster, no kubeconfig needed")
    .description(
      "Replays a recorded cluster over HTTPS in this process and does the whole job: look, judge, sign with a throw-away key, " +
        "verify. Needs no cluster and no network.",
    )
    .option("-o, --output <folder>", "folder for the files of the run (default: below the system's temporary folder)");
  return act(command, session, async ({ output, signal, now }, values) => {
    const { runDemo } = await import("../../app/demo/run-demo.ts");
    output.result("This is a recording of a test cluster, replayed; nothing outside this process is contacted.");
    const progress = createProgress(output);
    const demo = await runDemo({ folder: text(values.output), now, signal, onEvent: progress.onEvent }).finally(
      progress.end,
    );
    const code = await conclude(demo.run, output, { gate: "binding", strict: false, baseline: undefined });
    for (const line of demo.closing) output.result(line);
    return demo.verified ? code : 70;
  });
}
