/** Volumes that the cluster made for claims of a run: they outlive a namespace, and may cost. Looked for, never deleted. */
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Channel } from "../channel.ts";
import type { Remainder } from "./clean-up.ts";
import type { Made } from "./ledger.ts";
import { listObjects } from "./list-objects.ts";
import { namespaceName } from "./marks.ts";
import { metadataOf, uidOf } from "./objects.ts";
import { waitUntilGone } from "./wait-for.ts";

const collection = "/api/v1/persistentvolumes";

export interface RunVolume {
  readonly path: string;
  readonly uid: string | undefined;
  readonly retained: boolean;
}

/** `unseen`: the run has claims, and this user may not look at volumes. */
export interface RunVolumes {
  readonly volumes: readonly RunVolume[];
  readonly unseen: string | undefined;
}

/** By the claim that they are bound to; noted in the ledger, as nothing else will name them once the claim is gone. */
export async function findVolumes(channel: Channel, made: Made): Promise<RunVolumes> {
  const entries = [...made.entries.values()];
  const known = entries.filter(({ step }) => step === "follows").map(({ path }) => path);
  const claims = entries.some(({ path }) => /\/(persistentvolumeclaims|statefulsets)\//.test(path));
  // without a ledger nobody knows whether there were claims
  if (!claims && known.length === 0 && made.head.secret !== undefined) return { volumes: [], unseen: undefined };
  const volumes: RunVolume[] = [];
  const listed = await listObjects(channel, collection, undefined, (object) => {
    const volume = volumeOf(object);
    if (volume !== undefined && (isOfRun(object, made) || known.includes(volume.path))) volumes.push(volume);
  });
  if (!listed.ok) return { volumes: [], unseen: claims || known.length > 0 ? listed.message : undefined };
  for (const { path, uid } of volumes) made.note({ path, step: "follows", ...(uid === undefined ? {} : { uid }) });
  for (const path of known) if (!volumes.some((volume) => volume.path === path)) made.note({ path, step: "gone" });
  return { volumes, unseen: undefined };
}

function volumeOf(object: JsonObject): RunVolume | undefined {
  const { name } = metadataOf(object);
  if (typeof name !== "string" || !/^[a-z0-9][a-z0-9.-]{0,252}$/.test(name)) return undefined;
  const retained = isJsonObject(object.spec) && object.spec.persistentVolumeReclaimPolicy === "Retain";
  return { path: `${collection}/${name}`, uid: uidOf(object), retained };
}

function isOfRun({ spec }: JsonObject, { head }: Made): boolean {
  const claim = isJsonObject(spec) ? spec.claimRef : undefined;
  if (!isJsonObject(claim) || typeof claim.namespace !== "string" || typeof claim.name !== "string") return false;
  if (head.namespace !== undefined) return claim.namespace === head.namespace && claim.name.includes(head.run);
  const own = namespaceName(head.run);
  return claim.namespace === own || claim.namespace.startsWith(`${own}-`);
}

export async function volumesLeft(
  channel: Channel,
  made: Made,
  { volumes, unseen }: RunVolumes,
  waiting: AbortSignal,
): Promise<readonly Remainder[]> {
  if (unseen !== undefined)
    return [{ path: `${collection}/all`, because: `whether volumes are gone is not seen: ${unseen}` }];
  const remains: Remainder[] = [];
  for (const { path, uid, retained } of volumes) {
    if (retained) {
      remains.push({ path, because: "its class retains volumes, so that only you can delete it" });
      continue;
    }
    const gone = await waitUntilGone(channel, path, uid, Number.POSITIVE_INFINITY, waiting);
    if (gone.ok) made.note({ path, step: "gone" });
    else remains.push({ path, because: "its claim is gone and the volume is not" });
  }
  return remains;
}
