/** Inputs of a run that first runs the upstream e2e suite itself: its results are read as given ones are. */
import type { Gathering, Inputs } from "../model/evidence.ts";
import { UsageError } from "../model/faults.ts";
import { pairOf, readResultFiles } from "./conformance-results.ts";
import { inputsFor } from "./inputs.ts";
import type { Watch } from "./look.ts";
import type { ClusterOptions, InputOptions, SelectionOptions } from "./options.ts";
import type { SuiteNews } from "./run-suites.ts";
import type { LoadedScope } from "./scope.ts";
import { allowSuites, type SuiteOptions } from "./suite-options.ts";

/** Which runs, and who is told of them. */
export interface SuitesAsked extends SuiteOptions {
  readonly onNews: (news: SuiteNews) => void;
}

interface Asking extends Pick<Watch, "now" | "signal" | "onNotice" | "onActing"> {
  readonly cluster: ClusterOptions;
  readonly selection: SelectionOptions;
  readonly inputs: InputOptions;
  readonly suites?: SuitesAsked | undefined;
}

interface Ready {
  /** Counts what the runs made and left with what looking did. */
  cleanedUp(gathering: Gathering): Gathering;
  inputs(gathering: Gathering): Inputs;
}

/** Everything that is given is read, and what contradicts itself refused, before a run of hours begins. */
export async function inputsWithSuites(scope: LoadedScope, asking: Asking): Promise<{ run(): Promise<Ready> }> {
  const { suites, cluster, selection } = asking;
  allowSuites(suites, selection.tier, cluster.acting?.namespace);
  const inputs = await inputsFor(scope, selection, asking.inputs);
  if (suites === undefined) return { run: async () => ({ cleanedUp: (gathering) => gathering, inputs }) };
  await refuseTwice(suites, asking.inputs);
  return {
    async run() {
      const { runSuites, together } = await import("./run-suites.ts");
      const ran = await runSuites({ ...asking, suites, onNews: suites.onNews });
      const { cleanup } = ran;
      const suitesWithoutResults = [...ran.withoutResults];
      const conformanceFiles = [...(asking.inputs.conformanceFiles ?? []), ...ran.folders];
      return {
        cleanedUp: (gathering) => ({
          ...gathering,
          cleanup: together(cleanup, gathering.cleanup ?? { created: 0, left: 0 }),
        }),
        inputs: await inputsFor(scope, selection, { ...asking.inputs, conformanceFiles, suitesWithoutResults }),
      };
    },
  };
}

async function refuseTwice({ kinds }: SuiteOptions, { conformanceFiles }: InputOptions): Promise<void> {
  if (conformanceFiles === undefined) return;
  const pair = pairOf(await readResultFiles(conformanceFiles));
  const twice = kinds.filter((kind) => (kind === "full" ? pair.suite : pair.policies) !== undefined);
  if (twice.length === 0) return;
  throw new UsageError(
    `--run-conformance ${twice.join(",")} would run what --conformance-results holds already.`,
    "Give one of the two.",
  );
}
