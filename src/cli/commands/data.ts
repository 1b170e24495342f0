import { Argument, type Command } from "commander";
import { act, type Session } from "../context.ts";
import { text } from "../option-groups.ts";

export function addData(program: Command, session: Session): Command {
  const command = program
    .command("data")
    .addArgument(new Argument("<what>", "show: print the facts in use").choices(["show"]))
    .summary("the dated Kubernetes release, end-of-life and CVE facts")
    .description("Shows the facts that the version policy is judged by, their date and where they are from.")
    .option("--data <file>", "a file instead of the built-in facts")
    .option("--json", "the whole file as JSON, ready for --data");
  return act(command, session, async ({ output, now }, values) => {
    const { showData } = await import("../../app/show-data.ts");
    output.result(await showData({ file: text(values.data), json: values.json === true, now }));
    return 0;
  });
}
