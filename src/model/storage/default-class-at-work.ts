/**
 * Findings beside a default class that exists: that a claim which names none gets no class, no volume, or loses its data, and
 * that its volume is still there.
 */
import type { Fact } from "../fact.ts";
import type { ClaimClassFact } from "../facts/answers.ts";
import type { StorageClassRecord } from "../facts/storage.ts";
import type { ClaimedVolumeFact } from "../facts/trials.ts";
import type { Finding } from "../finding.ts";
import { keptData, trialOf, trialText } from "./volume-trial.ts";

/** What keeps a run from trying (a quota, nodes that take no pod) says nothing of the class, and is no finding. */
export function defaultClassAtWork(
  entry: StorageClassRecord,
  claim: Fact<ClaimClassFact>,
  claimed: Fact<ClaimedVolumeFact>,
): readonly Finding[] {
  const subject = { kind: "StorageClass", name: entry.name };
  const without = [claim, claimed].some((fact) => fact.status === "collected" && givesNone(fact.value));
  if (without) {
    const message = `A claim that names no class would get none, although ${entry.name} is marked: the admission plugin DefaultStorageClass is off`;
    return [{ code: "default-class-without-effect", subject, expected: entry.name, actual: "no class", message }];
  }
  const trial = trialOf(entry, claimed);
  if (trial?.hindrance?.by === "provisioning") {
    const message = `A claim that names no class was ${trialText(trial)}`;
    return [
      { code: "default-class-makes-no-volume", subject, expected: "a bound claim", actual: "not bound", message },
    ];
  }
  if (trial === undefined) return [];
  const message = `A volume that was claimed without a class was ${trialText(trial)}`;
  const loses = {
    code: "default-class-loses-data",
    subject,
    expected: "what was written",
    actual: "not there",
    message,
  };
  return [...(keptData(trial) === false ? [loses] : []), ...leftBehind(trial)];
}

/** Of the run's making, and for a person to remove: the run has no right to, and a class that says Retain means it. */
function leftBehind({ volume, left }: ClaimedVolumeFact): readonly Finding[] {
  if (volume === undefined || (left !== "volume" && left !== "retained-volume")) return [];
  const { name } = volume;
  const why =
    left === "volume" ? "a minute after its claim" : "as its class retains volumes; its storage goes with neither";
  const message = `The volume ${name}, claimed for this look, is still there ${why}`;
  const subject = { kind: "PersistentVolume", name };
  return [{ code: "volume-left-behind", subject, expected: "no volume", actual: left, message }];
}

/** Admission refused the claim for another reason: then nothing was said of its class. */
function givesNone(value: ClaimClassFact | ClaimedVolumeFact): boolean {
  return value.storageClass === null && !("hindrance" in value);
}
