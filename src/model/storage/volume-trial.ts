/** What a volume that the run claimed without a class shows of the default class: that it moves, never that it is kept twice. */
import type { Fact } from "../fact.ts";
import type { StorageClassRecord } from "../facts/storage.ts";
import type { ClaimedVolumeFact } from "../facts/trials.ts";
import type { Finding } from "../finding.ts";
import { hindranceText } from "../hindrance-text.ts";

/** The trial of this class, when there was one; a claim that admission refused is one of whichever class is the default. */
export function trialOf(
  entry: Pick<StorageClassRecord, "name">,
  trial: Fact<ClaimedVolumeFact> | undefined,
): ClaimedVolumeFact | undefined {
  if (trial?.status !== "collected") return undefined;
  const { storageClass, hindrance } = trial.value;
  return storageClass === entry.name || (storageClass === null && hindrance) ? trial.value : undefined;
}

/** It was read on another node than it was written on. */
export function hasMoved({ elsewhere }: ClaimedVolumeFact): boolean {
  return elsewhere?.kept === true;
}

/** A pod wrote to it, and another one read it later: on another node, or where there was none on any. */
export function keptData({ elsewhere, again }: ClaimedVolumeFact): boolean | undefined {
  return elsewhere?.kept ?? again?.kept;
}

/** How far it came, one clause. */
export function trialText(trial: ClaimedVolumeFact): string {
  const { bound, hindrance, write, elsewhere, again } = trial;
  if (!bound) return `not bound${hindrance ? `: ${hindranceText(hindrance)}` : ""}`;
  if (!write?.done) return `bound, not written${write?.hindrance ? `: ${hindranceText(write.hindrance)}` : ""}`;
  const from = write.node ?? "a node";
  if (elsewhere?.kept === true) return `written on ${from}, read on ${elsewhere.node ?? "another"}`;
  if (elsewhere?.kept === false) return `written on ${from}, not there on ${elsewhere.node ?? "another"}`;
  const first = again?.kept === true ? "written and read" : again?.kept === false ? "written and lost" : "written";
  const why = elsewhere?.hindrance ? `: ${hindranceText(elsewhere.hindrance)}` : "";
  return `${first} on ${again?.node ?? from}, not read on another node${why}`;
}

/** For the reader; nothing where there was no trial. */
export function trialObserved(trial: ClaimedVolumeFact | undefined) {
  if (trial === undefined) return {};
  const { volume } = trial;
  const places = volume ? { ownVolumeReach: volume.reach, ownVolumeModes: volume.accessModes } : {};
  return { ownVolume: trialText(trial), ...places };
}

/** The volume is tied to its node: by what it is, by its affinity, or because what was written is not there on another one. */
export function nodeBoundTrial(
  { name }: StorageClassRecord,
  trial: ClaimedVolumeFact,
  code: string,
  expected: string,
): Finding | undefined {
  const { volume, elsewhere } = trial;
  const finding = (actual: string, message: string): Finding => {
    return { code, subject: { kind: "StorageClass", name }, expected, actual, message };
  };
  if (volume?.source === "local" || volume?.source === "host-path")
    return finding(volume.source, `A volume claimed for this look is a folder or disk of a node`);
  if (volume?.reach === "one")
    return finding("one node", `A volume claimed for this look can be used on one of ${volume.nodes} nodes only`);
  return elsewhere?.kept === false
    ? finding("not there", `What was written to a volume of ${name} is not there on another node: ${trialText(trial)}`)
    : undefined;
}
