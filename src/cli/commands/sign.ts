import type { Command } from "commander";
import { act, type Session } from "../context.ts";
import { addSigningOptions, signingOptions } from "../option-groups.ts";

export function addSign(program: Command, session: Session): Command {
  const command = program
    .command("sign")
    .argument("<run>", "a run's folder")
    .summary("sign a report, after judging it again")
    .description(
      "Judges the run's evidence again, refuses what does not hold, and puts an SSH signature beside report.json " +
        "and report.scs.yaml.",
    );
  addSigningOptions(command);
  return act(command, session, async ({ output, now }, values, [target = ""]) => {
    const { signRun } = await import("../../app/sign-run.ts");
    const { fingerprint, files } = await signRun(target, signingOptions(values), now);
    output.note(`Signed by ${fingerprint}: ${files.join(", ")}.`);
    return 0;
  });
}
