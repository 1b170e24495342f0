/** Copies of its database that etcd has handed out (`Snapshot` calls), as each member counts them since it started. */
import type { Fact } from "../fact.ts";
import type { EtcdMetricsFact } from "../facts/etcd-metrics.ts";
import type { Finding } from "../finding.ts";
import { daysBetween } from "../instant.ts";
import type { JsonObject } from "../json.ts";
import type { Instant } from "../vocabulary.ts";
import { countingMembersIn } from "./etcd-counters.ts";

export interface ServedSnapshots {
  readonly observed: JsonObject;
  /** At least one is younger than the limit, for the member that counts it started within it. */
  readonly fresh?: { readonly text: string; readonly repeated: boolean };
  /** Members that have handed out none for longer than the limit: copies of disks and of other members do not show. */
  readonly notes: readonly Finding[];
}

export function servedSnapshots(metrics: Fact<EtcdMetricsFact>, maxAgeDays: number, asOf: Instant): ServedSnapshots {
  const counted = countingMembersIn(metrics).members.flatMap(({ subject, node, latest: { snapshots, startedAt } }) =>
    snapshots === undefined || startedAt === undefined ? [] : [{ subject, node, count: snapshots, since: startedAt }],
  );
  if (counted.length === 0) return { observed: {}, notes: [] };
  const young = counted.filter(({ count, since }) => count > 0 && daysBetween(since, asOf) <= maxAgeDays);
  const [first] = young;
  const all = counted.reduce((sum, { count }) => sum + count, 0);
  const times = young.reduce((sum, { count }) => sum + count, 0);
  const notes =
    all > 0
      ? []
      : counted
          .filter(({ since }) => daysBetween(since, asOf) > maxAgeDays)
          .map(({ subject, node, since }): Finding => {
            const message = `etcd on ${node} has handed out no copy of its database since ${since}`;
            return { code: "no-snapshot-served", subject, expected: `one in ${maxAgeDays} days`, actual: 0, message };
          });
  return {
    observed: { snapshotsServed: counted.map(({ node, count, since }) => ({ node, count, since })) },
    ...(first === undefined
      ? {}
      : {
          fresh: {
            text: `etcd has handed out ${times === 1 ? "a copy" : `${times} copies`} of its database since ${first.since}`,
            repeated: times > 1,
          },
        }),
    notes,
  };
}
