/** A cluster and the cloud below it, each over HTTPS on loopback, looked at by the real probes. */
import type { CloudFactId } from "../../../src/model/facts/index.ts";
import { connectedLoopback } from "../connected-loopback.ts";
import { type Gathered, gatherOver, paths, served } from "../gathering.ts";
import { kubernetesRoutes } from "../kubernetes-routes.ts";
import { type ConnectedCloud, connectedCloud } from "./connected-cloud.ts";
import type { ImitationOptions } from "./imitation.ts";
import { nodeOn, novaServer } from "./machines.ts";

export interface GatheredCloud extends Omit<Gathered, "loopback"> {
  readonly cloud: ConnectedCloud;
}

/** @param nodes of the cluster, whose API server is at 127.0.0.1; one by default, its server is in every cloud */
export async function gatherCloud(
  imitation: ImitationOptions,
  wanted: readonly CloudFactId[],
  nodes: readonly object[] = [nodeOn(1)],
  connecting: Parameters<typeof connectedCloud>[1] = {},
): Promise<GatheredCloud> {
  const cluster = await connectedLoopback(
    kubernetesRoutes({ [paths.version]: served("v1.37.2"), [paths.nodes]: nodes }),
  );
  const contents = { servers: [novaServer(1, "a")], ...imitation.contents };
  const cloud = await connectedCloud({ ...imitation, contents }, connecting);
  return { ...(await gatherOver(cluster.connection, wanted, { cloud })), cloud };
}
