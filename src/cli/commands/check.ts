import type { Command } from "commander";
import { act, actingWatch, type Session } from "../context.ts";
import { addLookingOptions, lookingOptions } from "../looking-options.ts";
import { addOutputOptions, formatOptions, noteOpenings, text } from "../option-groups.ts";
import { createProgress } from "../progress.ts";
import { addGateOptions, conclude, gateOptions } from "../run-result.ts";

export function addCheck(program: Command, session: Session): Command {
  const command = program
    .command("check")
    .summary("look at a cluster, judge it, leave a report")
    .description(
      "Looks at the cluster of a kubeconfig, judges it against a scope, and leaves report.json, evidence.json, report.html " +
        "and, for the compliance monitor, report.scs.yaml. Creates nothing. Tier dry-run also asks the API server what it would do, and stores nothing of it. " +
        "Tiers active and system make objects of their own, and take them away again (see `plan --tier`, `cleanup`).",
    );
  addLookingOptions(command);
  addOutputOptions(command);
  addGateOptions(command);
  return act(command, session, async ({ output, signal, now }, values) => {
    const gate = await gateOptions(values);
    const options = {
      ...lookingOptions(values, output),
      folder: text(values.output),
      ...formatOptions(values),
    };
    const { check } = await import("../../app/check.ts");
    const progress = createProgress(output);
    const watch = { now, signal, onEvent: progress.onEvent, ...actingWatch(session, output) };
    const run = await check({ ...options, ...watch }).finally(progress.end);
    noteOpenings(output, options.redact);
    return conclude(run, output, gate);
  });
}
