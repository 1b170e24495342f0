import type { Command } from "commander";
import { act, type Session } from "../context.ts";
import { addSelectionOptions, addTierOption, selectionOptions } from "../option-groups.ts";

export function addPlan(program: Command, session: Session): Command {
  const command = program
    .command("plan")
    .summary("what a run would read, and with which rights")
    .description(
      "Says what `check` would look at, before anything is sent: probes, requests, rights. Needs no cluster.",
    )
    .option("--role", "print exactly the RBAC objects that the run needs, as YAML");
  addSelectionOptions(command);
  addTierOption(command);
  return act(command, session, async ({ output, now }, values) => {
    const { planText, roleText } = await import("../../app/plan-run.ts");
    const selection = selectionOptions(values);
    output.result(values.role === true ? await roleText(selection, now) : await planText(selection, now));
    return 0;
  });
}
