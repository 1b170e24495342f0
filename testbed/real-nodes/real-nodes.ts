import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Access, createAccess } from "../access.ts";
import { type Api, openApi } from "../api.ts";
import { builtFolder } from "../build.ts";
import { issue } from "../certificates.ts";
import { testbedFolder } from "../folders.ts";
import { createPki, type Pki } from "../pki.ts";
import { openProcessGroup, type ProcessGroup } from "../processes.ts";
import { waitUntil } from "../readiness.ts";
import { servingCertificates } from "./certificates.ts";
import { fillCluster } from "./fill.ts";
import { provideImages } from "./images.ts";
import { killMachine, type Machine, startMachine } from "./machine.ts";
import { writeNodeFolder } from "./node-folder.ts";
import type { RealNodesOptions } from "./options.ts";
import { type Plan, planCluster } from "./plan.ts";
import { missingForRealNodes } from "./requirements.ts";
import { logsOf } from "./settled.ts";

/** A real cluster on this machine: kubelets, containers and networks. Nothing of it outlives `stop()`, nor its starter. */
export interface RealNodes extends Access {
  /** The first API server, `https://ADDRESS:6443`. */
  readonly url: string;
  /** Requests to the first API server as administrator (group system:masters). */
  readonly api: Api;
  readonly plan: Plan;
  readonly pki: Pki;
  /** A temporary folder of this cluster; the logs are in its `log/` and in `nodes/NAME/var/log/`. */
  readonly folder: string;
  /** Control-plane nodes first. */
  readonly nodes: readonly Machine[];
  /** Ends everything on a node at once, as when its machine loses power. With the first one the API of `url` is gone. */
  killNode(name: string): Promise<void>;
  /** Kills everything, waits until it is gone, removes links, cgroups and files. */
  stop(): Promise<void>;
}

/**
 * Starts a cluster of real nodes and resolves when every node and every system pod is ready.
 * Needs root on Linux and the programs of {@link missingForRealNodes}.
 * Errors: what is missing, in a sentence; a node or component that is not ready in time (with the end of its log).
 */
export async function realNodes(options: RealNodesOptions = {}): Promise<RealNodes> {
  const missing = missingForRealNodes();
  if (missing !== undefined) {
    throw new Error(`${missing.because} To get it: ${missing.get}.`);
  }
  const binaries = builtFolder(process.env, "nodes");
  const folder = mkdtempSync(path.join(tmpdir(), "scs-testbed-"));
  const group = openProcessGroup(folder);
  try {
    return await start(folder, binaries, group, options);
  } catch (error) {
    await group.stop();
    throw error;
  }
}

async function start(
  folder: string,
  binaries: string,
  group: ProcessGroup,
  options: RealNodesOptions,
): Promise<RealNodes> {
  const deadline = Date.now() + (options.startTimeoutMs ?? 480_000);
  const images = provideImages(binaries);
  const plan = planCluster(options);
  group.afterwards([path.join(testbedFolder(), "real-nodes", "remove.sh"), plan.bridge.name]);
  const places = plan.controlPlanes.map(({ name, address }) => [name, address.v4, address.v6] as const);
  const pki = await createPki(path.join(folder, "pki"), servingCertificates(plan, options.servingCertificates), {
    dnsNames: places.map(([name]) => name),
    addresses: places.flatMap(([, ...addresses]) => addresses),
  });
  const volumes = path.join(folder, "volumes");
  mkdirSync(volumes, { mode: 0o755 });
  const nodes = await Promise.all(
    plan.nodes.map(async (node) => {
      const own = path.join(folder, "nodes", node.name);
      await writeNodeFolder(own, plan, node, pki, options);
      return startMachine(group, plan, node, own, { binaries, images, volumes });
    }),
  );

  const user = { commonName: "kubernetes-admin", organizations: ["system:masters"], usages: ["client" as const] };
  const anyCertificate = options.servingCertificates !== undefined;
  const api = openApi(plan.url, pki.ca.certificate, await issue(pki.ca, user), { anyCertificate });
  try {
    const access = createAccess({ folder, binaries, ca: pki.ca, api });
    const ready = async () => (await api.request("GET", "/readyz")).status === 200;
    await waitUntil("the API server answers /readyz", ready, logsOf(nodes), deadline);
    await fillCluster({ plan, nodes, api, access, options, deadline });
    const killNode = async (name: string) => {
      const machine = nodes.find(({ node }) => node.name === name);
      if (machine === undefined) {
        throw new Error(`There is no node "${name}"; there are ${nodes.map(({ node }) => node.name).join(", ")}.`);
      }
      await killMachine(machine);
    };
    const stop = async () => {
      api.close();
      await group.stop();
    };
    return { ...access, url: plan.url, api, plan, pki, folder, nodes, killNode, stop };
  } catch (error) {
    api.close();
    throw error;
  }
}
