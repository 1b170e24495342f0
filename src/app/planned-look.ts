/** What every run that looks at a cluster does: plans by what was asked for, looks, and seals what was seen with what was given. */
import type { SealedEvidence } from "../evidence/seal.ts";
import type { Gathering } from "../model/evidence.ts";
import { instantAt } from "../model/instant.ts";
import { openSigner } from "./key.ts";
import { look, type Watch } from "./look.ts";
import type { ClusterOptions, InputOptions, SelectionOptions, SigningOptions } from "./options.ts";
import { type Redaction, type RedactOptions, redactorOf, sealedBy } from "./redaction.ts";
import { loadScope } from "./scope.ts";
import { planFor, viewsGiven } from "./selected.ts";
import { inputsWithSuites, type SuitesAsked } from "./suite-inputs.ts";

/** What to look at, by which rules, with what beside it. */
export interface LookingOptions extends Watch {
  readonly cluster: ClusterOptions;
  readonly selection: SelectionOptions;
  readonly inputs: InputOptions;
  readonly suites?: SuitesAsked | undefined;
  readonly signing: SigningOptions;
  readonly recorded?: boolean;
  /** Names of machines go, and what opens them is kept there. */
  readonly redact?: RedactOptions | undefined;
}

/** Finds what a caller got wrong with all of that before the first byte goes to the cluster: nothing does before `look`. */
export async function plannedLook(options: LookingOptions) {
  const { cluster, selection } = options;
  const scope = await loadScope(selection.scope, selection.scopeVersion);
  const asOf = selection.asOf ?? instantAt(options.now().getTime());
  const plan = planFor(scope.scope, selection, asOf, viewsGiven(cluster), cluster.acting);
  const inputs = await inputsWithSuites(scope, options);
  const signer = await openSigner(options.signing);
  return {
    signer,
    async look(redaction: Redaction | undefined): Promise<{ gathering: Gathering; sealed: SealedEvidence }> {
      const suites = await inputs.run();
      const gatheredBy = signer?.fingerprint ?? "unsigned";
      const gathering = suites.cleanedUp(await look({ ...options, plan, gatheredBy, ...redactorOf(redaction) }));
      return { gathering, sealed: sealedBy(redaction, gathering, suites.inputs(gathering)) };
    },
  };
}
