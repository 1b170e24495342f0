/** Looking only: leaves evidence.json, signed when a key is given. */
import type { GatherEvent } from "../evidence/gather.ts";
import { type SealedEvidence, sealEvidence } from "../evidence/seal.ts";
import { instantAt } from "../model/instant.ts";
import { inputsFor } from "./inputs.ts";
import { openSigner } from "./key.ts";
import { look } from "./look.ts";
import type { ClusterOptions, InputOptions, SelectionOptions, SigningOptions } from "./options.ts";
import { evidenceNamespace } from "./run-files.ts";
import { refuseUnwritable, writeWhole } from "./run-folder.ts";
import { loadScope } from "./scope.ts";
import { planFor } from "./selected.ts";

export interface GatherOptions {
  readonly cluster: ClusterOptions;
  readonly selection: SelectionOptions;
  readonly inputs: InputOptions;
  readonly signing: SigningOptions;
  readonly file: string;
  readonly now: () => Date;
  readonly onEvent: (event: GatherEvent) => void;
  readonly signal: AbortSignal;
}

export async function gatherEvidence(options: GatherOptions): Promise<SealedEvidence> {
  const scope = await loadScope(options.selection.scope, options.selection.scopeVersion);
  const now = instantAt(options.now().getTime());
  const plan = planFor(scope.scope, options.selection, options.selection.asOf ?? now);
  const signer = await openSigner(options.signing);
  await refuseUnwritable(options.file);
  const gathering = await look({ ...options, plan, gatheredBy: signer?.fingerprint ?? "unsigned" });
  const sealed = sealEvidence(gathering, await inputsFor(gathering, scope, options.selection, options.inputs));
  const signature = await signer?.sign(Buffer.from(sealed.text, "utf8"), evidenceNamespace);
  await writeWhole(options.file, sealed.text);
  if (signature !== undefined) await writeWhole(`${options.file}.sig`, signature);
  return sealed;
}
