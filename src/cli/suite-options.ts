/** Options of the runs of the upstream e2e suite that are started here. */
import { type Command, Option } from "commander";
import {
  imageMappingOption,
  type SuiteOptions,
  suiteFocusOption,
  suiteImageOption,
  suiteKindOption,
} from "../app/suite-options.ts";
import { UsageError } from "../model/faults.ts";
import { list, text, type Values } from "./option-groups.ts";

export function addSuiteOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--run-conformance <runs>",
        "run upstream's e2e suite in the cluster first: full, networkpolicy",
      ).argParser(list),
    )
    .addOption(
      new Option("--conformance-image <image>", "its image (default: upstream's for the server's version)").argParser(
        suiteImageOption,
      ),
    )
    .addOption(
      new Option(
        "--image-registry <from=to>",
        "registries that its images are pulled from instead, for air gaps",
      ).argParser(list),
    )
    .addOption(
      new Option("--conformance-focus <expression>", "only specs whose name matches: decides nothing alone").argParser(
        suiteFocusOption,
      ),
    );
}

/** Undefined when no run is asked for; then its other options have no meaning and are refused. */
export function suiteOptions(values: Values): SuiteOptions | undefined {
  const kinds = ((values.runConformance as readonly string[] | undefined) ?? []).map(suiteKindOption);
  const registries = ((values.imageRegistry as readonly string[] | undefined) ?? []).map(imageMappingOption);
  const [image, focus] = [text(values.conformanceImage), text(values.conformanceFocus)];
  if (kinds.length > 0) return { kinds: [...new Set(kinds)], image, registries, focus };
  const alone = [
    ...(image === undefined ? [] : ["--conformance-image"]),
    ...(registries.length === 0 ? [] : ["--image-registry"]),
    ...(focus === undefined ? [] : ["--conformance-focus"]),
  ];
  if (alone.length === 0) return undefined;
  throw new UsageError(
    `${alone.join(" and ")} says how to run the suite, and no run was asked for.`,
    "Add --run-conformance full or networkpolicy.",
  );
}
