/** Ends one process of a test cluster the hard way. */
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { waitUntil } from "../../testbed/readiness.ts";

/** SIGKILL, and waits until it is gone: `kube-apiserver-1`, `kube-controller-manager`. */
export async function killComponent(cluster: ControlPlane, name: string): Promise<void> {
  const running = cluster.processes.get(name);
  if (!running) throw new Error(`${name} does not run`);
  process.kill(running.pid, "SIGKILL");
  await waitUntil(`${name} is gone`, async () => running.ended() !== undefined, [], Date.now() + 10_000);
}
