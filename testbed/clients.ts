import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Api } from "./api.ts";
import { issue } from "./certificates.ts";
import { controllerManagerCommand, kwokCommand, type Places, type Ports, schedulerCommand } from "./commands.ts";
import { writeKubeconfig } from "./kubeconfig.ts";
import { kwokConfiguration } from "./kwok.ts";
import type { ControlPlaneOptions } from "./options.ts";
import type { Pki } from "./pki.ts";
import { exists, leaseHeld, type Question } from "./readiness.ts";

/** A component that is a client of the API server, known by the name of its binary. */
export interface ClientComponent {
  readonly name: string;
  readonly user: string;
  readonly organizations?: readonly string[];
  /** Flags and what it means that it works. */
  command(at: Places, ports: Ports, options: ControlPlaneOptions): string[];
  ready(api: Api): Question;
}

const controllerManager: ClientComponent = {
  name: "kube-controller-manager",
  user: "system:kube-controller-manager",
  command: controllerManagerCommand,
  ready: (api) => exists(api, "/api/v1/namespaces/default/serviceaccounts/default"),
};

const scheduler: ClientComponent = {
  name: "kube-scheduler",
  user: "system:kube-scheduler",
  command: schedulerCommand,
  ready: (api) => leaseHeld(api, "kube-scheduler"),
};

const kwok: ClientComponent = {
  name: "kwok",
  user: "kwok",
  organizations: ["system:masters"],
  command: kwokCommand,
  ready: () => () => Promise.resolve(true),
};

/**
 * The components that the options ask for; without a word, those of which there is a binary (envtest has none of them).
 * Throws when one is asked for that is not there.
 */
export function wantedClients(options: ControlPlaneOptions, binaries: string): ClientComponent[] {
  const has = (client: ClientComponent) => existsSync(path.join(binaries, client.name));
  const wanted = [
    ...((options.withControllerManager ?? has(controllerManager)) ? [controllerManager] : []),
    ...((options.withScheduler ?? has(scheduler)) ? [scheduler] : []),
    ...(options.withKwok ? [kwok] : []),
  ];
  const lacking = wanted.filter((client) => !has(client)).map((client) => client.name);
  if (lacking.length > 0) {
    throw new Error(`${binaries} lacks ${lacking.join(", ")}. Unset KUBEBUILDER_ASSETS and run \`npm run testbed\`.`);
  }
  return wanted;
}

/** Writes the kubeconfig of a component, and what else it reads. */
export async function writeClientFiles(
  client: ClientComponent,
  at: Places,
  ports: Ports,
  pki: Pki,
  url: string,
): Promise<void> {
  const pair = await issue(pki.ca, {
    commonName: client.user,
    organizations: client.organizations ?? [],
    usages: ["client"],
  });
  writeKubeconfig(path.join(at.folder, `${client.name}.kubeconfig`), url, pki.ca.certificate, client.user, pair);
  if (client === kwok) {
    const stages = readFileSync(path.join(at.binaries, "kwok-stages.yaml"), "utf8");
    writeFileSync(path.join(at.folder, "kwok.yaml"), kwokConfiguration(ports.kwok, stages));
  }
}
