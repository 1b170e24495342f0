import { type Reading, read } from "../model/fact.ts";
import type { ManagementEtcdFact } from "../model/facts/managed-etcd.ts";
import { defineProbe } from "../model/probe.ts";
import { managedCluster } from "./managed-cluster.ts";
import { unprovenResolve } from "./management-cluster.ts";
import { reduceList } from "./reading.ts";
import { pathOf, resources, rightsTo } from "./served-objects.ts";
import { listAt, textAt, valueAt } from "./untrusted.ts";

type Etcd = ManagementEtcdFact["etcds"][number];

/** Five fields of digits, stars, lists, ranges and steps; names of days are not kept. */
const cron = /^[\d*/,-]{1,20}( [\d*/,-]{1,20}){4}$/;

export const managementEtcdProbe = defineProbe({
  id: "management/etcd",
  title: "backup and defragmentation of etcd there (etcd-druid on a seed)",
  view: "management",
  tier: "observe",
  rights: rightsTo(["list"], resources.etcds),
  requests: 1,
  after: ["management/cluster"],
  resolve: { ...unprovenResolve, "not-served": "the kubeconfig of the seed, where etcd-druid runs" },
  async collect(context): Promise<Reading<ManagementEtcdFact>> {
    const cluster = await managedCluster(context);
    if (!cluster.ok) return cluster;
    const { apis, at } = cluster.value;
    const path = pathOf(apis, resources.etcds, { namespace: at.namespace });
    if (!path.ok) return path;
    const reading = await reduceList(context.management, path.value, { limit: 50 }, etcdOf);
    return reading.ok ? read({ etcds: [...reading.value.items] }) : reading;
  },
});

function etcdOf(object: unknown): Etcd | undefined {
  const name = textAt(object, "metadata", "name");
  if (name === undefined) return undefined;
  const full = schedule(textAt(object, "spec", "backup", "fullSnapshotSchedule"));
  const defragmentation = schedule(textAt(object, "spec", "etcd", "defragmentationSchedule"));
  const condition = listAt(object, "status", "conditions").find((entry) => textAt(entry, "type") === "BackupReady");
  const ready = textAt(condition, "status");
  return {
    role: name === "etcd-main" ? "main" : name === "etcd-events" ? "events" : "other",
    store: valueAt(object, "spec", "backup", "store", "provider") !== undefined,
    ...(full === undefined ? {} : { fullSnapshotSchedule: full }),
    ...(defragmentation === undefined ? {} : { defragmentationSchedule: defragmentation }),
    ...(ready === "True" || ready === "False" || ready === "Unknown" ? { backupReady: ready } : {}),
  };
}

function schedule(text: string | undefined): string | undefined {
  return text !== undefined && cron.test(text) ? text : undefined;
}
