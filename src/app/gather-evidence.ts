/** Looking only: leaves evidence.json, signed when a key is given. */
import type { SealedEvidence } from "../evidence/seal.ts";
import type { Gathering } from "../model/evidence.ts";
import { probes } from "../probes/index.ts";
import { type LookingOptions, plannedLook } from "./planned-look.ts";
import { keeping, openRedaction } from "./redaction.ts";
import { evidenceNamespace } from "./run-files.ts";
import { refuseUnwritable, writeWhole } from "./write-file.ts";

export interface GatherOptions extends LookingOptions {
  readonly file: string;
}

export interface GatheredEvidence {
  readonly sealed: SealedEvidence;
  /** Facts that the cluster showed, of those it was asked for. */
  readonly seen: number;
  readonly asked: number;
}

export async function gatherEvidence(options: GatherOptions): Promise<GatheredEvidence> {
  const { signer, look } = await plannedLook(options);
  await refuseUnwritable(options.file);
  const redaction = await openRedaction(options.redact, undefined);
  const { gathering, sealed } = await look(redaction);
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
