/** What is known of each kubelet's settings: what its node shows, and what was asked for all of them. */

import type { Fact } from "../fact.ts";
import type { ComponentFlags } from "../facts/component-flags.ts";
import type { NodeArgsFact } from "../facts/control-plane.ts";
import type { KubeletSettings } from "../facts/kubelet.ts";

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
