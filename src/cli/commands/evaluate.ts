import type { Command } from "commander";
import { act, noticing, type Session } from "../context.ts";
import {
  addInputOptions,
  addOutputOptions,
  addSelectionOptions,
  addSigningOptions,
  formatOptions,
  inputOptions,
  signingOptions,
  text,
} from "../option-groups.ts";
import { addGateOptions, conclude, gateOptions } from "../run-result.ts";

export function addEvaluate(program: Command, session: Session): Command {
  const command = program
    .command("evaluate")
    .argument("<evidence.json>", "evidence of `gather` or of an earlier run")
    .summary("judge stored evidence, no cluster needed")
    .description(
      "Judges stored evidence. The same evidence under the same rules and date gives the same bytes. " +
        "Options that are given replace what the evidence carries; the facts stay as they were seen.",
    );
  addSelectionOptions(command, "the one in the evidence");
  addInputOptions(command);
  addSigningOptions(command);
  addOutputOptions(command);
  addGateOptions(command);
  return act(command, session, async ({ output }, values, [file = ""]) => {
    const gate = await gateOptions(values);
    const options = {
      file,
      scope: text(values.scope),
      scopeVersion: text(values.scopeVersion),
      asOf: text(values.asOf),
      only: values.only as string[] | undefined,
      skip: values.skip as string[] | undefined,
      includeProposed: values.include === undefined ? undefined : true,
      inputs: inputOptions(values),
      signing: signingOptions(values),
      folder: text(values.output),
      ...noticing(output),
      ...formatOptions(values),
    };
    const { evaluateEvidence } = await import("../../app/evaluate-evidence.ts");
    return conclude(await evaluateEvidence(options), output, gate);
  });
}
