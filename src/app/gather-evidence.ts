/** Looking only: leaves evidence.json, signed when a key is given. */
import type { SealedEvidence } from "../evidence/seal.ts";
import type { Gathering } from "../model/evidence.ts";
import { instantAt } from "../model/instant.ts";
import { probes } from "../probes/index.ts";
import { openSigner } from "./key.ts";
import { look, type Watch } from "./look.ts";
import type { ClusterOptions, InputOptions, SelectionOptions, SigningOptions } from "./options.ts";
import { keeping, openRedaction, type RedactOptions, redactorOf, sealedBy } from "./redaction.ts";
import { evidenceNamespace } from "./run-files.ts";
import { loadScope } from "./scope.ts";
import { planFor, viewsGiven } from "./selected.ts";
import { inputsWithSuites, type SuitesAsked } from "./suite-inputs.ts";
import { refuseUnwritable, writeWhole } from "./write-file.ts";

export interface GatherOptions extends Watch {
  readonly cluster: ClusterOptions;
  readonly selection: SelectionOptions;
  readonly inputs: InputOptions;
  readonly suites?: SuitesAsked | undefined;
  readonly signing: SigningOptions;
  readonly file: string;
  /** Names of machines go, and what opens them is kept there. */
  readonly redact?: RedactOptions | undefined;
}

export interface GatheredEvidence {
  readonly sealed: SealedEvidence;
  /** Facts that the cluster showed, of those it was asked for. */
  readonly seen: number;
  readonly asked: number;
}

export async function gatherEvidence(options: GatherOptions): Promise<GatheredEvidence> {
  const scope = await loadScope(options.selection.scope, options.selection.scopeVersion);
  const now = instantAt(options.now().getTime());
  const asOf = options.selection.asOf ?? now;
  const { cluster } = options;
  const plan = planFor(scope.scope, options.selection, asOf, viewsGiven(cluster), cluster.acting);
  const inputs = await inputsWithSuites(scope, options);
  const signer = await openSigner(options.signing);
  await refuseUnwritable(options.file);
  const redaction = await openRedaction(options.redact, undefined);
  const suites = await inputs.run();
  const gathering = suites.cleanedUp(
    await look({ ...options, plan, gatheredBy: signer?.fingerprint ?? "unsigned", ...redactorOf(redaction) }),
  );
  const sealed = sealedBy(redaction, gathering, suites.inputs(gathering));
  const signature = await signer?.sign(Buffer.concat(sealed.parts), evidenceNamespace);
  options.signal.throwIfAborted();
  await keeping(redaction, sealed, async () => {
    await writeWhole(options.file, sealed.parts);
    if (signature !== undefined) await writeWhole(`${options.file}.sig`, signature);
  });
  return { sealed, ...seenOf(gathering) };
}

/** The kubeconfig's own certificate is seen even when the cluster is silent: only what was asked for counts. */
function seenOf({ items }: Gathering): Pick<GatheredEvidence, "seen" | "asked"> {
  const asked = probes.flatMap((probe) => (probe.requests > 0 ? [items[probe.id]] : [])).filter((fact) => fact);
  const own = asked.filter((fact) => fact?.status === "collected" || fact?.reason !== "not-given");
  return { seen: own.filter((fact) => fact?.status === "collected").length, asked: own.length };
}
