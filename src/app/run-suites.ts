/** Runs the upstream e2e suite in the cluster before it is looked at: each run leaves a folder of results, or a reason. */
import { randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import path from "node:path";
import { unavailableText } from "../evidence/resolve.ts";
import type { Connection } from "../kubernetes/connect.ts";
import { type SuiteKind, suiteRecipes } from "../model/conformance/suite-kind.ts";
import type { Cleanup, SuiteWithoutResults } from "../model/evidence.ts";
import { type Reading, read } from "../model/fact.ts";
import { LeftBehind, UsageError } from "../model/faults.ts";
import { instantAt } from "../model/instant.ts";
import type { SuiteEvent } from "../suite/follow.ts";
import type { Inventory } from "../suite/inventory.ts";
import type { Finished, SuitePlace } from "../suite/run-suite.ts";
import { openActing } from "./acting.ts";
import { openConnection, type TimedOptions } from "./connection.ts";
import type { Watch } from "./look.ts";
import type { ClusterOptions } from "./options.ts";
import { outlivingSuite } from "./suite-continue.ts";
import { newcomersSince, removeSuiteNamespaces } from "./suite-leftovers.ts";
import type { SuiteOptions } from "./suite-options.ts";
import { whyNot } from "./write-file.ts";

export interface SuiteNews {
  readonly kind: SuiteKind;
  readonly event:
    | SuiteEvent
    | { readonly kind: "failed"; readonly message: string }
    | { readonly kind: "fetched"; readonly folder: string; readonly image: string | undefined };
}

export interface SuitesRun {
  /** Folders of results, as `import` takes them. */
  readonly folders: readonly string[];
  readonly withoutResults: readonly SuiteWithoutResults[];
  readonly cleanup: Cleanup;
}

export interface RunSuitesOptions extends Pick<Watch, "onNotice" | "onActing"> {
  readonly suites: SuiteOptions;
  readonly cluster: ClusterOptions;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly onNews: (news: SuiteNews) => void;
}

/** The API server may be silent for so long: the run goes on meanwhile, and is found again. */
const silenceMilliseconds = 30 * 60_000;
const following = {
  // between two questions: a spec takes some seconds
  milliseconds: 5_000,
  patienceMilliseconds: 5 * 60_000,
  silenceMilliseconds,
};

export async function runSuites(options: RunSuitesOptions): Promise<SuitesRun> {
  const folders: string[] = [];
  const withoutResults: SuiteWithoutResults[] = [];
  const cleanups: Cleanup[] = [];
  for (const kind of options.suites.kinds) {
    const folder = await resultsFolder(kind, options.now());
    let fetched = false;
    try {
      const { ran, cleanup } = await runOne(kind, folder, options);
      fetched = ran.ok;
      cleanups.push(cleanup);
      options.signal.throwIfAborted();
      if (ran.ok) {
        folders.push(folder);
        options.onNews({ kind, event: { kind: "fetched", folder, image: ran.value.image } });
      } else {
        const { reason, message } = ran;
        options.onNews({ kind, event: { kind: "failed", message } });
        const at = instantAt(options.now().getTime());
        withoutResults.push({ kind, at, reason, message: unavailableText(reason, message) });
      }
    } finally {
      if (!fetched) await fs.rm(folder, { recursive: true, force: true });
    }
  }
  return { folders, withoutResults, cleanup: cleanups.reduce(together, { created: 0, left: 0 }) };
}

async function runOne(kind: SuiteKind, folder: string, options: RunSuitesOptions) {
  const { signal, onNews } = options;
  const { finishSuite } = await import("../suite/run-suite.ts");
  const timeout = suiteRecipes[kind].deadlineSeconds * 1000 + silenceMilliseconds;
  const cluster = { ...options.cluster, timeout };
  const connection = await openConnection(cluster, signal);
  try {
    const stage = await openStage(connection, cluster, kind, options);
    let suiteRun: string | undefined;
    let finished: Finished | undefined;
    let cleanup: Cleanup;
    try {
      const begun = await stage.begin();
      const onEvent = (event: SuiteEvent): void => {
        if (event.kind === "progress") suiteRun = event.progress.run;
        onNews({ kind, event });
      };
      finished = begun.ok
        ? await finishSuite(connection.reader, begun.value, folder, { ...following, signal, onEvent })
        : { ran: begun };
    } finally {
      cleanup = finished?.unfetched ? await stage.keep("its results were not fetched yet") : await stage.cleanUp();
    }
    const { ran } = finished;
    if (finished.unfetched)
      options.onNotice?.(
        `The run ${stage.run} has ended and stays, with its results: the same command fetches them, \`scs-conformance cleanup --run ${stage.run}\` removes them.`,
      );
    const remains = suiteRun === undefined ? [] : await removeSuiteNamespaces(options.cluster, suiteRun);
    cleanup = together(cleanup, { created: 0, left: remains.length, remains: [...remains] });
    const before = stage.before();
    const came = before === undefined ? [] : await newcomersSince(options.cluster, before, stage.run);
    for (const name of came.slice(0, mostNewcomers))
      options.onNotice?.(`Came while the suite ran, and is still there: ${name}`);
    if (signal.aborted && cleanup.left > 0) throw new LeftBehind(stage.run, cleanup.left);
    return { ran, cleanup };
  } finally {
    connection.close();
  }
}

/** More than a screen of them tells no more. */
const mostNewcomers = 40;

interface Stage {
  readonly run: string;
  begin(): Promise<Reading<SuitePlace>>;
  cleanUp(): Promise<Cleanup>;
  keep(because: string): Promise<Cleanup>;
  /** How the cluster was before specs that change more than namespaces; undefined where there are none, or nobody looked. */
  before(): Inventory | undefined;
}

/** A run that outlived its program is gone on with; else one is begun. */
async function openStage(
  connection: Connection,
  cluster: TimedOptions,
  kind: SuiteKind,
  options: RunSuitesOptions,
): Promise<Stage> {
  const { suites, signal, now, onNotice } = options;
  const outliving = await outlivingSuite(connection, cluster, { kind, focus: suites.focus }, now());
  if (outliving !== undefined) {
    const { run, place } = outliving;
    onNotice?.(`The run ${run} outlived the program that began it: going on with it.`);
    return {
      run,
      begin: async () => read(place),
      cleanUp: () => outliving.cleanUp(signal),
      keep: outliving.keep,
      before: () => undefined,
    };
  }
  const { beginSuite } = await import("../suite/run-suite.ts");
  const { takeInventory } = await import("../suite/inventory.ts");
  const { run, actor, cleanUp, keep } = await openActing(connection, cluster, options);
  let before: Inventory | undefined;
  const begin = async (): Promise<Reading<SuitePlace>> => {
    if (kind === "full") before = await takeInventory(connection.reader);
    return beginSuite(connection.reader, actor, { kind, ...suites });
  };
  return { run, begin, cleanUp, keep, before: () => before };
}

/** Results are hours of work: they lie here as soon as they are fetched, whatever becomes of the run afterwards. */
async function resultsFolder(kind: SuiteKind, now: Date): Promise<string> {
  const time = instantAt(now.getTime()).replaceAll(":", "");
  const parent = "scs-report";
  try {
    await fs.mkdir(parent, { recursive: true });
    const folder = path.join(parent, `e2e-${kind}-${time}-${randomBytes(3).toString("hex")}`);
    await fs.mkdir(folder);
    return folder;
  } catch (error) {
    throw new UsageError(
      [{ file: parent, message: `cannot be written: ${whyNot(error)}` }],
      "Start in a folder that you may write to.",
    );
  }
}

export function together(one: Cleanup, other: Cleanup): Cleanup {
  const remains = [...(one.remains ?? []), ...(other.remains ?? [])].slice(0, 100);
  return {
    created: one.created + other.created,
    left: one.left + other.left,
    ...(remains.length === 0 ? {} : { remains }),
  };
}
