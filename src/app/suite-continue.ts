/** A run of the suite that was begun from this machine and outlived its program: the Job went on without it. */
import type { Connection } from "../kubernetes/connect.ts";
import { type SuiteKind, suiteRecipes } from "../model/conformance/suite-kind.ts";
import { suiteJobPath } from "../model/conformance/suite-objects.ts";
import type { Cleanup } from "../model/evidence.ts";
import { instantAt } from "../model/instant.ts";
import type { SuitePlace } from "../suite/run-suite.ts";
import { patience, toldOf } from "./acting.ts";
import type { ClusterOptions } from "./options.ts";
import { stateFolder } from "./state-folder.ts";

export interface Outliving {
  readonly run: string;
  readonly place: SuitePlace;
  /** Unmakes what it made, by its own ledger. */
  cleanUp(hurry: AbortSignal): Promise<Cleanup>;
  /** Instead of it: all stays, for a reason. */
  keep(because: string): Promise<Cleanup>;
}

/** Undefined when there is none that fits: another program's, another machine's, another part of the specs. */
export async function outlivingSuite(
  connection: Connection,
  options: ClusterOptions,
  wanted: { readonly kind: SuiteKind; readonly focus?: string | undefined },
  now: Date,
): Promise<Outliving | undefined> {
  const { deadRuns } = await import("../kubernetes/acting/leftovers.ts");
  const { findSuite } = await import("../suite/find.ts");
  const folder = options.acting?.stateFolder ?? stateFolder(process.env);
  const cluster = connection.clusterDigest;
  for (const dead of deadRuns({ folder, cluster, now: instantAt(now.getTime()) })) {
    const [, namespace, job] = dead.paths.map((path) => suiteJobPath.exec(path)).find((match) => match !== null) ?? [];
    if (namespace === undefined || job === undefined) continue;
    const focus = wanted.focus ?? suiteRecipes[wanted.kind].focus;
    const place = await findSuite(connection.reader, namespace, job, { kind: wanted.kind, focus });
    if (place === undefined) continue;
    return {
      run: dead.run,
      place,
      async cleanUp(hurry) {
        const { sweep } = await import("../kubernetes/acting/sweep.ts");
        return toldOf({ created: dead.paths.length, remains: await sweep(connection, dead, patience, hurry) });
      },
      keep: async (because) =>
        toldOf({ created: dead.paths.length, remains: dead.paths.map((path) => ({ path, because })) }),
    };
  }
  return undefined;
}
