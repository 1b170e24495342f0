/** Options of the commands that look at a cluster: at which, with what, and what is kept of it. */
import type { Command } from "commander";
import type { LookingOptions } from "../app/planned-look.ts";
import { addActingOptions, addClusterOptions, addViewOptions, clusterOptions } from "./cluster-options.ts";
import {
  addInputOptions,
  addRedactOptions,
  addSelectionOptions,
  addSigningOptions,
  addTierOption,
  inputOptions,
  redactOptions,
  selectionOptions,
  signingOptions,
  type Values,
} from "./option-groups.ts";
import type { Output } from "./output.ts";
import { addSuiteOptions, suiteOptions } from "./suite-options.ts";
import { suiteProgress } from "./suite-progress.ts";

export function addLookingOptions(command: Command): void {
  addClusterOptions(command);
  addViewOptions(command);
  addSelectionOptions(command);
  addTierOption(command);
  addActingOptions(command);
  addInputOptions(command);
  addSuiteOptions(command);
  addRedactOptions(command);
  addSigningOptions(command);
}

type Given = Pick<LookingOptions, "cluster" | "selection" | "inputs" | "suites" | "signing" | "redact">;

export function lookingOptions(values: Values, output: Output): Given {
  const suites = suiteOptions(values);
  return {
    cluster: clusterOptions(values),
    selection: selectionOptions(values),
    inputs: inputOptions(values),
    suites: suites && { ...suites, onNews: suiteProgress(output) },
    signing: signingOptions(values),
    redact: redactOptions(values),
  };
}
