import { read, unread } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { isAccepted, lacksRight } from "./said.ts";
import { textAt } from "./untrusted.ts";

const claim = {
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { generateName: "scs-conformance-" },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
};

export const claimClassProbe = defineProbe({
  id: "kube/claim-class",
  title: "the storage class of a claim that names none, by a dry run",
  tier: "dry-run",
  rights: [{ kind: "resource", verb: "create", group: "", resource: "persistentvolumeclaims", namespace: "default" }],
  asks: { dryRuns: true },
  requests: 1,
  async collect({ ask }) {
    const said = await ask.create("/api/v1/namespaces/default/persistentvolumeclaims", claim);
    if (!said.ok) return said;
    const forbidden = lacksRight(said.value, "create");
    if (forbidden) return forbidden;
    // a quota or a policy refuses for reasons of its own
    if (!isAccepted(said.value)) return unread("not-visible", "admission refuses the claim for another reason");
    return read({ storageClass: textAt(said.value.body, "spec", "storageClassName") ?? null });
  },
});
