import type { Command } from "commander";
import { UsageError } from "../../model/faults.ts";
import { act, type Session } from "../context.ts";
import { text } from "../option-groups.ts";

export function addOpen(program: Command, session: Session): Command {
  const command = program
    .command("open")
    .argument("<openings>", "the file that --redact names kept")
    .argument("<names...>", "commitments as the report shows them, or names")
    .summary("single names of redacted evidence, for whoever may know them")
    .description(
      "Takes single openings out of the file that only you have. Whoever gets them sees with `verify --openings` that they are " +
        "the names that the evidence was committed to, and learns nothing of the others.",
    )
    .option("-o, --output <file>", "the file to write (required)");
  return act(command, session, async ({ output }, values, [file = "", ...wanted]) => {
    const target = text(values.output);
    if (target === undefined) throw new UsageError("No file to write was named.", "Say -o opened.json.");
    const { openNames } = await import("../../app/open-names.ts");
    const count = await openNames({ file, wanted, output: target });
    output.note(`Wrote ${target}: ${count} of your openings.`);
    return 0;
  });
}
