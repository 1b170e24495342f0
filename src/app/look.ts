/** Looking: connects, gathers what the plan wants, and closes. Nothing is judged here. */
import { randomBytes } from "node:crypto";
import { actingProbes, type Plan } from "../engine/plan.ts";
import { type GatherEvent, gather } from "../evidence/gather.ts";
import { createRedactor } from "../evidence/redactor.ts";
import type { Gathering } from "../model/evidence.ts";
import { LeftBehind, UsageError } from "../model/faults.ts";
import type { Redactor } from "../model/probe.ts";
import { probes } from "../probes/index.ts";
import { openActing } from "./acting.ts";
import { openConnection, type TimedOptions } from "./connection.ts";
import type { ClusterOptions } from "./options.ts";
import { holdSecrecy } from "./secrecy.ts";
import { timeLimitOf, tooShort } from "./time-limit.ts";
import { tool } from "./tool.ts";

export type { GatherEvent };

/** How a run is watched and ended by its caller. */
export interface Watch {
  readonly now: () => Date;
  readonly onEvent: (event: GatherEvent) => void;
  readonly signal: AbortSignal;
  /** Told what a run does beside looking: what it removes of dead runs, and what is left of itself. */
  readonly onNotice?: (text: string) => void;
  /** Told the run's name before it makes anything: by that name what it made can be removed. */
  readonly onActing?: (run: string) => void;
}

export interface LookOptions extends Watch {
  readonly cluster: ClusterOptions;
  readonly plan: Plan;
  readonly gatheredBy: string;
  readonly recorded?: boolean;
  /** Default: pseudonyms that nobody can open. */
  readonly redactor?: Redactor | undefined;
}

export async function look(options: LookOptions): Promise<Gathering> {
  const { plan } = options;
  const short = tooShort(plan, options.cluster.timeout);
  if (short !== undefined) options.onNotice?.(short);
  const timed = { ...options.cluster, timeout: timeLimitOf(plan, options.cluster.timeout) };
  const connections = await connectAll(timed, options.signal);
  const { cluster, management, cloud } = connections;
  const acting =
    actingProbes(plan).length > 0
      ? await openActing(cluster, timed, options).catch((error: unknown) => {
          closeAll(connections);
          throw error;
        })
      : undefined;
  try {
    const gathering = await gather({
      probes,
      wanted: plan.probes.map((probe) => probe.id),
      views: {
        cluster: { ...cluster, ...(acting === undefined ? {} : { actor: acting.actor }) },
        management: management && { ...management, managed: options.cluster.management?.cluster },
        cloud,
      },
      redactor: options.redactor ?? createRedactor(randomBytes(32)),
      tier: plan.tier,
      tool: { name: tool.name, version: tool.version },
      gatheredBy: options.gatheredBy,
      ...(options.recorded === true ? { recorded: true } : {}),
      now: options.now,
      onEvent: options.onEvent,
      ...(acting === undefined ? {} : { cleanUp: acting.cleanUp }),
    });
    const left = gathering.cleanup?.left ?? 0;
    if (options.signal.aborted && acting !== undefined && left > 0) throw new LeftBehind(acting.run, left);
    // reads that an interrupt ended look like silence, and silence must not become a report
    options.signal.throwIfAborted();
    const all = [cluster, management, cloud];
    holdSecrecy(
      gathering,
      all.flatMap((view) => view?.confidential ?? []),
    );
    return gathering;
  } finally {
    await acting?.cleanUp();
    closeAll(connections);
  }
}

type Connections = Awaited<ReturnType<typeof connectAll>>;

function closeAll({ cluster, management, cloud }: Connections): void {
  cluster.close();
  management?.close();
  cloud?.close();
}

/** A connection for each view that the caller gave; none stays open when one of them cannot be made. */
async function connectAll(options: TimedOptions, signal: AbortSignal) {
  const opened: { close(): void }[] = [];
  const kept = <T extends { close(): void }>(connection: T): T => {
    opened.push(connection);
    return connection;
  };
  const { management: further } = options;
  try {
    const cluster = kept(await openConnection(options, signal));
    const managing = further && openConnection({ ...options, ...further }, signal).catch(ofManagement);
    const management = managing && kept(await managing);
    return { cluster, management, cloud: await connectCloudOf(options, signal) };
  } catch (error) {
    for (const connection of opened) connection.close();
    throw error;
  }
}

async function connectCloudOf(options: TimedOptions, signal: AbortSignal) {
  const { openstackCloud, requestTimeout, timeout, maxRequestsPerSecond } = options;
  if (openstackCloud === undefined) return undefined;
  const { connectCloud } = await import("../openstack/connect-cloud.ts");
  return connectCloud({
    cloud: openstackCloud,
    ...(maxRequestsPerSecond === undefined ? {} : { maxRequestsPerSecond }),
    requestTimeoutMilliseconds: requestTimeout,
    signal,
    overallTimeoutMilliseconds: timeout,
    version: tool.version,
  });
}

/** Two kubeconfigs may be at fault: which one is said. */
function ofManagement(error: unknown): never {
  if (!(error instanceof UsageError)) throw error;
  const told = error.faults.map((fault) => ({ ...fault, message: `management cluster: ${fault.message}` }));
  const advice = error.advice?.replace(/--(?=kubeconfig|context)/, "--management-").replace(" or KUBECONFIG", "");
  throw new UsageError(told, advice);
}
