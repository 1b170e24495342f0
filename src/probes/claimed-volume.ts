import { read } from "../model/fact.ts";
import type { StorageClassRecord } from "../model/facts/storage.ts";
import { defineProbe, type ProbeContext } from "../model/probe.ts";
import { claimObject, claimsPath } from "./acting/claim.ts";
import { hindered, refusedBy } from "./acting/hindrance.ts";
import { ownRights } from "./acting/own-rights.ts";
import { podRequests } from "./acting/pod.ts";
import { tryVolume } from "./acting/volume-trial.ts";
import { isAccepted, lacksRight } from "./said.ts";
import { textAt } from "./untrusted.ts";

export const claimedVolumeProbe = defineProbe({
  id: "kube/claimed-volume",
  title: "a volume that is claimed without a class: written on one node, read on another, grown, removed",
  tier: "active",
  rights: [
    ...ownRights(["create", "get", "patch", "delete"], "persistentvolumeclaims"),
    ...ownRights(["create", "get", "delete"], "pods"),
    ...ownRights(["list"], "events"),
    { kind: "resource", verb: "get", group: "", resource: "persistentvolumes" },
    { kind: "resource", verb: "list", group: "", resource: "nodes" },
  ],
  makes: {
    objects: { PersistentVolumeClaim: 1, Pod: 4 },
    pods: 1,
    ...podRequests,
    seconds: 900,
    cost: "one volume of 1 GiB, grown to 2 GiB where its class allows it, for minutes; kept where the class says Retain",
  },
  asks: { dryRuns: true },
  requests: 60,
  after: ["kube/storage-classes", "kube/persistent-volumes"],
  async collect(context) {
    const { act, ask } = context;
    const namespace = await act.namespace();
    if (!namespace.ok) return namespace;
    const name = act.name("claim");
    const claims = claimsPath(namespace.value);
    const asked = await ask.create(claims, claimObject(name));
    if (!asked.ok) return asked;
    const forbidden = lacksRight(asked.value, "create");
    if (forbidden) return forbidden;
    const storageClass = textAt(asked.value.body, "spec", "storageClassName") ?? null;
    const none = { storageClass, bound: false, left: "nothing" } as const;
    if (!isAccepted(asked.value)) return read({ ...none, storageClass: null, hindrance: refusedBy(asked.value) });
    if (storageClass === null) return read(none);
    const entry = await classOf(context, storageClass);
    if (await couldTakeAnothers(context, storageClass, entry))
      return read({ ...none, hindrance: hindered("made-by-hand") });
    const made = await act.create(claims, claimObject(name));
    if (!made.ok) return made;
    if (!isAccepted(made.value)) return read({ ...none, hindrance: refusedBy(made.value) });
    const claim = { namespace: namespace.value, name, path: claimsPath(namespace.value, name) };
    return read({ storageClass, ...(await tryVolume(context, claim, entry)) });
  },
});

async function classOf({ fact }: ProbeContext, name: string): Promise<StorageClassRecord | undefined> {
  const classes = await fact("kube/storage-classes");
  return classes.status === "collected" ? classes.value.classes.find((entry) => entry.name === name) : undefined;
}

/** Volumes of the class that somebody made and nobody claimed: the claim would be bound to one before any is provisioned. */
async function couldTakeAnothers({ fact }: ProbeContext, name: string, entry: StorageClassRecord | undefined) {
  if (entry?.provisioner === "kubernetes.io/no-provisioner") return true;
  const volumes = await fact("kube/persistent-volumes");
  if (volumes.status === "unavailable") return false;
  return volumes.value.groups.some(
    (group) => group.storageClass === name && group.provisioner === "" && group.bound < group.volumes,
  );
}
