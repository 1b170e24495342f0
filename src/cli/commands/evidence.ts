import { type Command, Option } from "commander";
import { instantOption } from "../../app/options.ts";
import { UsageError } from "../../model/faults.ts";
import { act, type Session } from "../context.ts";
import {
  addRedactOptions,
  addSigningOptions,
  noteOpenings,
  redactOptions,
  signingOptions,
  text,
} from "../option-groups.ts";

export function addEvidence(program: Command, session: Session): Command {
  const command = program
    .command("evidence")
    .argument("<evidence>", "evidence.json, or a run's folder")
    .summary("evidence that tells less: for whoever reviews, without names")
    .description(
      "--for review keeps only the facts that binding requirements rest on: the file says which evidence it is a part of, is " +
        "judged like any other (evaluate, verify, review) and gives the same binding results; what else was asked for is named as " +
        "not looked at. --redact names puts commitments in place of the names of machines; outcomes stay the same.",
    )
    .addOption(new Option("--for <whom>", "for whom it is").choices(["review"]))
    .addOption(
      new Option("--as-of <date>", "the day that it will be judged as of (default: that of the run)").argParser(
        (given) => instantOption("--as-of", given),
      ),
    )
    .option("-o, --output <file>", "the evidence file to write (required)");
  addRedactOptions(command);
  addSigningOptions(command);
  return act(command, session, async ({ output }, values, [target = ""]) => {
    const file = text(values.output);
    if (file === undefined) throw new UsageError("No file to write was named.", "Say -o review/evidence.json.");
    const redact = redactOptions(values);
    const forReview = values.for === "review";
    if (!forReview && redact === undefined)
      throw new UsageError("Nothing was to be left out.", "Say --for review, --redact names, or both.");
    const { writeReduced } = await import("../../app/reduce-evidence.ts");
    const options = { target, file, asOf: text(values.asOf), forReview, redact, signing: signingOptions(values) };
    const { sealed, kept, leftOut, unseen } = await writeReduced(options);
    const less = `${leftOut} left out; ${unseen.length} requirements that do not bind are no longer answered`;
    output.note(`Wrote ${file}: ${kept} facts kept${forReview ? `, ${less}` : ""}. sha256 ${sealed.sha256}.`);
    noteOpenings(output, redact);
    return 0;
  });
}
