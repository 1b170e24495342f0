/** Makes a pod of the run and waits for its end: what its command left as termination message, or what kept it. */
import type { ClusterActor } from "../../model/acting.ts";
import { type Reading, read } from "../../model/fact.ts";
import type { Hindrance } from "../../model/facts/hindrance.ts";
import type { JsonObject } from "../../model/json.ts";
import { isAccepted, lacksRight } from "../said.ts";
import { listAt, textAt } from "../untrusted.ts";
import { eventsOf, hindered, podHindrance, refusedBy } from "./hindrance.ts";
import { type PodOptions, restrictedPod } from "./pod.ts";

export interface PodWaits {
  /** Until it has a node. */
  readonly scheduledMilliseconds: number;
  /** Until its containers have ended, once it has a node. */
  readonly endedMilliseconds: number;
  /** No node will come to fit: the scheduler's first refusal is its last. */
  readonly untilRefused?: boolean;
}

/** Waits for what the cluster does at once when it does it at all. */
export const minute = { milliseconds: 60_000 } as const;

/** What became of a pod; `node` once the scheduler chose one. */
export type PodEnd =
  | { readonly ended: true; readonly node: string; readonly message: string }
  | { readonly ended: false; readonly node?: string; readonly hindrance: Hindrance };

/** Path of the run's pods, and of one of them. */
export const podsPath = (namespace: string, name?: string): string =>
  `/api/v1/namespaces/${namespace}/pods${name === undefined ? "" : `/${name}`}`;

/** Makes a pod; undefined when it was made, else who refused it. */
export async function makePod(
  act: ClusterActor,
  namespace: string,
  options: PodOptions,
): Promise<Reading<Hindrance | undefined>> {
  const image = await act.image();
  if (!image.ok) return image;
  const made = await act.create(podsPath(namespace), restrictedPod(act, image.value, options));
  if (!made.ok) return made;
  return lacksRight(made.value, "create") ?? read(isAccepted(made.value) ? undefined : refusedBy(made.value));
}

/** Not there to be read: the run lacks a right, or the cluster does not answer. All that is true of the pod is an end. */
export async function runPod(
  act: ClusterActor,
  namespace: string,
  options: PodOptions,
  waits: PodWaits,
): Promise<Reading<PodEnd>> {
  const made = await makePod(act, namespace, options);
  if (!made.ok) return made;
  if (made.value !== undefined) return read({ ended: false, hindrance: made.value });
  const path = podsPath(namespace, act.name(options.purpose));
  const placing = { milliseconds: waits.scheduledMilliseconds };
  const placed = await act.until(path, waits.untilRefused ? decisionOn : placedOn, placing);
  if (!placed.ok) return placed.reason === "timeout" ? held(act, namespace, path, options.purpose) : placed;
  const { node } = placed.value;
  if (node === undefined) return read({ ended: false, hindrance: podHindrance(placed.value.pod) });
  const ended = await act.until(path, endOf, { milliseconds: waits.endedMilliseconds });
  if (!ended.ok) return ended.reason === "timeout" ? held(act, namespace, path, options.purpose) : ended;
  if (ended.value.succeeded) return read({ ended: true, node, message: ended.value.message });
  return read({ ended: false, node, hindrance: podHindrance(ended.value.pod) });
}

/** Looks at the pod once more, and at what was said of it. */
async function held(act: ClusterActor, namespace: string, path: string, purpose: string): Promise<Reading<PodEnd>> {
  const pod = await act.until(path, (object) => object, { milliseconds: 1 });
  if (!pod.ok) return pod.reason === "timeout" ? read({ ended: false, hindrance: hindered("timeout") }) : pod;
  const hindrance = podHindrance(pod.value, await eventsOf(act, namespace, act.name(purpose)));
  const node = nodeOf(pod.value);
  return read({ ended: false, ...(node === undefined ? {} : { node }), hindrance });
}

export interface Decision {
  readonly node: string | undefined;
  readonly pod: JsonObject;
}

/** The scheduler's answer: a node, or that there is none for now. Undefined while there is neither. */
export function decisionOn(pod: JsonObject): Decision | undefined {
  const refused = listAt(pod, "status", "conditions").some(
    (one) => textAt(one, "type") === "PodScheduled" && textAt(one, "reason") === "Unschedulable",
  );
  return placedOn(pod) ?? (refused ? { node: undefined, pod } : undefined);
}

function placedOn(pod: JsonObject): Decision | undefined {
  const node = nodeOf(pod);
  return node === undefined ? undefined : { node, pod };
}

function nodeOf(pod: JsonObject): string | undefined {
  const name = textAt(pod, "spec", "nodeName");
  return name === "" ? undefined : name;
}

/** The kubelet tries these no more, or will never have another answer. */
const final = /^(ErrImageNeverPull|InvalidImageName|CreateContainerConfigError)$/;

interface Ended {
  readonly succeeded: boolean;
  readonly message: string;
  readonly pod: JsonObject;
}

function endOf(pod: JsonObject): Ended | undefined {
  const phase = textAt(pod, "status", "phase");
  const [status] = listAt(pod, "status", "containerStatuses");
  const stuck = final.test(textAt(status, "state", "waiting", "reason") ?? "");
  if (phase !== "Succeeded" && phase !== "Failed" && !stuck) return undefined;
  return { succeeded: phase === "Succeeded", message: textAt(status, "state", "terminated", "message") ?? "", pod };
}
