/** Looking: connects, gathers what the plan wants, and closes. Nothing is judged here. */
import { randomBytes } from "node:crypto";
import type { Plan } from "../engine/plan.ts";
import { type GatherEvent, gather } from "../evidence/gather.ts";
import { createRedactor } from "../evidence/redactor.ts";
import type { Gathering } from "../model/evidence.ts";
import { UsageError } from "../model/faults.ts";
import { probes } from "../probes/index.ts";
import { openConnection } from "./connection.ts";
import type { ClusterOptions } from "./options.ts";
import { holdSecrecy } from "./secrecy.ts";
import { tool } from "./tool.ts";

export type { GatherEvent };

/** How a run is watched and ended by its caller. */
export interface Watch {
  readonly now: () => Date;
  readonly onEvent: (event: GatherEvent) => void;
  readonly signal: AbortSignal;
}

export interface LookOptions extends Watch {
  readonly cluster: ClusterOptions;
  readonly plan: Plan;
  readonly gatheredBy: string;
  readonly recorded?: boolean;
}

export async function look(options: LookOptions): Promise<Gathering> {
  const connections = await connectAll(options);
  const { cluster, management } = connections;
  try {
    const gathering = await gather({
      probes,
      wanted: options.plan.probes.map((probe) => probe.id),
      views: {
        cluster,
        management: management && { ...management, managed: options.cluster.management?.cluster },
      },
      redactor: createRedactor(randomBytes(32)),
      tier: options.plan.tier,
      tool: { name: tool.name, version: tool.version },
      gatheredBy: options.gatheredBy,
      ...(options.recorded === true ? { recorded: true } : {}),
      now: options.now,
      onEvent: options.onEvent,
    });
    // reads that an interrupt ended look like silence, and silence must not become a report
    options.signal.throwIfAborted();
    holdSecrecy(gathering, [...cluster.confidential, ...(management?.confidential ?? [])]);
    return gathering;
  } finally {
    cluster.close();
    management?.close();
  }
}

/** A connection for each view that the caller gave; none stays open when one of them cannot be made. */
async function connectAll({ cluster: options, signal }: LookOptions) {
  const { management: further } = options;
  const cluster = await openConnection(options, signal);
  try {
    return { cluster, management: further && (await openConnection({ ...options, ...further }, signal)) };
  } catch (error) {
    cluster.close();
    throw error instanceof UsageError ? ofManagement(error) : error;
  }
}

/** Two kubeconfigs may be at fault: which one is said. */
function ofManagement({ faults, advice }: UsageError): UsageError {
  const told = faults.map((fault) => ({ ...fault, message: `management cluster: ${fault.message}` }));
  return new UsageError(
    told,
    advice?.replace(/--(?=kubeconfig|context)/, "--management-").replace(" or KUBECONFIG", ""),
  );
}
