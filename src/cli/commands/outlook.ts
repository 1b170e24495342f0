import { type Command, Option } from "commander";
import { instantOption } from "../../app/options.ts";
import { type TableFormat, tableFormats } from "../../app/table-formats.ts";
import { act, type Session } from "../context.ts";
import { text } from "../option-groups.ts";

export function addOutlook(program: Command, session: Session): Command {
  const command = program
    .command("outlook")
    .argument("<run>", "a run's folder, its report.json, or evidence.json")
    .summary("what of a run turns red or expires, and when")
    .description(
      "Judges the evidence as of days to come and says on which day which answer turns: certificates, ends of life, deadlines " +
        "for patches, release data, scope versions, declarations, waivers, lifetimes of results. First as it is; then as if " +
        "somebody looked again and saw the same; then with release data that is always new, which shows what stays.",
    )
    .addOption(
      new Option("--until <date>", "last day to look at (default: 430 days on)").argParser((given) =>
        instantOption("--until", given),
      ),
    )
    .addOption(new Option("--format <format>", "form of what is printed").choices(tableFormats).default("text"));
  return act(command, session, async ({ output }, values, [target = ""]) => {
    const [{ outlook }, { outlookIn }] = await Promise.all([
      import("../../app/outlook.ts"),
      import("../../app/outlook-formats.ts"),
    ]);
    const { color, verbose } = output.options;
    const format = values.format as TableFormat;
    output.result(
      outlookIn(format, await outlook({ target, until: text(values.until) }), { color, verbose, width: output.width }),
    );
    return 0;
  });
}
