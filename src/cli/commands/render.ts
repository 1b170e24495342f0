import { type Command, Option } from "commander";
import { type Format, formatNames } from "../../app/format-names.ts";
import { act, type Session } from "../context.ts";
import { formatOption, sarifLocationOption, text } from "../option-groups.ts";

export function addRender(program: Command, session: Session): Command {
  const command = program
    .command("render")
    .argument("<run>", "a run's folder, or its report.json")
    .summary("a stored report in any format")
    .description("Prints a stored report in any format. With the run's folder it can cite the evidence.")
    .addOption(
      new Option("--format <format>", `one of ${formatNames.join(", ")}`).argParser(formatOption).default("terminal"),
    )
    .addOption(sarifLocationOption());
  return act(command, session, async ({ output }, values, [target = ""]) => {
    const format = values.format as Format;
    const { renderReport } = await import("../../app/render-report.ts");
    const { color, verbose } = output.options;
    const sarifLocation = text(values.sarifLocation);
    output.result(await renderReport({ target, format, color, verbose, width: output.width, sarifLocation }));
    return 0;
  });
}
