import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { pass, undetermined } from "../../src/model/finding.ts";
import { named } from "../../src/model/finding-lists.ts";
import { nodesWithoutDriver } from "../../src/model/storage/class-volumes.ts";
import { classesWithoutVolumes, classServes, type OfferedKind } from "../../src/model/storage/offered-kinds.ts";
import { trialObserved, trialOf } from "../../src/model/storage/volume-trial.ts";

const words: { readonly [K in OfferedKind]: string } = {
  local: "volumes on the node's own disks",
  network: "volumes that outlive the node",
  shared: "volumes that several nodes can use at once",
};

export const storageKind = defineCheck({
  id: "proposed/storage-kind",
  title: {
    pass: "A storage class of the kind asked for exists",
    fail: "There is no storage class of the kind asked for",
  },
  why: "Workloads are portable only where the kinds of storage that they need go by classes everywhere.",
  looksAt:
    "StorageClasses by what is known of their provisioners, and volumes of theirs with ReadWriteMany. A class of static local volumes counts only where it has volumes; at tier active a volume of the default class that is tied to one node shows it to be local. That none is there says nothing of what is offered.",
  needs: {
    all: ["kube/storage-classes"],
    uses: ["kube/persistent-volumes", "kube/claimed-volume", "kube/csi-nodes", "kube/nodes"],
  },
  parameters: Type.Object({
    kind: Type.String({ default: "network", description: "local, network or shared" }),
  }),
  remediation: {
    text: "Install the driver of a storage system of that kind with a StorageClass: a local one such as TopoLVM, Cinder or Ceph RBD for one node at a time, Manila, CephFS or NFS for several.",
  },
  accepted: [
    "A provisioner is known by its name; how fast or how often copied its volumes are does not show.",
    "That a volume was read on another node than it was written on is said; where it is kept does not show, so it makes no class of the network.",
  ],
  evaluate({ facts, parameters }) {
    const { classes } = facts["kube/storage-classes"];
    const volumes = facts["kube/persistent-volumes"];
    const claimed = facts["kube/claimed-volume"];
    const trial = classes.map((entry) => trialOf(entry, claimed)).find((known) => known !== undefined);
    const kind = (["local", "network", "shared"] as const).find((known) => known === parameters.kind) ?? "network";
    const serving = classes.filter((entry) => classServes(entry, kind, volumes, claimed));
    const idle = classesWithoutVolumes(classes, volumes);
    const observed = {
      classes: classes.map(({ name }) => name),
      ofThisKind: serving.map(({ name }) => name),
      ...trialObserved(trial),
    };
    if (serving.length > 0) {
      const missed = serving.flatMap((entry) =>
        nodesWithoutDriver(entry, facts["kube/csi-nodes"], facts["kube/nodes"]),
      );
      return pass(`${named(serving.map(({ name }) => name))} serve ${words[kind]}`, observed, missed);
    }
    const missing = { fact: "kube/storage-classes", reason: "not-visible", resolve: "a declaration" } as const;
    const because = `None of ${classes.length} storage classes is known to serve ${words[kind]}`;
    return undetermined(because, [missing], observed, kind === "local" ? idle : []);
  },
});
