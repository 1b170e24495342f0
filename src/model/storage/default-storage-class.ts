/** Which storage class Kubernetes takes for a claim that names none. */
import type { Fact } from "../fact.ts";
import type { StorageClassesFact, StorageClassRecord } from "../facts/storage.ts";
import type { ClaimedVolumeFact } from "../facts/trials.ts";
import type { PersistentVolumesFact } from "../facts/volumes.ts";
import { type CheckResult, fail, type Missing, pass, undetermined } from "../finding.ts";
import { nodeBoundVolumes, volumesObserved } from "./class-volumes.ts";
import { type StorageKind, storageKnowledge } from "./storage-provisioners.ts";
import { hasMoved, nodeBoundTrial, trialObserved, trialOf, trialText } from "./volume-trial.ts";

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

/** What is asked of the default class's storage: which kinds answer it, and how a finding names what is missing. */
export interface StorageDemand {
  readonly metBy: readonly StorageKind[];
  readonly code: string;
  readonly expected: string;
  /** Why a class that meets it does, when it is not for what is known of its redundancy. */
  readonly met?: string;
  /** Volumes that are tied to one node disprove it, whatever the class says. */
  readonly volumes?: Fact<PersistentVolumesFact>;
  /** A volume that the run claimed: beside `volumes` it disproves as they do; that it moved is said, and meets nothing. */
  readonly trial?: Fact<ClaimedVolumeFact>;
  /** The text asks for it only under a condition that no cluster shows: what would disprove it leaves it open. */
  readonly onlyIf?: string;
}

/** Node-local storage disproves the demand, kinds in `metBy` meet it, of all others the provider has to speak. */
export function judgeDefaultStorage(classes: StorageClassesFact, demand: StorageDemand): CheckResult {
  const entry = defaultClasses(classes).effective;
  if (!entry) return undetermined("There is no default storage class", [noDefaultClass]);
  const { code, expected } = demand;
  const volumes = demand.volumes?.status === "collected" ? demand.volumes.value : undefined;
  const { kind, why } = storageKnowledge(entry);
  const trial = trialOf(entry, demand.trial);
  const bound =
    (volumes && nodeBoundVolumes(entry, volumes, code, expected)) ??
    (demand.volumes && trial && nodeBoundTrial(entry, trial, code, expected));
  const observed = {
    ...classObserved(entry),
    storage: kind,
    ...(volumes ? volumesObserved(entry, volumes) : {}),
    ...trialObserved(trial),
  };
  const moved = trial && hasMoved(trial) ? `; a volume of it was ${trialText(trial)}` : "";
  const because = `${entry.name} (${entry.provisioner}): it ${why}`;
  const met = demand.met === undefined ? because : `${entry.name} (${entry.provisioner}): ${demand.met}`;
  const missing = { fact: "kube/storage-classes", reason: "not-visible", resolve: "a declaration" } as const;
  if (kind === "node-local" || bound) {
    const subject = { kind: "StorageClass", name: entry.name };
    const byClass = { code, subject, expected, actual: entry.provisioner, message: because };
    const finding = kind === "node-local" ? byClass : (bound ?? byClass);
    if (demand.onlyIf === undefined) return fail(finding.message, observed, [finding]);
    return undetermined(`${finding.message}; ${demand.onlyIf}`, [missing], observed, [finding]);
  }
  if (demand.metBy.includes(kind)) return pass(`${met}${moved}`, observed);
  const only = moved === "" ? "" : `${moved}, which shows that it moves, not where or how often it is kept`;
  return undetermined(`${because}${only}`, [missing], observed);
}

function newestFirst(a: StorageClassRecord, b: StorageClassRecord): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return a.name < b.name ? -1 : 1;
}
