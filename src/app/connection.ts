/** Opens the cluster that a command was pointed at. The adapter and what it needs are loaded only now. */
import type { Connection } from "../kubernetes/connect.ts";
import type { ClusterOptions } from "./options.ts";
import { lookingMilliseconds } from "./time-limit.ts";
import { tool } from "./tool.ts";

/** With the limit that holds. */
export type TimedOptions = ClusterOptions & { readonly timeout: number };

export async function openConnection(options: ClusterOptions, signal: AbortSignal): Promise<Connection> {
  const { connect } = await import("../kubernetes/connect.ts");
  const { kubeconfig, context, requestTimeout, timeout, maxRequestsPerSecond } = options;
  return connect({
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
    ...(maxRequestsPerSecond === undefined ? {} : { maxRequestsPerSecond }),
    requestTimeoutMilliseconds: requestTimeout,
    signal,
    overallTimeoutMilliseconds: timeout ?? lookingMilliseconds,
    version: tool.version,
  });
}
