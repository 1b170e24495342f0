import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import {
  claimedVolume,
  claimWithout,
  controlPlane,
  csiNodes,
  defaultClass,
  identity,
  nodes,
  storageClass,
  storageClasses,
  worker,
} from "../../tests/support/facts.ts";
import { defaultStorageClass } from "./default-storage-class.ts";

const fresh = identity("2026-11-20T10:00:00Z");
const old = identity("2026-01-20T10:00:00Z");

const cinderOnNodes = (first: string, ...workers: string[]) => ({
  "kube/storage-classes": storageClasses(defaultClass("cinder")),
  "kube/nodes": nodes(controlPlane(first), ...workers.map((name) => worker(name))),
});

describeCheck(
  defaultStorageClass,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "one default",
      facts: { "kube/storage-classes": storageClasses(defaultClass("cinder"), storageClass("retain")) },
      outcome: "pass",
      findings: [],
    },
    {
      name: "also on an old cluster",
      facts: { "kube/storage-classes": storageClasses(defaultClass("cinder")), "kube/identity": old },
      outcome: "pass",
    },
    {
      name: "several: they exist, the newest wins",
      facts: {
        "kube/storage-classes": storageClasses(
          defaultClass("older", { createdAt: "2026-01-01T00:00:00Z" }),
          defaultClass("newer", { createdAt: "2026-02-01T00:00:00Z" }),
        ),
      },
      outcome: "pass",
      findings: ["several-default-classes"],
      observed: { effectiveDefault: "newer" },
    },
    {
      name: "a GPU node on bare metal that the class's driver does not run on",
      facts: {
        ...cinderOnNodes("cp-1", "worker-1"),
        "kube/csi-nodes": csiNodes([["cinder.csi.openstack.org"], "worker-1"], [[], "cp-1", "gpu-1"]),
      },
      outcome: "pass",
      findings: ["class-misses-nodes"],
    },
    {
      name: "nodes of the control plane without it are as usual",
      facts: {
        ...cinderOnNodes("cp-1", "worker-1"),
        "kube/csi-nodes": csiNodes([["cinder.csi.openstack.org"], "worker-1"], [[], "cp-1"]),
      },
      outcome: "pass",
      findings: [],
    },
    {
      name: "a driver that is registered nowhere is no CSI driver, or not looked at",
      facts: { ...cinderOnNodes("cp-1", "worker-1"), "kube/csi-nodes": csiNodes([[], "worker-1", "cp-1"]) },
      outcome: "pass",
      findings: [],
    },
    {
      name: "equally old: the first by name wins",
      facts: { "kube/storage-classes": storageClasses(defaultClass("b"), defaultClass("a")) },
      outcome: "pass",
      observed: { effectiveDefault: "a" },
    },
    {
      name: "none on a fresh cluster",
      facts: { "kube/storage-classes": storageClasses(storageClass("cinder")), "kube/identity": fresh },
      outcome: "fail",
      findings: ["no-default-class"],
    },
    {
      name: "no class at all on a fresh cluster",
      facts: { "kube/storage-classes": storageClasses(), "kube/identity": fresh },
      outcome: "fail",
    },
    {
      name: "the annotation says false",
      facts: {
        "kube/storage-classes": storageClasses(storageClass("x", { defaultAnnotation: "false" })),
        "kube/identity": fresh,
      },
      outcome: "fail",
    },
    {
      name: "the beta annotation only",
      facts: {
        "kube/storage-classes": storageClasses(storageClass("gp2", { betaDefaultAnnotation: "true" })),
        "kube/identity": fresh,
      },
      outcome: "undetermined",
      because: /beta annotation only/,
    },
    {
      name: "none on an old cluster",
      facts: { "kube/storage-classes": storageClasses(), "kube/identity": old },
      outcome: "undetermined",
      missing: ["a freshly created cluster"],
    },
    {
      name: "none, older than asked for",
      facts: { "kube/storage-classes": storageClasses(), "kube/identity": fresh },
      parameters: { freshDays: 1 },
      outcome: "undetermined",
    },
    {
      name: "none, age unknown",
      facts: {
        "kube/storage-classes": storageClasses(),
        "kube/identity": unavailable("forbidden", "the right to get the namespace kube-system"),
      },
      outcome: "undetermined",
      missing: ["the right to get the namespace kube-system"],
    },
    {
      name: "marked, and a claim gets it",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/claim-class": { storageClass: "cinder" },
      },
      outcome: "pass",
      findings: [],
    },
    {
      name: "marked, but a claim gets none",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/claim-class": { storageClass: null },
      },
      outcome: "pass",
      findings: ["default-class-without-effect"],
    },
    {
      name: "a claim of the run keeps its data",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/claimed-volume": claimedVolume("cinder"),
      },
      outcome: "pass",
      findings: [],
      observed: { ownVolume: "written on w1, read on w2" },
    },
    {
      name: "and goes without a class, whatever is marked",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/claimed-volume": { storageClass: null, bound: false, left: "nothing" },
      },
      outcome: "pass",
      findings: ["default-class-without-effect"],
    },
    {
      name: "or gets no volume",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/claimed-volume": claimWithout("cinder", "provisioning", "ProvisioningFailed: no valid host was found."),
      },
      outcome: "pass",
      findings: ["default-class-makes-no-volume"],
      observed: { ownVolume: "not bound: no volume is made (ProvisioningFailed: no valid host was found)" },
    },
    {
      name: "or loses what was written",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/claimed-volume": claimedVolume("cinder", { elsewhere: { kept: false, node: "w2" } }),
      },
      outcome: "pass",
      findings: ["default-class-loses-data"],
    },
    {
      name: "a class that retains volumes: the run's is left to whoever reads this",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/claimed-volume": claimedVolume("cinder", { left: "retained-volume" }),
      },
      outcome: "pass",
      findings: ["volume-left-behind"],
    },
    {
      name: "a driver that does not remove it",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/claimed-volume": claimedVolume("cinder", { left: "volume" }),
      },
      outcome: "pass",
      findings: ["volume-left-behind"],
    },
    {
      name: "a quota, and the class is not to blame",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/claimed-volume": claimWithout(null, "quota", "exceeded quota"),
      },
      outcome: "pass",
      findings: [],
    },
    {
      name: "the claim got another class in the meantime: nothing is said of this one",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("cinder")),
        "kube/claimed-volume": claimWithout("other", "provisioning"),
      },
      outcome: "pass",
      findings: [],
    },
  ],
);
