import { testbedSource } from "./source.ts";
import { kubeadmLike } from "./variants.ts";

/** A cluster for tests that have no wishes about it. */
export interface AnyCluster {
  /** Of somebody who may read everything. */
  readonly kubeconfig: string;
  /** False for an existing one: expect nothing of its contents and leave nothing there. */
  readonly ours: boolean;
  stop(): Promise<void>;
}

/** The existing cluster of SCS_TEST_KUBECONFIG, else a kubeadm-like one of our own. Throws when neither is to be had. */
export async function anyCluster(env: NodeJS.ProcessEnv = process.env): Promise<AnyCluster> {
  const source = testbedSource(env);
  if (source.kind === "none") {
    throw new Error(source.because);
  }
  if (source.kind === "cluster") {
    return { kubeconfig: source.kubeconfig, ours: false, stop: async () => {} };
  }
  const cluster = await kubeadmLike({ apiServers: 1 });
  return { kubeconfig: await cluster.kubeconfig(), ours: true, stop: () => cluster.stop() };
}
