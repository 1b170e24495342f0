import type { Command } from "commander";
import { act, type Session } from "../context.ts";
import { addScopeOptions, selectionOptions } from "../option-groups.ts";

export function addExplain(program: Command, session: Session): Command {
  const command = program
    .command("explain")
    .argument("<id>", "id of a requirement, check, testcase or standard")
    .summary("the clause, what is looked at, how to mend it")
    .description(
      "Explains a requirement: its clause, why it matters, what is looked at with which rights, how to mend it per platform.",
    );
  addScopeOptions(command);
  return act(command, session, async ({ output, now }, values, [id = ""]) => {
    const { explain } = await import("../../app/explain-id.ts");
    output.result(await explain(id, selectionOptions(values), now));
    return 0;
  });
}
