/** What kind of hypervisor hosts have, for those who may see it: administrators of the cloud. */
import type { CloudReader } from "../model/cloud.ts";
import type { SeenServer } from "./cloud-server-record.ts";
import { textAt } from "./untrusted.ts";

/** UUIDs as markers since 2.53 (Nova REST API version history). */
const microversion = "2.53";

/**
 * `hypervisor_type` by host name. Asked only where Nova shows hosts at all, so that nobody else's run has a refusal in its log;
 * who may not list them learns nothing.
 */
export async function hypervisorsOf(
  cloud: CloudReader,
  servers: readonly SeenServer[],
): Promise<ReadonlyMap<string, string>> {
  const hosts = new Set(servers.map(({ hypervisorHost }) => hypervisorHost).filter((host) => host !== undefined));
  if (hosts.size === 0) return new Map();
  const list = await cloud.list("compute", "/os-hypervisors/detail", "hypervisors", { microversion });
  const pairs = (list.ok ? list.value : []).flatMap((hypervisor): readonly (readonly [string, string])[] => {
    const host = textAt(hypervisor, "hypervisor_hostname");
    const type = textAt(hypervisor, "hypervisor_type");
    return host !== undefined && type !== undefined && hosts.has(host) && type.length <= 40 ? [[host, type]] : [];
  });
  return new Map(pairs);
}
