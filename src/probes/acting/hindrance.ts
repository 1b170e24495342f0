/** Reads what kept a step of a run from being taken, from refusals, pods and events: who, and in which words. */
import type { ClusterActor } from "../../model/acting.ts";
import type { Said } from "../../model/asking.ts";
import type { Hindrance, HindranceKind } from "../../model/facts/hindrance.ts";
import { messageOf } from "../said.ts";
import { listAt, textAt, valueAt } from "../untrusted.ts";

/** Longest text that is kept of a server's words. */
const longest = 240;

/**
 * Words that may be kept: nothing in quotation marks (names of users, addresses of storage systems), no values of labels and
 * taints, no addresses, no long runs of letters and digits that could be a secret or an identifier.
 */
export function keptWords(text: string): string {
  const plain = text
    .slice(0, 2000)
    .replace(/[^\x20-\x7e]+/g, " ")
    .replace(/ preemption: .*$/, "")
    .replace(/"[^"]*"?|`[^`]*`?/g, '"..."')
    .replace(/\{([^{}:]*):[^{}]*\}?/g, "{$1}")
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, "...")
    .replace(/\b\d{1,3}(\.\d{1,3}){3}\b(:\d+)?/g, "...")
    .replace(/[0-9a-f]*:[0-9a-f]*:[0-9a-f:]*/gi, "...")
    .replace(/\S*[A-Za-z0-9_]{24,}\S*|\S*@\S*|\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, "...")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length > longest ? `${plain.slice(0, longest - 3).trimEnd()}...` : plain;
}

export function hindered(by: HindranceKind, said = ""): Hindrance {
  return { by, said: keptWords(said) };
}

/** By admission, as 403 or 422; a missing right is told before, by `lacksRight`. */
export function refusedBy(said: Said): Hindrance {
  const message = messageOf(said);
  return hindered(refusalKind(said.status, message), message);
}

function refusalKind(status: number, message: string): HindranceKind {
  if (/exceeded quota|failed quota/.test(message)) return "quota";
  if (/(minimum|maximum) \S+ usage per|limit to request ratio/.test(message)) return "limit-range";
  if (/violates PodSecurity/.test(message)) return "pod-security";
  return status === 403 || /denied/.test(message) ? "policy" : "other";
}

const volumeAffinity = /volume node affinity|PersistentVolume's node affinity/;
const noImage = /^(ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName|RegistryUnavailable)$/;

/** Of a pod that did not come to its end: the scheduler's condition, the kubelet's reason, else its last event. */
export function podHindrance(pod: unknown, events: readonly string[] = []): Hindrance {
  const scheduled = listAt(pod, "status", "conditions").find((one) => textAt(one, "type") === "PodScheduled");
  if (textAt(pod, "spec", "nodeName") === undefined && scheduled !== undefined)
    return unschedulable(textLong(scheduled, "message"));
  const last = events.at(-1) ?? "";
  const [status] = listAt(pod, "status", "containerStatuses");
  const waiting = textAt(status, "state", "waiting", "reason") ?? "";
  if (noImage.test(waiting)) return hindered("image", `${waiting}: ${textLong(status, "state", "waiting", "message")}`);
  if (/^CreateContainer/.test(waiting))
    return hindered("container", `${waiting}: ${textLong(status, "state", "waiting", "message")}`);
  const ended = textAt(status, "state", "terminated", "message");
  if (textAt(pod, "status", "phase") === "Failed")
    return hindered("container", ended ?? textAt(pod, "status", "reason") ?? "");
  if (events.some((event) => /^(FailedMount|FailedAttachVolume|FailedMapVolume)\b/.test(event)))
    return hindered("mount", last);
  return hindered("timeout", last);
}

function unschedulable(message: string): Hindrance {
  return hindered(volumeAffinity.test(message) ? "volume-affinity" : "unschedulable", message);
}

/** Of a claim that is not bound. */
export function claimHindrance(events: readonly string[]): Hindrance {
  const told = events.filter((event) => !/^WaitForFirstConsumer\b/.test(event)).at(-1);
  return hindered(told === undefined ? "timeout" : "provisioning", told);
}

/** Events of an object of the run; none where they cannot be had. */
export async function eventsOf(act: ClusterActor, namespace: string, name: string): Promise<readonly string[]> {
  const events = await act.events({ namespace, name });
  return events.ok ? events.value : [];
}

/** Messages of the scheduler and of drivers are longer than what is kept of other texts. */
function textLong(value: unknown, ...path: readonly string[]): string {
  const found = valueAt(value, ...path);
  return typeof found === "string" ? found.slice(0, 2000) : "";
}
