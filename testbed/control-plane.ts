import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Access, createAccess } from "./access.ts";
import type { Api } from "./api.ts";
import type { ControlPlaneOptions } from "./options.ts";
import { openProcessGroup } from "./processes.ts";
import { binarySource } from "./source.ts";
import { type Started, startComponents } from "./start.ts";

/** A real control plane of our own on loopback. Nothing of it outlives `stop()`, nor the process that started it. */
export interface ControlPlane extends Access, Started {
  /** The first API server, `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** Requests to the first API server as administrator (group system:masters). */
  readonly api: Api;
  readonly options: ControlPlaneOptions;
  /** A temporary folder of this cluster; the logs are in its `log/`. */
  readonly folder: string;
  /** Kills every process, waits until they are gone, removes the folder. */
  stop(): Promise<void>;
}

/**
 * Starts etcd, API servers, controller-manager, scheduler and kwok as wanted, and resolves when all of them work.
 * Errors: no binaries (says what to run), a component that ends or is not ready in time (with the end of its log).
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const source = binarySource();
  if (source.kind === "none") {
    throw new Error(source.because);
  }
  const folder = mkdtempSync(path.join(tmpdir(), "scs-testbed-"));
  const group = openProcessGroup(folder);
  try {
    const started = await startComponents(source.folder, folder, group, options);
    const [{ api, url }] = started.servers;
    const access = createAccess({ folder, binaries: source.folder, ca: started.pki.ca, api });
    const stop = async () => {
      for (const server of started.servers) {
        server.api.close();
      }
      await group.stop();
    };
    return { ...access, ...started, url, api, options, folder, stop };
  } catch (error) {
    await group.stop();
    throw error;
  }
}
