/** Server groups of servers, with their policy. */
import type { CloudReader } from "../model/cloud.ts";
import type { CloudServerRecord } from "../model/facts/cloud.ts";
import type { Redactor } from "../model/probe.ts";
import { byMicroversion } from "./cloud-reading.ts";
import type { SeenServer } from "./cloud-server-record.ts";
import { listAt, printable, textAt } from "./untrusted.ts";

type Group = CloudServerRecord["groups"][number];

/** One policy since 2.64, a list of one before. */
const microversions = ["2.64", undefined];
const policies: ReadonlySet<string> = new Set(["affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity"]);
const mostGroups = 20;

/** By id; a group that cannot be read, or has a policy that Nova does not document, stands without one. */
export async function groupsOf(
  cloud: CloudReader,
  servers: readonly SeenServer[],
  redactor: Redactor,
): Promise<ReadonlyMap<string, Group>> {
  const ids = [...new Set(servers.flatMap(({ groupIds }) => groupIds))].slice(0, mostGroups);
  const groups = await Promise.all(
    ids.map(async (id): Promise<readonly [string, Group]> => {
      const reading = await byMicroversion(cloud, "compute", `/os-server-groups/${id}`, microversions);
      const group = reading.ok ? (reading.value as unknown) : undefined;
      const policy =
        textAt(group, "server_group", "policy") ?? printable(listAt(group, "server_group", "policies")[0]) ?? "";
      const ref = redactor.pseudonym("server-group", id);
      return [id, policies.has(policy) ? { ref, policy } : { ref }];
    }),
  );
  return new Map(groups);
}
