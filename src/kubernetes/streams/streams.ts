/** Streams through the API server: commands in containers, connections to ports of pods. */
import type { Duplex } from "node:stream";
import type { CommandResult, WaitOptions } from "../../model/acting.ts";
import type { Reading } from "../../model/fact.ts";
import type { ObjectName } from "../../model/probe.ts";
import { type ExecTarget, exec } from "./exec.ts";
import type { StreamOpener } from "./opener.ts";
import { type PortForwardOptions, portForward } from "./port-forward.ts";

export interface Streams {
  exec(target: ExecTarget, command: readonly string[], wait: WaitOptions): Promise<Reading<CommandResult>>;
  portForward(pod: ObjectName, port: number, options: PortForwardOptions): Promise<Reading<Duplex>>;
}

export function createStreams(opener: StreamOpener, confidential: readonly string[]): Streams {
  return {
    exec: (target, command, wait) => exec(opener, target, command, wait, confidential),
    portForward: (pod, port, options) => portForward(opener, pod, port, options, confidential),
  };
}
