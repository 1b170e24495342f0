import type { ClusterReader } from "../model/cluster.ts";
import { read } from "../model/fact.ts";
import type { VeleroBackupsFact } from "../model/facts/backup.ts";
import { defineProbe, type ProbeContext } from "../model/probe.ts";
import { reduceList } from "./reading.ts";
import { inOrder, instantOf, textAt, valueAt } from "./untrusted.ts";

const group = "velero.io";
const right = (resource: string) => ({ kind: "resource", verb: "list", group, resource }) as const;

export const veleroBackupsProbe = defineProbe({
  id: "kube/velero-backups",
  title: "Velero's backups of objects",
  tier: "observe",
  rights: [right("backups"), right("schedules"), right("backupstoragelocations")],
  requests: 3,
  after: ["kube/custom-resources"],
  async collect(context) {
    if (await isNotInstalled(context)) return read(nothing);
    const backups = await list(context.cluster, "backups", ofBackup);
    if (!backups.ok && backups.reason === "not-served") return read(nothing);
    if (!backups.ok) return backups;
    const schedules = await list(context.cluster, "schedules", (object) => ({
      paused: valueAt(object, "spec", "paused") === true,
    }));
    if (!schedules.ok) return schedules;
    const locations = await list(context.cluster, "backupstoragelocations", (object) => ({
      phase: phaseOf(object) ?? "New",
    }));
    if (!locations.ok) return locations;
    const completedAt = backups.value.items
      .flatMap(({ completedAt: at }) => (at === undefined ? [] : [at]))
      .sort(inOrder)
      .at(-1);
    return read({
      installed: true,
      locations: counts(locations.value.items.map(({ phase }) => phase)),
      activeSchedules: schedules.value.items.filter(({ paused }) => !paused).length,
      backups: backups.value.items.length,
      ...(completedAt === undefined ? {} : { completedAt }),
    });
  },
});

const nothing: VeleroBackupsFact = { installed: false, locations: {}, activeSchedules: 0, backups: 0 };

async function isNotInstalled({ fact }: ProbeContext): Promise<boolean> {
  const installed = await fact("kube/custom-resources");
  return installed.status === "collected" && !installed.value.relevant.includes(`backups.${group}`);
}

function list<T>(cluster: ClusterReader, resource: string, reduce: (object: unknown) => T | undefined) {
  return reduceList(cluster, `/apis/${group}/v1/${resource}`, { limit: 500 }, reduce);
}

function ofBackup(object: unknown): { readonly completedAt?: string } {
  const at = phaseOf(object) === "Completed" ? instantOf(object, "status", "completionTimestamp") : undefined;
  return at === undefined ? {} : { completedAt: at };
}

function phaseOf(object: unknown): string | undefined {
  const phase = textAt(object, "status", "phase");
  return phase !== undefined && /^[A-Za-z]{1,40}$/.test(phase) ? phase : undefined;
}

function counts(words: readonly string[]): { [word: string]: number } {
  const all = [...new Set(words)].sort();
  return Object.fromEntries(all.map((word) => [word, words.filter((other) => other === word).length]));
}
