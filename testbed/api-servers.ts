import { writeFileSync } from "node:fs";
import { type Api, openApi } from "./api.ts";
import { admissionFile, apiServerCommand, eventRateLimitConfiguration } from "./api-server-command.ts";
import type { KeyPair } from "./certificates.ts";
import type { Places, Ports } from "./commands.ts";
import type { HostNamePrefix } from "./namespaces.ts";
import { type ApiServerOptions, type ControlPlaneOptions, network } from "./options.ts";
import type { ServingNeeds } from "./pki.ts";
import type { ProcessGroup, Running } from "./processes.ts";

/** A started API server. */
export interface ApiServer {
  /** Host name and machine name: cp-1, cp-2 ... */
  readonly name: string;
  readonly url: string;
  readonly process: Running;
  /** Requests to this server as administrator (group system:masters). */
  readonly api: Api;
}

/** At least one. */
export type ApiServers = readonly [ApiServer, ...ApiServer[]];
type Wanted = readonly [ApiServerOptions, ...ApiServerOptions[]];

/** The API servers that the options ask for: one without saying, an error for none. */
export function wantedServers(options: ControlPlaneOptions): Wanted {
  const [first, ...others] = options.apiServers ?? [{}];
  if (first === undefined) {
    throw new Error("A control plane needs at least one API server.");
  }
  return [first, ...others];
}

/** What the serving certificates have to say. */
export function servingNeeds(wanted: Wanted): ServingNeeds[] {
  return wanted.map((server, index) => ({
    ...server.servingCertificate,
    file: `apiserver-${index + 1}`,
    dnsNames: [`cp-${index + 1}`],
    addresses: [...loopback(index + 1), ...network.kubernetesService, ...Object.values(network.machine(index + 1))],
  }));
}

/** Where API server n listens, beside the address by which everybody finds the first one. */
export function loopback(n: number): string[] {
  return ["127.0.0.1", ...(n === 1 ? ["::1"] : [`127.0.0.${n}`])];
}

/** Starts all of them at once; none is ready yet. */
export function startApiServers(
  group: ProcessGroup,
  at: Places,
  ports: Ports,
  administrator: KeyPair,
  ca: string,
  options: ControlPlaneOptions,
  enter: HostNamePrefix | undefined,
): ApiServers {
  const start = (server: ApiServerOptions, n: number): ApiServer => {
    const name = `cp-${n}`;
    const url = `https://127.0.0.${n}:${ports.apiServer}`;
    const admission = server.admissionConfig ?? (server.eventRateLimit ? eventRateLimitConfiguration() : undefined);
    if (admission !== undefined) {
      writeFileSync(admissionFile(at, n), admission);
    }
    const process = group.start(`kube-apiserver-${n}`, apiServerCommand(at, ports, n, server, options), enter?.(name));
    const anyCertificate = server.servingCertificate !== undefined;
    return { name, url, process, api: openApi(url, ca, administrator, { connections: 8, anyCertificate }) };
  };
  const [first, ...others] = wantedServers(options);
  return [start(first, 1), ...others.map((server, index) => start(server, index + 2))];
}
