import type { Command } from "commander";
import { act, type Session } from "../context.ts";
import { addSigningOptions, signingOptions } from "../option-groups.ts";

export function addSign(program: Command, session: Session): Command {
  const command = program
    .command("sign")
    .argument("<run>", "a run's folder, or a declarations file")
    .summary("sign a report, after judging it again, or a declarations file")
    .description(
      "Judges the run's evidence again, refuses what does not hold, and puts an SSH signature beside report.json " +
        "and report.scs.yaml.\nOf a declarations file: puts the declarant's signature beside it, FILE.sig.",
    )
    .option("--review", "counter-sign a declarations file for the assessment body: FILE.review.sig");
  addSigningOptions(command);
  return act(command, session, async ({ output, now }, values, [target = ""]) => {
    const { signTarget } = await import("../../app/sign-target.ts");
    const options = { signing: signingOptions(values), review: values.review === true, now };
    const { fingerprint, files } = await signTarget(target, options);
    output.note(`Signed by ${fingerprint}: ${files.join(", ")}.`);
    return 0;
  });
}
