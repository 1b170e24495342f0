/** The flags of every API server that shows them: static pods, else the arguments of k3s and RKE2 servers. */

import type { Fact } from "../fact.ts";
import type { ComponentFlags } from "../facts/component-flags.ts";
import type { ApiServerInstancesFact, ControlPlanePodsFact, NodeArgsFact } from "../facts/control-plane.ts";
import type { ManagementControlPlaneFact } from "../facts/managed-control-plane.ts";
import type { Missing, Subject } from "../finding.ts";
import { liveApiServers, unseenApiServers } from "./api-server-count.ts";
import { writtenApiServer } from "./written-flags.ts";

export interface ApiServer {
  readonly subject: Subject;
  readonly flags: ComponentFlags;
  /** Flags may stand in a file or script that the pod only names: absence proves nothing. */
  readonly hidesFlags: boolean;
  /** k3s, RKE2: only what was handed on is shown; authorizers, NodeRestriction and keys the distribution writes itself. */
  readonly handedOn: boolean;
}

export interface ApiServerView {
  /** Those whose flags were seen. */
  readonly servers: readonly ApiServer[];
  /** At least that many are alive; undefined when nobody knows. */
  readonly live: number | undefined;
  /** Every live one was seen. */
  readonly complete: boolean;
  /** `2 of 3 API servers show their flags`. */
  readonly text: string;
  /** What a complete view is of: `all 3 API servers`. */
  readonly whole: string;
  /** What is missing while the view is not complete. */
  readonly missing: readonly Missing[];
}

export interface ApiServerFacts {
  readonly "kube/control-plane-pods": Fact<ControlPlanePodsFact>;
  readonly "kube/node-args": Fact<NodeArgsFact>;
  readonly "kube/api-server-instances": Fact<ApiServerInstancesFact>;
  readonly "management/control-plane"?: Fact<ManagementControlPlaneFact>;
}

export function apiServersByFlags(facts: ApiServerFacts): ApiServerView {
  const pods = staticApiServers(facts["kube/control-plane-pods"]);
  const servers = pods.length > 0 ? pods : serverNodes(facts["kube/node-args"]);
  const live = liveApiServers(facts["kube/api-server-instances"]);
  // what runs goes before what is written for it
  const written = servers.length === 0 ? writtenApiServer(facts["management/control-plane"]) : undefined;
  if (written) {
    const text = `The ${written.subject.kind} in the management cluster writes the flags of every API server`;
    return { servers: [written], live, complete: true, text, whole: "every API server", missing: [] };
  }
  const complete = live !== undefined && servers.length > 0 && servers.length >= live;
  const text = `${servers.length} of ${live ?? "an unknown number of"} API servers show their flags`;
  const whole = `all ${servers.length} API servers`;
  return { servers, live, complete, text, whole, missing: complete ? [] : missingViews(facts, servers) };
}

/**
 * The same, for what absence tells: an API server cannot start without --etcd-servers, so where a pod does not show that flag
 * its settings stand somewhere else as well.
 */
export function apiServersByWholeFlags(facts: ApiServerFacts): ApiServerView {
  const view = apiServersByFlags(facts);
  const servers = view.servers.map((server) => {
    const whole = server.handedOn || setting(server, "etcd-servers").state === "set";
    return whole ? server : { ...server, hidesFlags: true };
  });
  return { ...view, servers };
}

function missingViews(facts: ApiServerFacts, servers: readonly ApiServer[]): readonly Missing[] {
  const pods = facts["kube/control-plane-pods"];
  if (servers.length === 0 && pods.status === "unavailable")
    return [{ fact: "kube/control-plane-pods", reason: pods.reason, resolve: pods.resolve }];
  if (servers.length === 0)
    return [{ fact: "kube/control-plane-pods", reason: "not-visible", resolve: "a declaration" }];
  return [unseenApiServers(facts["kube/api-server-instances"])];
}

export type Setting =
  | { readonly state: "set"; readonly value: string | undefined }
  | { readonly state: "absent" }
  | { readonly state: "unknown" };

/** Whether a flag was written, and its value where that is kept. */
export function setting(server: Pick<ApiServer, "flags" | "hidesFlags">, flag: string): Setting {
  const value = server.flags.values[flag];
  if (value !== undefined) return { state: "set", value };
  if (server.flags.withheld.includes(flag)) return { state: "set", value: undefined };
  return { state: server.hidesFlags ? "unknown" : "absent" };
}

/** `400`, `set, value not kept`, `not set`, `not visible`. */
export function settingText(found: Setting): string {
  switch (found.state) {
    case "set":
      return found.value ?? "set, value not kept";
    case "absent":
      return "not set";
    case "unknown":
      return "not visible";
  }
}

/** Items of a comma-separated flag; empty when it is not set or not kept. */
export function listed(found: Setting): readonly string[] {
  return found.state === "set" && found.value !== undefined ? found.value.split(",").map((item) => item.trim()) : [];
}

/** The values of some flags, server by server, for the reader. */
export function flagTable(servers: readonly ApiServer[], flags: readonly string[]) {
  return servers.map((server) => ({
    apiServer: server.subject.name,
    ...Object.fromEntries(flags.map((flag) => [flag, settingText(setting(server, flag))])),
  }));
}

function staticApiServers(pods: Fact<ControlPlanePodsFact>): readonly ApiServer[] {
  if (pods.status === "unavailable") return [];
  return pods.value.pods
    .filter(({ component, mirror, running }) => component === "kube-apiserver" && mirror && running)
    .map(({ name, flags, configFile }) => ({
      subject: { kind: "Pod", namespace: "kube-system", name },
      flags,
      hidesFlags: configFile,
      handedOn: false,
    }));
}

function serverNodes(nodeArgs: Fact<NodeArgsFact>): readonly ApiServer[] {
  if (nodeArgs.status === "unavailable") return [];
  return nodeArgs.value.nodes
    .filter(
      ({ options }) =>
        options.values["disable-apiserver"] === undefined && !options.withheld.includes("disable-apiserver"),
    )
    .map(({ node, apiServer, distribution }) => ({
      subject: { kind: "Node", name: node },
      flags: apiServer,
      // RKE2 adds flags of its own in the static pod; k3s runs the API server in its own process
      hidesFlags: distribution === "rke2",
      handedOn: true,
    }));
}
