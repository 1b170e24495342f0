import { type Command, Option } from "commander";
import { instantOption } from "../../app/options.ts";
import { UsageError } from "../../model/faults.ts";
import { act, type Session } from "../context.ts";
import { addSigningOptions, signingOptions, text } from "../option-groups.ts";

export function addEvidence(program: Command, session: Session): Command {
  const command = program
    .command("evidence")
    .argument("<evidence>", "evidence.json, or a run's folder")
    .summary("a smaller evidence file, for whoever reviews")
    .description(
      "Writes evidence with only the facts that binding requirements rest on. It says which evidence it is a part of, is judged " +
        "like any other (evaluate, verify, review) and gives the same binding results; what else was asked for is named as not " +
        "looked at.",
    )
    .addOption(new Option("--for <whom>", "for whom it is").choices(["review"]).default("review"))
    .addOption(
      new Option("--as-of <date>", "the day that it will be judged as of (default: that of the run)").argParser(
        (given) => instantOption("--as-of", given),
      ),
    )
    .option("-o, --output <file>", "the evidence file to write (required)");
  addSigningOptions(command);
  return act(command, session, async ({ output }, values, [target = ""]) => {
    const file = text(values.output);
    if (file === undefined) throw new UsageError("No file to write was named.", "Say -o review/evidence.json.");
    const { writeReduced } = await import("../../app/reduce-evidence.ts");
    const options = { target, file, asOf: text(values.asOf), signing: signingOptions(values) };
    const { sealed, kept, leftOut, unseen } = await writeReduced(options);
    output.note(
      `Wrote ${file}: ${kept} facts kept, ${leftOut} left out; ${unseen.length} requirements that do not bind are no longer ` +
        `answered. sha256 ${sealed.sha256}.`,
    );
    return 0;
  });
}
