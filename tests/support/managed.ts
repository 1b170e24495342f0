/** A cluster and its management cluster, each a server of its own over HTTPS on loopback. */
import type { ProbedFactId } from "../../src/model/facts/index.ts";
import type { ObjectName } from "../../src/model/probe.ts";
import { connectedLoopback } from "./connected-loopback.ts";
import { type Gathered, gatherOver } from "./gathering.ts";
import type { LoopbackHandler } from "./loopback-server.ts";

/** Gathers from both; `managed` is what `--cluster` names. */
export async function gatherManaged(
  handlers: { readonly cluster: LoopbackHandler; readonly management: LoopbackHandler },
  wanted: readonly ProbedFactId[],
  managed?: ObjectName,
): Promise<Gathered> {
  const cluster = await connectedLoopback(handlers.cluster);
  const management = await connectedLoopback(handlers.management);
  const further = { management: { ...management.connection, managed } };
  return { ...(await gatherOver(cluster.connection, wanted, further)), loopback: management.loopback };
}

interface ServedGroup {
  readonly name: string;
  readonly versions: readonly { readonly version: string }[];
}

/** `GET /apis` of an API server; the first version of a group is the preferred one. */
export function apis(groups: { readonly [group: string]: readonly string[] }): object {
  const served = Object.entries(groups).map(([name, versions]): ServedGroup & { preferredVersion: object } => ({
    name,
    versions: versions.map((version) => ({ groupVersion: `${name}/${version}`, version })),
    preferredVersion: { groupVersion: `${name}/${versions[0]}`, version: versions[0] },
  }));
  return { kind: "APIGroupList", apiVersion: "v1", groups: served };
}
