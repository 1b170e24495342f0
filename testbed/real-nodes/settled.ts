import { readFileSync } from "node:fs";
import path from "node:path";
import type { Api } from "../api.ts";
import type { Running } from "../processes.ts";
import type { Question } from "../readiness.ts";
import type { Machine } from "./machine.ts";
import type { Plan } from "./plan.ts";

interface Condition {
  readonly type: string;
  readonly status: string;
}

interface Item {
  readonly metadata: { readonly name: string };
  readonly status: {
    readonly conditions?: readonly Condition[];
    readonly phase?: string;
    readonly numberReady?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
  };
}

/** So many nodes are Ready. */
export function nodesReady(api: Api, count: number): Question {
  return async () => {
    const nodes = await items(api, "/api/v1/nodes");
    return nodes.filter(isReady).length === count;
  };
}

/** Four static pods per control-plane node, and every pod of every DaemonSet and Deployment of kube-system, are ready. */
export function workloadsReady(api: Api, plan: Plan): Question {
  return async () => {
    const [pods, daemons, deployments] = await Promise.all([
      items(api, "/api/v1/namespaces/kube-system/pods"),
      items(api, "/apis/apps/v1/namespaces/kube-system/daemonsets"),
      items(api, "/apis/apps/v1/namespaces/kube-system/deployments"),
    ]);
    const expected =
      4 * plan.controlPlanes.length +
      daemons.length * plan.nodes.length +
      deployments.reduce((sum, { status }) => sum + (status.replicas ?? 1), 0);
    const waiting = pods.filter((pod) => !isReady(pod)).map(({ metadata }) => metadata.name);
    if (waiting.length > 0) {
      throw new Error(`not ready: ${waiting.join(", ")}`);
    }
    return pods.length === expected;
  };
}

/** What the kubelets of the nodes wrote last, for error messages. */
export function logsOf(nodes: readonly Machine[]): readonly Running[] {
  return nodes.map(({ process, folder }) => ({
    ...process,
    lastLines: (count = 8) => {
      const log = path.join(folder, "var/log/kubelet.log");
      return [process.lastLines(count), lastOf(log, count)].join("\n");
    },
  }));
}

function lastOf(file: string, count: number): string {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
  } catch {
    return "(no kubelet yet)";
  }
}

async function items(api: Api, place: string): Promise<readonly Item[]> {
  return ((await api.json("GET", place)) as { readonly items: readonly Item[] }).items;
}

function isReady({ status }: Item): boolean {
  return (status.conditions ?? []).some(({ type, status: is }) => type === "Ready" && is === "True");
}
