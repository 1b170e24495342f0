/** Starts a small control plane, says which processes it has, and waits to be killed. Run by testbed.test.ts. */
import { startControlPlane } from "../../testbed/control-plane.ts";

const cluster = await startControlPlane({ withControllerManager: false, withScheduler: false });
const pids = [...cluster.processes.values()].map((running) => running.pid);
console.log(JSON.stringify({ pids, folder: cluster.folder }));
setInterval(() => {}, 1_000_000);
