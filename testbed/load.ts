import { setTimeout as pause } from "node:timers/promises";
import type { Api } from "./api.ts";
import { type NodeSpec, nodeObject } from "./nodes.ts";
import { podObject } from "./pods.ts";

/** How much to put into an API server. */
export interface Load {
  readonly nodes: number;
  /** Spread evenly over the nodes and namespaces, bound, with two containers each. */
  readonly pods: number;
  /** Default 10, named load-001 ... */
  readonly namespaces?: number;
  /** Whether kwok takes the nodes and runs the pods. Default false: nodes are ready, pods stay pending. */
  readonly kwok?: boolean;
  /** Requests at a time; at most the connections of the client. Default 64. */
  readonly parallel?: number;
}

/** What was created, in milliseconds. */
export interface LoadTimes {
  readonly nodesMs: number;
  readonly podsMs: number;
}

/**
 * Fills an API server by plain requests (about 200 objects a second on two cores). Give it a client with as many connections
 * as `parallel`. What is there already stays. Errors: the first answer that is neither success nor a reason to try again.
 */
export async function fill(api: Api, load: Load): Promise<LoadTimes> {
  const { namespaces = 10, parallel = 64, kwok = false } = load;
  const start = performance.now();
  await inParallel(load.nodes, parallel, (index) => create(api, "/api/v1/nodes", nodeObject(loadNode(index, kwok))));
  const nodesMs = performance.now() - start;
  await inParallel(namespaces, parallel, async (index) => {
    const name = namespaceName(index);
    await create(api, "/api/v1/namespaces", { metadata: { name } });
    // the controller-manager would make it a moment later; without it no pod is admitted
    await create(api, `/api/v1/namespaces/${name}/serviceaccounts`, { metadata: { name: "default" } });
  });
  await inParallel(load.pods, parallel, (index) => {
    const namespace = namespaceName(index % namespaces);
    const node = loadNode(index % Math.max(1, load.nodes), kwok).name;
    return create(api, `/api/v1/namespaces/${namespace}/pods`, podObject(index, node));
  });
  return { nodesMs, podsMs: performance.now() - start - nodesMs };
}

/** Node number `index` of a load: three zones of one region. */
function loadNode(index: number, kwok: boolean): NodeSpec {
  return {
    name: `node-${String(index + 1).padStart(5, "0")}`,
    machine: index + 1,
    region: "region-1",
    zone: `zone-${(index % 3) + 1}`,
    dualStack: true,
    kwok,
  };
}

function namespaceName(index: number): string {
  return `load-${String(index + 1).padStart(3, "0")}`;
}

async function create(api: Api, path: string, object: object): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await api
      .request("POST", path, object)
      .catch((error: unknown) => ({ status: 0, body: String(error) }));
    if (answer.status === 201 || answer.status === 409) {
      return;
    }
    const worthRetrying = answer.status === 0 || answer.status === 429 || answer.status >= 500;
    if (!worthRetrying || attempt === 20) {
      throw new Error(`POST ${path}: ${answer.status} ${answer.body.slice(0, 300)}`);
    }
    await pause(200);
  }
}

/** Calls `work` for 0 ... count-1, so many at a time; the first error ends it. */
async function inParallel(count: number, parallel: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, count) }, worker));
}
