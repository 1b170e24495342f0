/** Watches a run that is under way: by short questions, so that nothing is lost with a connection. */
import { setTimeout as pause } from "node:timers/promises";
import type { ClusterReader } from "../model/cluster.ts";
import { afterLine, noProgress, type SuiteProgress } from "../model/conformance/suite-log.ts";
import { suiteContainer } from "../model/conformance/suite-objects.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import { isJsonObject } from "../model/json.ts";
import { type PodState, podStateOf } from "./pod-state.ts";

/** What is told of a run while it goes on. */
export type SuiteEvent =
  | { readonly kind: "waiting"; readonly because: string }
  | { readonly kind: "progress"; readonly progress: SuiteProgress }
  | { readonly kind: "silence"; readonly because: string };

export interface FollowOptions {
  readonly cluster: ClusterReader;
  readonly pod: { readonly namespace: string; readonly name: string };
  readonly signal: AbortSignal;
  readonly onEvent: (event: SuiteEvent) => void;
  /** Between two questions. */
  readonly milliseconds: number;
  /** How long the pod may wait for a node or an image. */
  readonly patienceMilliseconds: number;
  /** How long the API server may be silent before the run is given up. It goes on, and can be found again. */
  readonly silenceMilliseconds: number;
}

export interface Followed {
  readonly exitCode: number;
  readonly image: string | undefined;
  readonly progress: SuiteProgress;
}

/** `not-found` when the pod was lost; `timeout` when it did not start, or the API server did not answer any more. */
export async function followSuite(options: FollowOptions): Promise<Reading<Followed>> {
  const { cluster, pod, signal, onEvent } = options;
  const log = logOf(options);
  const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}`;
  let started = false;
  let answered = performance.now();
  let waiting = performance.now();
  for (;;) {
    if (signal.aborted) return unread("timeout", "the run was over before the suite had ended");
    const found = await cluster.json(path);
    if (found.ok && isJsonObject(found.value)) {
      answered = performance.now();
      const state = podStateOf(found.value);
      if (state.kind !== "waiting") started = true;
      const end = await seen(state, log);
      if (end !== undefined) return end;
      if (state.kind === "waiting") {
        onEvent({ kind: "waiting", because: state.because });
        if (performance.now() - waiting > options.patienceMilliseconds) {
          return unread("timeout", `the suite did not start: ${state.because}`);
        }
      } else waiting = performance.now();
    } else if (!found.ok && found.reason === "not-found") {
      return unread("not-found", "somebody removed the pod of the run");
    } else {
      const because = found.ok ? "the answer is no object" : found.message;
      onEvent({ kind: "silence", because });
      const silent = performance.now() - answered;
      if (silent > options.silenceMilliseconds)
        return unread("timeout", `the API server was silent too long: ${because}`);
    }
    await pause(started ? options.milliseconds : Math.min(options.milliseconds, 1000), undefined, { signal }).catch(
      () => undefined,
    );
  }
}

async function seen(state: PodState, log: Log): Promise<Reading<Followed> | undefined> {
  if (state.kind === "waiting") return undefined;
  await log.more();
  if (state.kind === "running") return undefined;
  if (state.kind === "lost")
    return unread("not-found", `the run was ended before its results could be fetched: ${state.because}`);
  return read({ exitCode: state.exitCode, image: state.image, progress: log.progress() });
}

interface Log {
  more(): Promise<void>;
  progress(): SuiteProgress;
}

/** New lines since the last question: each carries its time. A log that cannot be read takes nothing but the progress. */
function logOf({ cluster, pod, onEvent }: FollowOptions): Log {
  let progress = noProgress;
  let last = "";
  const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}/log?container=${suiteContainer}&timestamps=true`;
  return {
    progress: () => progress,
    async more() {
      const before = progress;
      const since = last === "" ? "" : `&sinceTime=${last}`;
      await cluster.lines(`${path}${since}`, (line) => {
        const time = /^(\d{4}-\d\d-\d\dT[\d:.]{8,20}Z) /.exec(line)?.[1];
        if (time === undefined || time <= last) return;
        last = time;
        progress = afterLine(progress, line.slice(time.length + 1));
      });
      if (progress !== before) onEvent({ kind: "progress", progress });
    },
  };
}
