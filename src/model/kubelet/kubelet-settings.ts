/** What is known of each kubelet's settings: what its node shows, and what was asked for all of them. */

import type { Fact } from "../fact.ts";
import type { ComponentFlags } from "../facts/component-flags.ts";
import type { NodeArgsFact } from "../facts/control-plane.ts";
import type { IdentityFact } from "../facts/identity.ts";
import type { NodeConfigurationFact } from "../facts/inputs.ts";
import type { KubeletSettings, RunningKubeletsFact } from "../facts/kubelet.ts";
import type { ListenersFact } from "../facts/listeners.ts";
import type { NodesFact } from "../facts/nodes.ts";

export interface KubeletView {
  readonly node: string;
  readonly settings: KubeletSettings;
  /** Where they were seen, for the reader. */
  readonly source: string;
}

const off = /^(false|f|0)$/i;

/** Settings that a kubelet's command line states; flags win over its file, so what is stated holds. */
export function settingsOfFlags({ values, withheld }: ComponentFlags): KubeletSettings {
  const anonymous = values["anonymous-auth"];
  const webhook = values["authentication-token-webhook"];
  const mode = values["authorization-mode"];
  const port = values["read-only-port"];
  const rotate = values["rotate-certificates"];
  const rotateServer = values["rotate-server-certificates"];
  return {
    ...(anonymous === undefined ? {} : { anonymous: !off.test(anonymous) }),
    ...(webhook === undefined ? {} : { webhookAuthentication: !off.test(webhook) }),
    ...(mode === undefined ? {} : { authorizationMode: mode }),
    ...(port !== undefined && /^\d{1,5}$/.test(port) ? { readOnlyPort: Number(port) } : {}),
    ...(rotate === undefined ? {} : { rotateCertificates: !off.test(rotate) }),
    ...(rotateServer === undefined ? {} : { serverTlsBootstrap: !off.test(rotateServer) }),
    ...(withheld.includes("client-ca-file") ? { clientCa: true } : {}),
  };
}

/** Kubelets of k3s and RKE2 servers, as far as arguments are handed on to them. */
export function kubeletsByArguments(nodeArgs: Fact<NodeArgsFact>): readonly KubeletView[] {
  if (nodeArgs.status === "unavailable") return [];
  return nodeArgs.value.nodes.map(({ node, kubelet }) => ({
    node,
    settings: settingsOfFlags(kubelet),
    source: "arguments of the server",
  }));
}

/** The default of the port, and the one that was asked for. */
const readOnlyPort = 10_255;

/**
 * Kubelets as they run: what each says of itself, and what it does. A port that is refused is no setting: the read-only port
 * may be another one.
 */
export function kubeletsRunning(
  running: Fact<RunningKubeletsFact>,
  listeners: Fact<ListenersFact>,
): readonly KubeletView[] {
  const said = running.status === "unavailable" ? [] : running.value.kubelets;
  const heard = listeners.status === "unavailable" ? [] : listeners.value.listeners;
  return [
    ...said.flatMap(({ node, settings }) => (settings ? [{ node, settings, source: "its /configz" }] : [])),
    ...said.flatMap((kubelet) =>
      kubelet.readOnlyPort === "open"
        ? [{ node: kubelet.node, settings: { readOnlyPort }, source: `an answer on port ${readOnlyPort}` }]
        : [],
    ),
    ...heard.flatMap(({ node, anonymous }) =>
      anonymous === undefined || anonymous === "unknown"
        ? []
        : [{ node, settings: { anonymous: anonymous !== "rejected" }, source: "a request without credentials" }],
    ),
  ];
}

export interface GivenKubelets {
  readonly views: readonly KubeletView[];
  /** Why a given result says nothing of this cluster's kubelets. */
  readonly unused?: string;
}

export interface GivenKubeletFacts {
  readonly "input/node-configuration": Fact<NodeConfigurationFact>;
  readonly "kube/identity": Fact<IdentityFact>;
  readonly "kube/nodes": Fact<NodesFact>;
}

/**
 * Kubelets of this cluster by a given result: one that names its cluster has to name this one, another one has to be of
 * exactly these nodes. A node that was made after the run has the name of another one.
 */
export function kubeletsByResults(facts: GivenKubeletFacts): GivenKubelets {
  const given = facts["input/node-configuration"];
  const [identity, nodes] = [facts["kube/identity"], facts["kube/nodes"]];
  if (given.status === "unavailable") return { views: [] };
  const { clusterUid, at } = given.value;
  if (nodes.status === "unavailable") return { views: [], unused: "this cluster's nodes are not known" };
  if (clusterUid !== undefined && identity.status === "unavailable")
    return { views: [], unused: "this cluster's uid is not known" };
  const names = (list: readonly string[]): string => JSON.stringify([...list].sort());
  const same =
    clusterUid === undefined
      ? names(given.value.nodes.map(({ node }) => node)) === names(nodes.value.nodes.map(({ name }) => name))
      : identity.status === "collected" && identity.value.uid === clusterUid;
  if (!same) return { views: [], unused: "it is of another cluster" };
  const there = new Set(nodes.value.nodes.filter(({ createdAt }) => createdAt <= at).map(({ name }) => name));
  const own = given.value.nodes.filter(({ node }) => there.has(node));
  return { views: own.map(({ node, settings }) => ({ node, settings, source: `result of ${at}` })) };
}
