import type { Command } from "commander";
import { act, type Session } from "../context.ts";
import {
  addClusterOptions,
  addInputOptions,
  addSelectionOptions,
  addSigningOptions,
  addTierOption,
  clusterOptions,
  inputOptions,
  selectionOptions,
  signingOptions,
  text,
} from "../option-groups.ts";
import { createProgress } from "../progress.ts";

export function addGather(program: Command, session: Session): Command {
  const command = program
    .command("gather")
    .summary("look only: write evidence.json")
    .description(
      "Looks at the cluster and writes down what was seen. Judging can be done later, elsewhere, without the cluster.",
    )
    .requiredOption("-o, --output <file>", "the evidence file to write");
  addClusterOptions(command);
  addSelectionOptions(command);
  addTierOption(command);
  addInputOptions(command);
  addSigningOptions(command);
  return act(command, session, async ({ output, signal, now }, values) => {
    const file = text(values.output) ?? "evidence.json";
    const options = {
      cluster: clusterOptions(values),
      selection: selectionOptions(values),
      inputs: inputOptions(values),
      signing: signingOptions(values),
    };
    const { gatherEvidence } = await import("../../app/gather-evidence.ts");
    const progress = createProgress(output);
    const sealed = await gatherEvidence({ ...options, file, now, signal, onEvent: progress.onEvent }).finally(
      progress.end,
    );
    const facts = Object.values(sealed.evidence.facts.gathering.items);
    const seen = facts.filter((fact) => fact.status === "collected").length;
    output.note(`Wrote ${file}: ${seen} of ${facts.length} facts seen, sha256 ${sealed.sha256}.`);
    return seen === 0 ? 2 : 0;
  });
}
