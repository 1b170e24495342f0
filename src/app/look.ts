/** Looking: connects, gathers what the plan wants, and closes. Nothing is judged here. */
import { randomBytes } from "node:crypto";
import type { Plan } from "../engine/plan.ts";
import { type GatherEvent, gather } from "../evidence/gather.ts";
import { createRedactor } from "../evidence/redactor.ts";
import type { Gathering } from "../model/evidence.ts";
import { probes } from "../probes/index.ts";
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
  const { connect } = await import("../kubernetes/connect.ts");
  const { kubeconfig, context, requestTimeout, timeout, maxRequestsPerSecond } = options.cluster;
  const connection = await connect({
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
    ...(maxRequestsPerSecond === undefined ? {} : { maxRequestsPerSecond }),
    requestTimeoutMilliseconds: requestTimeout,
    signal: options.signal,
    overallTimeoutMilliseconds: timeout,
    version: tool.version,
  });
  try {
    const gathering = await gather({
      probes,
      wanted: options.plan.probes.map((probe) => probe.id),
      reader: connection.reader,
      requests: () => connection.requests,
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
    holdSecrecy(gathering, connection.confidential);
    return gathering;
  } finally {
    connection.close();
  }
}
