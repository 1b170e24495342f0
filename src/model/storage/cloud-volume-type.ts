/** Which volume type of the cloud a Cinder class stands for, and whether the cloud says that it is replicated (scs-0114-v1). */
import type { Fact } from "../fact.ts";
import type { CloudVolumeTypesFact } from "../facts/cloud.ts";
import type { StorageClassRecord } from "../facts/storage.ts";

const cinder = new Set(["cinder.csi.openstack.org", "kubernetes.io/cinder"]);

/**
 * Text that completes "it ", and the type's name, when its description or its extra spec says so. Undefined otherwise, which
 * says nothing: the list in the description is a recommendation, and Ceph replicates without any word of it.
 */
export function saidReplicated(
  entry: StorageClassRecord,
  types: Fact<CloudVolumeTypesFact>,
): { readonly why: string; readonly volumeType: string } | undefined {
  if (types.status === "unavailable" || !cinder.has(entry.provisioner)) return undefined;
  const { parameters, withheldParameters } = entry;
  if (withheldParameters.includes("type")) return undefined;
  const { defaultType } = types.value;
  const type = types.value.types.find(({ id, name }) =>
    parameters.type === undefined ? id === defaultType : name === parameters.type || id === parameters.type,
  );
  if (type === undefined) return undefined;
  const { name } = type;
  const how = parameters.type === undefined ? "the cloud's default volume type" : "the volume type";
  if (type.aspects.includes("replicated"))
    return { volumeType: name, why: `is Cinder with ${how} ${name}, which the cloud describes as replicated` };
  if (type.replicationEnabled)
    return { volumeType: name, why: `is Cinder with ${how} ${name}, for which the cloud has replication enabled` };
  return undefined;
}
