import type { Command } from "commander";
import { UsageError } from "../../model/faults.ts";
import { act, actingWatch, type Session } from "../context.ts";
import { addLookingOptions, lookingOptions } from "../looking-options.ts";
import { noteOpenings, text } from "../option-groups.ts";
import { createProgress } from "../progress.ts";

export function addGather(program: Command, session: Session): Command {
  const command = program
    .command("gather")
    .summary("look only: write evidence.json")
    .description(
      "Looks at the cluster and writes down what was seen. Judging can be done later, elsewhere, without the cluster.",
    )
    .option("-o, --output <file>", "the evidence file to write (required)");
  addLookingOptions(command);
  return act(command, session, async ({ output, signal, now }, values) => {
    const file = text(values.output);
    if (file === undefined) throw new UsageError("No file to write was named.", "Say -o evidence.json.");
    const options = lookingOptions(values, output);
    const { gatherEvidence } = await import("../../app/gather-evidence.ts");
    const progress = createProgress(output);
    const { sealed, seen, asked } = await gatherEvidence({
      ...options,
      file,
      now,
      signal,
      onEvent: progress.onEvent,
      ...actingWatch(session, output),
    }).finally(progress.end);
    output.note(`Wrote ${file}: the cluster showed ${seen} of ${asked} facts, sha256 ${sealed.sha256}.`);
    noteOpenings(output, options.redact);
    return seen === 0 ? 2 : 0;
  });
}
