/** All that judging uses beside the facts, put together for the evidence. */
import type { Gathering, Inputs } from "../model/evidence.ts";
import type { FactValues } from "../model/facts/index.ts";
import { startOf } from "../model/instant.ts";
import type { Json } from "../model/json.ts";
import {
  nodesIn,
  pairIn,
  pairOf,
  type ResultPair,
  readResultFiles,
  resultInputs,
  stated,
} from "./conformance-results.ts";
import { declarationSources } from "./declarations.ts";
import type { InputOptions, SelectionOptions } from "./options.ts";
import { releaseData } from "./release-data.ts";
import type { LoadedScope } from "./scope.ts";
import { waiversIn } from "./waivers.ts";

/** Reads what is given, before anything is looked at; what is gathered only adds a name when there is none. */
export async function inputsFor(
  scope: LoadedScope,
  selection: Omit<SelectionOptions, "scope" | "scopeVersion" | "asOf">,
  options: InputOptions,
): Promise<(gathering: Gathering) => Inputs> {
  const kubernetesReleases = await releasesInput(options.data);
  const given = await givenInputs(options);
  const { conformanceResults, suitesWithoutResults } = options;
  const { pair, ...nodes } = await givenResults(options);
  const results = { ...(conformanceResults ? pairIn({ conformanceResults }) : {}), ...pair };
  return (gathering) => ({
    subject: options.subject ?? subjectOf(gathering),
    scope: scope.input,
    selection: { only: [...selection.only], skip: [...selection.skip], tier: selection.tier },
    includeProposed: selection.includeProposed,
    ...given,
    ...resultInputs(stated(results, options.subject, gathering.gatheredBy)),
    ...nodes,
    ...(suitesWithoutResults === undefined || suitesWithoutResults.length === 0 ? {} : { suitesWithoutResults }),
    kubernetesReleases,
  });
}

/** Declarations and waivers, as far as the caller names files of them. */
export async function givenInputs({
  declarations,
  waivers,
}: InputOptions): Promise<Pick<Inputs, "declarationFiles" | "waivers">> {
  return {
    ...(declarations ? { declarationFiles: [...(await declarationSources(declarations))] } : {}),
    ...(waivers ? { waivers: [...(await waiversIn(waivers))] } : {}),
  };
}

/** Results of the upstream e2e suite, as far as the caller names files of them. */
export async function givenResults({
  conformanceFiles,
}: InputOptions): Promise<{ readonly pair: ResultPair } & Pick<Inputs, "nodeConfiguration">> {
  const read = conformanceFiles ? await readResultFiles(conformanceFiles) : [];
  return { pair: pairOf(read), ...nodesIn(read) };
}

/** Release, end-of-life and CVE facts: the embedded ones, or a file in the same form. */
export async function releasesInput(file: string | undefined): Promise<Inputs["kubernetesReleases"]> {
  const { date, sha256, value } = await releaseData(file);
  return { at: startOf(date), date, sha256, value: value as unknown as Json };
}

/** Without --subject a report is about the cluster itself, named by the start of its uid. */
function subjectOf(gathering: Gathering): string {
  const identity = gathering.items["kube/identity"];
  if (identity?.status !== "collected") return "unidentified-cluster";
  return `cluster-${(identity.value as FactValues["kube/identity"]).uid.slice(0, 8)}`;
}
