import type { Command } from "commander";
import { addViewOptions, viewOptions } from "../cluster-options.ts";
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
  addViewOptions(command);
  return act(command, session, async ({ output, now }, values) => {
    const { planText, roleText } = await import("../../app/plan-run.ts");
    const asked = [selectionOptions(values), now, viewOptions(values)] as const;
    output.result(values.role === true ? await roleText(...asked) : await planText(...asked));
    return 0;
  });
}
