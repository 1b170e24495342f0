/** The main job: gather, judge, write the files of a run. */
import { instantAt } from "../model/instant.ts";
import { judgeEvidence } from "./judge-evidence.ts";
import { openSigner } from "./key.ts";
import { inRunFolder, leaveRun, type RunResult } from "./leave-run.ts";
import { look, type Watch } from "./look.ts";
import type { ClusterOptions, FormatOptions, InputOptions, SelectionOptions, SigningOptions } from "./options.ts";
import { keeping, openRedaction, type RedactOptions, redactorOf, sealedBy } from "./redaction.ts";
import { loadScope } from "./scope.ts";
import { planFor, viewsGiven } from "./selected.ts";
import { inputsWithSuites, type SuitesAsked } from "./suite-inputs.ts";

export interface CheckOptions extends Watch, FormatOptions {
  readonly cluster: ClusterOptions;
  readonly selection: SelectionOptions;
  readonly inputs: InputOptions;
  readonly suites?: SuitesAsked | undefined;
  readonly signing: SigningOptions;
  readonly folder?: string | undefined;
  readonly recorded?: boolean;
  /** Names of machines go, and what opens them is kept there. */
  readonly redact?: RedactOptions | undefined;
}

/** Everything a caller can get wrong is found before the first byte goes to the cluster. */
export async function check(options: CheckOptions): Promise<RunResult> {
  const scope = await loadScope(options.selection.scope, options.selection.scopeVersion);
  const now = instantAt(options.now().getTime());
  const asOf = options.selection.asOf ?? now;
  const { cluster } = options;
  const plan = planFor(scope.scope, options.selection, asOf, viewsGiven(cluster), cluster.acting);
  const inputs = await inputsWithSuites(scope, options);
  const signer = await openSigner(options.signing);
  const redaction = await openRedaction(options.redact, options.folder);
  return inRunFolder(options, async (folder) => {
    const suites = await inputs.run();
    const looked = await look({
      ...options,
      plan,
      gatheredBy: signer?.fingerprint ?? "unsigned",
      ...redactorOf(redaction),
    });
    const gathering = suites.cleanedUp(looked);
    const sealed = sealedBy(redaction, gathering, suites.inputs(gathering));
    const report = judgeEvidence(sealed, options.selection.asOf);
    const { formats, sarifLocation, signal } = options;
    return keeping(redaction, sealed, () =>
      leaveRun(folder, { sealed, report, formats, sarifLocation, signer, suffix: "", signal }),
    );
  });
}
