import type { Command } from "commander";
import { act, noticing, type Session } from "../context.ts";
import {
  addOutputOptions,
  addScopeOptions,
  addSigningOptions,
  addSubjectOption,
  formatOptions,
  selectionOptions,
  signingOptions,
  text,
} from "../option-groups.ts";
import { addGateOptions, conclude, gateOptions } from "../run-result.ts";

export function addImport(program: Command, session: Session): Command {
  const command = program
    .command("import")
    .argument(
      "<results...>",
      "Sonobuoy tarball, Hydrophone or submission folder, or JUnit file; one for each kind of specs",
    )
    .summary("judge results of the CNCF conformance suite alone, no cluster needed")
    .description(
      "Reads a finished run of the Kubernetes e2e suite, says what is in it, and judges it by the testcases it speaks to: " +
        "CNCF conformance and NetworkPolicy. Complete is what holds every required spec of its minor by name, never a count " +
        "or the word SUCCESS. A result that names no cluster counts with --subject and a key: a signed statement of yours.",
    );
  addScopeOptions(command);
  addSubjectOption(command);
  addSigningOptions(command);
  addOutputOptions(command);
  addGateOptions(command);
  return act(command, session, async ({ output, now }, values, files) => {
    const gate = await gateOptions(values);
    const options = {
      files,
      selection: selectionOptions(values),
      subject: text(values.subject),
      signing: signingOptions(values),
      folder: text(values.output),
      ...noticing(output),
      ...formatOptions(values),
      now,
    };
    const { importAndJudge } = await import("../../app/import-results.ts");
    const { run, found } = await importAndJudge(options);
    for (const line of found) output.result(line);
    return conclude(run, output, gate);
  });
}
