import { Argument, type Command } from "commander";
import type { ListTopic } from "../../app/list-catalogue.ts";
import { act, type Session } from "../context.ts";
import { addSelectionOptions, selectionOptions } from "../option-groups.ts";

const topics = ["standards", "requirements", "checks", "probes", "formats", "scopes"] as const satisfies ListTopic[];

export function addList(program: Command, session: Session): Command {
  const command = program
    .command("list")
    .addArgument(new Argument("<what>", "what to list").choices(topics))
    .summary("the catalogue: standards, requirements, checks, probes, formats, scopes")
    .description("Lists the catalogue as it stands on the as-of date, one entry a line.");
  addSelectionOptions(command);
  return act(command, session, async ({ output, now }, values, [what = ""]) => {
    const { listCatalogue } = await import("../../app/list-catalogue.ts");
    output.result(await listCatalogue(what as ListTopic, selectionOptions(values), now));
    return 0;
  });
}
