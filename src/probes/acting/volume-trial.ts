/**
 * Uses the volume of a claim: a pod writes what only this run knows and ends; once it is gone, a second one, kept off the
 * first one's node, reads. That shows that a volume moves, not that it is kept more than once.
 */
import { randomBytes } from "node:crypto";
import type { ClusterActor } from "../../model/acting.ts";
import type { StorageClassRecord } from "../../model/facts/storage.ts";
import type { ClaimedVolumeFact } from "../../model/facts/trials.ts";
import type { ProbeContext } from "../../model/probe.ts";
import { textAt } from "../untrusted.ts";
import { boundTo, removeClaim, volumeNamed } from "./claim.ts";
import { grow } from "./expansion.ts";
import { claimHindrance, eventsOf, hindered } from "./hindrance.ts";
import type { PodOptions } from "./pod.ts";
import { minute, type PodEnd, type PodWaits, podsPath, runPod } from "./run-pod.ts";

export interface OwnClaim {
  readonly namespace: string;
  readonly name: string;
  readonly path: string;
}

type Trial = Omit<ClaimedVolumeFact, "storageClass">;

/** A volume may be made while its first pod waits for a node, and be taken off that while the second one waits to start. */
const making = { scheduledMilliseconds: 90_000, endedMilliseconds: 120_000 };
const nextWaits = { scheduledMilliseconds: 30_000, endedMilliseconds: 150_000 };
const file = "/volume/scs-conformance";
const log = "/dev/termination-log";

/** Writes, and reads what it wrote. */
const writing = (token: string) => `printf %s ${token} > ${file} && sync && cat ${file} > ${log}`;
/** Reads; that nothing is there is an answer as well. */
const reading = `if [ -e ${file} ]; then cat ${file} > ${log}; else printf absent > ${log}; fi`;

export async function tryVolume(
  { act, cluster }: ProbeContext,
  claim: OwnClaim,
  entry: StorageClassRecord | undefined,
): Promise<Trial> {
  const waitsForPod = await isHeld(act, claim, entry);
  const token = randomBytes(16).toString("hex");
  const pod = (purpose: string, script: string, waits: PodWaits, more: Partial<PodOptions> = {}) =>
    shell(act, claim, { purpose, command: ["sh", "-c", script], ...more }, waits);
  const early =
    waitsForPod === "failed" ? undefined : await pod("writer", writing(token), waitsForPod ? making : nextWaits);
  const name = await volumeOf(act, claim);
  const volume = name === undefined ? undefined : await volumeNamed(name, cluster);
  const held = waitsForPod === "failed" ? {} : { waitsForPod };
  const end = async (trial: Omit<Trial, "left">): Promise<Trial> => {
    const known = name === undefined ? undefined : { name, reclaimPolicy: volume?.reclaimPolicy };
    return { ...trial, left: await removeClaim(act, cluster, claim.path, known) };
  };
  if (name === undefined) return end({ ...held, bound: false, hindrance: await whyNotBound(act, claim, early) });
  const write = wrote(early, token);
  const made = { ...held, bound: true, ...(volume === undefined ? {} : { volume }), write };
  if (!write.done) return end(made);
  const offNode = write.node === undefined ? {} : { offNode: write.node };
  const waits = { ...nextWaits, untilRefused: volume?.reach === "one" };
  const elsewhere = readBack(await pod("reader", reading, waits, offNode), token);
  const again = elsewhere.kept === undefined ? { again: readBack(await pod("again", reading, nextWaits), token) } : {};
  const mounted = () => pod("grower", reading, nextWaits);
  const expansion = entry?.allowVolumeExpansion ? await grow(act, claim, mounted) : undefined;
  return end({ ...made, elsewhere, ...again, ...(expansion ? { expansion } : {}) });
}

/** A class that does not wait binds before there is a pod; `failed`: it did not within a minute. */
async function isHeld(act: ClusterActor, claim: OwnClaim, entry: StorageClassRecord | undefined) {
  if (entry?.volumeBindingMode === "Immediate") {
    const bound = await act.until(claim.path, boundTo, minute);
    return bound.ok ? false : "failed";
  }
  const phase = await act.until(claim.path, (object) => textAt(object, "status", "phase"), minute);
  return !(phase.ok && phase.value === "Bound");
}

async function volumeOf(act: ClusterActor, claim: OwnClaim): Promise<string | undefined> {
  const bound = await act.until(claim.path, boundTo, { milliseconds: 2_000 });
  return bound.ok ? bound.value : undefined;
}

async function whyNotBound(act: ClusterActor, claim: OwnClaim, writer: PodEnd | undefined) {
  const hindrance = claimHindrance(await eventsOf(act, claim.namespace, claim.name));
  return hindrance.by === "timeout" && writer?.ended === false ? writer.hindrance : hindrance;
}

/** Runs a pod with the claim to its end and removes it, so that the next one may have the volume. */
async function shell(
  act: ClusterActor,
  claim: OwnClaim,
  options: Omit<PodOptions, "claim" | "deadlineSeconds">,
  waits: PodWaits,
): Promise<PodEnd> {
  const pod = await runPod(act, claim.namespace, { ...options, claim: claim.name, deadlineSeconds: 300 }, waits);
  await act.remove(podsPath(claim.namespace, act.name(options.purpose)), minute);
  return pod.ok ? pod.value : { ended: false, hindrance: hindered("other", pod.message) };
}

function wrote(pod: PodEnd | undefined, token: string): NonNullable<Trial["write"]> {
  if (pod === undefined) return { done: false };
  const node = pod.node === undefined ? {} : { node: pod.node };
  if (!pod.ended) return { done: false, ...node, hindrance: pod.hindrance };
  return { done: pod.message === token, ...node };
}

function readBack(pod: PodEnd, token: string): NonNullable<Trial["elsewhere"]> {
  const node = pod.node === undefined ? {} : { node: pod.node };
  return pod.ended ? { kept: pod.message === token, ...node } : { ...node, hindrance: pod.hindrance };
}
