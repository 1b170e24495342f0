import { setTimeout as pause } from "node:timers/promises";
import type { Api } from "./api.ts";
import type { Running } from "./processes.ts";

/** Asked again and again: true when it is so, else (or by throwing) not yet. */
export type Question = () => Promise<boolean>;

/**
 * Waits until the question is answered by true. Gives up when a process has ended or the time (`Date.now()` based) is over;
 * the error names the process, what was waited for, and ends with the last lines of its log.
 */
export async function waitUntil(
  what: string,
  question: Question,
  processes: readonly Running[],
  deadline: number,
): Promise<void> {
  let trouble = "not yet so";
  for (;;) {
    try {
      if (await question()) {
        return;
      }
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
    }
    const ended = processes.find((running) => running.ended() !== undefined);
    if (ended !== undefined) {
      throw new Error(`While waiting for "${what}": ${ended.name} ${ended.ended()}.${logOf(ended)}`);
    }
    if (Date.now() > deadline) {
      throw new Error(`Time is over for "${what}" (${trouble}).${processes.map(logOf).join("")}`);
    }
    await pause(50);
  }
}

/** `/readyz` answers ok, which includes the bootstrapped RBAC roles and priority classes. */
export function readyz(api: Api): Question {
  return async () => (await api.request("GET", "/readyz")).status === 200;
}

/** Somebody holds the lease of this name in kube-system. */
export function leaseHeld(api: Api, name: string): Question {
  return async () => {
    const response = await api.request("GET", `/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/${name}`);
    return response.status === 200 && /"holderIdentity":"[^"]/.test(response.body);
  };
}

/** The object at this path is there. */
export function exists(api: Api, path: string): Question {
  return async () => (await api.request("GET", path)).status === 200;
}

/**
 * The service `kubernetes` has so many addresses. Servers that start together overwrite each other's entry now and then; each
 * repeats its own every 10 s.
 */
export function advertised(api: Api, servers: number): Question {
  const place = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes";
  return async () => {
    const slice = (await api.json("GET", place)) as { endpoints?: unknown[] };
    return slice.endpoints?.length === servers;
  };
}

/**
 * So many pods are in kube-system, and every one runs; else throws which do not, on which node. Pods that are bound but do not run
 * for 10 s get an annotation: once, a cluster stayed so until its time was over, and another event makes kwok look again.
 */
export function systemPodsRun(api: Api, count: number): Question {
  let patient = Date.now() + 10_000;
  return async () => {
    const list = (await api.json("GET", "/api/v1/namespaces/kube-system/pods")) as {
      items: { metadata: { name: string }; spec: { nodeName?: string }; status: { phase: string } }[];
    };
    const waiting = list.items.filter(({ status }) => status.phase !== "Running");
    if (list.items.length < count || waiting.length > 0) {
      if (Date.now() > patient) {
        patient = Date.now() + 10_000;
        const annotations = { "testbed.example/noticed": new Date().toISOString() };
        for (const { metadata } of waiting.filter(({ spec }) => spec.nodeName !== undefined)) {
          const place = `/api/v1/namespaces/kube-system/pods/${metadata.name}`;
          await api.json("PATCH", place, { metadata: { annotations } }, "application/merge-patch+json");
        }
      }
      const which = waiting.map(
        ({ metadata, spec, status }) => `${metadata.name} ${status.phase} on ${spec.nodeName ?? "no node"}`,
      );
      throw new Error([`${list.items.length} of ${count} pods`, ...which].join(", "));
    }
    return true;
  };
}

function logOf(running: Running): string {
  return `\nLast lines of ${running.name}:\n${running.lastLines()}`;
}
