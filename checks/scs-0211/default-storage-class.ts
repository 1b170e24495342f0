import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, pass, theCluster, undetermined } from "../../src/model/finding.ts";
import { named } from "../../src/model/finding-lists.ts";
import { daysBetween } from "../../src/model/instant.ts";
import { nodesWithoutDriver } from "../../src/model/storage/class-volumes.ts";
import { defaultClassAtWork } from "../../src/model/storage/default-class-at-work.ts";
import { defaultAnnotation, defaultClasses, noDefaultClass } from "../../src/model/storage/default-storage-class.ts";
import { defaultClassRemediation } from "../../src/model/storage/storage-remediation.ts";
import { trialObserved, trialOf } from "../../src/model/storage/volume-trial.ts";

export const defaultStorageClass = defineCheck({
  id: "scs-0211/default-storage-class",
  title: {
    pass: "The cluster has a default storage class",
    fail: "The freshly provisioned cluster has no default storage class",
  },
  why: "Claims that name no class stay pending without a default; most charts name none.",
  looksAt: `StorageClasses with ${defaultAnnotation} "true". Without one, a cluster younger than \`freshDays\` fails; in an older one somebody may have removed it. Nodes on which the class's driver does not run are named; at tier dry-run also which class a claim without one would get, at tier active what becomes of one.`,
  needs: {
    all: ["kube/storage-classes"],
    uses: ["kube/identity", "kube/claim-class", "kube/claimed-volume", "kube/csi-nodes", "kube/nodes"],
  },
  parameters: Type.Object({
    freshDays: Type.Number({
      default: 7,
      minimum: 0,
      description: "age in days up to which a cluster counts as freshly provisioned",
    }),
  }),
  remediation: defaultClassRemediation,
  accepted: [
    "A class marked by storageclass.beta.kubernetes.io/is-default-class works as default, but it is not what the text names: undetermined.",
    "What an add-on creates last is missing while a cluster is still being built: look when it is finished.",
    "A restored cluster keeps the creation time of the old one and counts as old.",
    "That the class cannot be used on some nodes (a GPU node on bare metal) is named, and fails nothing: the text asks that it exists. So is a claim of the run that gets no volume.",
  ],
  evaluate({ facts, parameters, asOf }) {
    const identity = facts["kube/identity"];
    const classes = facts["kube/storage-classes"];
    const { marked, betaOnly, effective } = defaultClasses(classes);
    const observed = {
      classes: classes.classes.map(({ name }) => name),
      defaults: marked.map(({ name }) => name),
      ...(effective ? { effectiveDefault: effective.name } : {}),
    };
    if (marked.length > 0 && effective) {
      const several: readonly Finding[] =
        marked.length + betaOnly.length > 1 ? [severalDefaults([...marked, ...betaOnly], effective.name)] : [];
      const atWork = defaultClassAtWork(effective, facts["kube/claim-class"], facts["kube/claimed-volume"]);
      const missed = nodesWithoutDriver(effective, facts["kube/csi-nodes"], facts["kube/nodes"]);
      const because = `${named(marked.map(({ name }) => name))} is marked as default storage class`;
      const seen = { ...observed, ...trialObserved(trialOf(effective, facts["kube/claimed-volume"])) };
      return pass(because, seen, [...several, ...atWork, ...missed]);
    }
    if (effective) {
      const missing = {
        ...noDefaultClass,
        resolve: `the annotation ${defaultAnnotation} on the default storage class`,
      };
      return undetermined(
        `${effective.name} is the default by the beta annotation only, which Kubernetes honours but the text does not name`,
        [missing],
        observed,
      );
    }
    if (identity.status === "unavailable") {
      const missing = { fact: "kube/identity", reason: identity.reason, resolve: identity.resolve };
      return undetermined("No storage class is the default, and the cluster's age is not known", [missing], observed);
    }
    const age = daysBetween(identity.value.createdAt, asOf);
    const seen = { ...observed, clusterCreatedAt: identity.value.createdAt };
    if (age > parameters.freshDays) {
      const missing = {
        fact: "kube/storage-classes",
        reason: "not-visible",
        resolve: "a freshly created cluster",
      } as const;
      return undetermined(
        `No storage class is the default, but the cluster is ${Math.floor(age)} days old and may have had one`,
        [missing],
        seen,
      );
    }
    const because = `None of ${classes.classes.length} storage classes is the default, in a cluster created at ${identity.value.createdAt}`;
    return fail(because, seen, [
      {
        code: "no-default-class",
        subject: theCluster,
        expected: `${defaultAnnotation}=true`,
        actual: "",
        message: because,
      },
    ]);
  },
});

function severalDefaults(classes: readonly { name: string }[], effective: string): Finding {
  const names = classes.map(({ name }) => name);
  const message = `${named(names)} are all marked as default; Kubernetes takes the newest, ${effective}`;
  return {
    code: "several-default-classes",
    subject: { kind: "StorageClass", name: effective },
    expected: 1,
    actual: names.length,
    message,
  };
}
