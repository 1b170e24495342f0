import type { Command } from "commander";
import { UsageError } from "../../model/faults.ts";
import { addActingOptions, addClusterOptions, addViewOptions, clusterOptions } from "../cluster-options.ts";
import { act, type Session } from "../context.ts";
import { addSelectionOptions, addTierOption, selectionOptions } from "../option-groups.ts";
import { addSuiteOptions, suiteOptions } from "../suite-options.ts";

export function addPlan(program: Command, session: Session): Command {
  const command = program
    .command("plan")
    .summary("what a run would read, and with which rights")
    .description(
      "Says what `check` would look at, before anything is sent: probes, requests, rights. Needs no cluster, but for " +
        "--preflight: that asks the API server for each right, and names what a missing one would leave open.",
    )
    .option("--role", "print exactly the RBAC objects that the run needs, as YAML")
    .option("--preflight", "ask the cluster for each right; exit code 2 when one is missing");
  addClusterOptions(command);
  addSelectionOptions(command);
  addTierOption(command);
  addActingOptions(command);
  addViewOptions(command);
  addSuiteOptions(command);
  return act(command, session, async ({ output, now, signal }, values) => {
    const suites = suiteOptions(values);
    if (values.preflight === true) {
      if (values.role === true) throw new UsageError("--role and --preflight are two questions.", "Ask one at a time.");
      const { preflight } = await import("../../app/preflight.ts");
      const selection = selectionOptions(values);
      const { text, missing } = await preflight({ cluster: clusterOptions(values), selection, suites, now, signal });
      output.result(text);
      return missing === 0 ? 0 : 2;
    }
    const { planText, roleText } = await import("../../app/plan-run.ts");
    const asked = [selectionOptions(values), now, { ...clusterOptions(values), suites }] as const;
    output.result(values.role === true ? await roleText(...asked) : await planText(...asked));
    return 0;
  });
}
