import path from "node:path";
import { type ApiServers, servingNeeds, startApiServers, wantedServers } from "./api-servers.ts";
import { issue } from "./certificates.ts";
import { wantedClients, writeClientFiles } from "./clients.ts";
import { etcdCommand, type Places, type Ports } from "./commands.ts";
import { hostNames } from "./namespaces.ts";
import type { ControlPlaneOptions } from "./options.ts";
import { createPki, type Pki } from "./pki.ts";
import { freePorts } from "./ports.ts";
import type { ProcessGroup, Running } from "./processes.ts";
import { advertised, readyz, waitUntil } from "./readiness.ts";

/** What a start amounts to. */
export interface Started {
  readonly pki: Pki;
  readonly servers: ApiServers;
  /** Every process by name: etcd, kube-apiserver-1, kube-controller-manager, kube-scheduler, kwok. */
  readonly processes: ReadonlyMap<string, Running>;
}

/**
 * Starts etcd and the API servers, then their clients, and waits until all of them work.
 * `binaries`: their folder; `folder`: of this cluster. Throws sentences; the caller stops what was started.
 */
export async function startComponents(
  binaries: string,
  folder: string,
  group: ProcessGroup,
  options: ControlPlaneOptions,
): Promise<Started> {
  const deadline = Date.now() + (options.startTimeoutMs ?? 60_000);
  const clients = wantedClients(options, binaries);
  const wanted = wantedServers(options);
  const enter = hostNames(wanted.length);
  const [ports, pki] = await Promise.all([
    choosePorts(wanted.length),
    createPki(path.join(folder, "pki"), servingNeeds(wanted)),
  ]);
  const at: Places = { binaries, folder, pki: pki.file };
  const administrator = await issue(pki.ca, {
    commonName: "kubernetes-admin",
    organizations: ["system:masters"],
    usages: ["client"],
  });

  const etcd = group.start("etcd", etcdCommand(at, ports, options));
  const servers = startApiServers(group, at, ports, administrator, pki.ca.certificate, options, enter);
  const [{ api, url }] = servers;
  await Promise.all(
    servers.map((server) =>
      waitUntil(`${server.process.name} answers /readyz`, readyz(server.api), [etcd, server.process], deadline),
    ),
  );

  const startClient = async (client: (typeof clients)[number]) => {
    await writeClientFiles(client, at, ports, pki, url);
    const process = group.start(client.name, client.command(at, ports, options), enter?.("cp-1"));
    await waitUntil(`${client.name} works`, client.ready(api), [process], deadline);
    return process;
  };
  const [started] = await Promise.all([
    Promise.all(clients.map(startClient)),
    waitUntil("the service kubernetes has every API server", advertised(api, servers.length), [etcd], deadline),
  ]);
  const all = [etcd, ...servers.map((server) => server.process), ...started];
  return { pki, servers, processes: new Map(all.map((running) => [running.name, running])) };
}

async function choosePorts(servers: number): Promise<Ports> {
  const addresses = Array.from({ length: servers }, (_, index) => `127.0.0.${index + 1}`);
  const [etcd = 0, etcdPeer = 0, etcdMetrics = 0, apiServer = 0, controllerManager = 0, scheduler = 0, kwok = 0] =
    await freePorts(7, addresses);
  return { etcd, etcdPeer, etcdMetrics, apiServer, controllerManager, scheduler, kwok };
}
