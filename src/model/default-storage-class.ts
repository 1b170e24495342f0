/** Which storage class Kubernetes takes for a claim that names none. */
import type { StorageClassesFact, StorageClassRecord } from "./facts/storage.ts";
import type { Missing } from "./finding.ts";

/** The annotation that scs-0211 names. */
export const defaultAnnotation = "storageclass.kubernetes.io/is-default-class";

export interface DefaultClasses {
  /** Marked by the annotation that the standard names. */
  readonly marked: readonly StorageClassRecord[];
  /** Marked by the older beta annotation only, which Kubernetes still honours. */
  readonly betaOnly: readonly StorageClassRecord[];
  /** The one that wins: the newest of both, by name if two are equally old. */
  readonly effective: StorageClassRecord | undefined;
}

export function defaultClasses({ classes }: StorageClassesFact): DefaultClasses {
  const marked = classes.filter((entry) => entry.defaultAnnotation === "true");
  const betaOnly = classes.filter(
    (entry) => entry.defaultAnnotation !== "true" && entry.betaDefaultAnnotation === "true",
  );
  const [effective] = [...marked, ...betaOnly].sort(newestFirst);
  return { marked, betaOnly, effective };
}

/** Completes "n need ...": without a default class nothing can be said of it. */
export const noDefaultClass: Missing = {
  fact: "kube/storage-classes",
  reason: "not-found",
  resolve: "a default storage class",
};

/** What results about the default class show of it. */
export function classObserved(entry: StorageClassRecord) {
  return { defaultClass: entry.name, provisioner: entry.provisioner, parameters: entry.parameters };
}

function newestFirst(a: StorageClassRecord, b: StorageClassRecord): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return a.name < b.name ? -1 : 1;
}
