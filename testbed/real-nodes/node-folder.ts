import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { admissionFile, eventRateLimitConfiguration } from "../api-server-command.ts";
import { issue, type KeyPair } from "../certificates.ts";
import { writeKubeconfig } from "../kubeconfig.ts";
import type { Pki } from "../pki.ts";
import { containerdConfiguration, kubeletConfiguration, networkCommands } from "./kubelet-files.ts";
import type { RealNodesOptions } from "./options.ts";
import { copyPki } from "./pki-files.ts";
import { addressesOf, apiPort, type Plan, type PlannedNode } from "./plan.ts";
import { kubeadmPlaces, staticPods } from "./static-pods.ts";

/** What of a node's `/` is its own: lies over the machine's /etc, instead of its /var and /tmp. */
export async function writeNodeFolder(
  folder: string,
  plan: Plan,
  node: PlannedNode,
  pki: Pki,
  options: RealNodesOptions,
): Promise<void> {
  const write = (place: string, content: string) => {
    mkdirSync(path.dirname(path.join(folder, place)), { recursive: true });
    writeFileSync(path.join(folder, place), content, { mode: place.endsWith(".key") ? 0o600 : 0o644 });
  };
  const own = [
    "etc-work",
    "tmp",
    "etc/cni/net.d",
    "etc/kubernetes/manifests",
    ...["cni", "containerd", "etcd", "testbed/local", "testbed/network"].map((name) => `var/lib/${name}`),
    ...["lib/kubelet/plugins", "lib/kubelet/plugins_registry", "lib/kubelet/volume-plugins"].map(
      (name) => `var/${name}`,
    ),
    "var/log/pods",
    "var/log/containers",
    "var/tmp",
  ];
  for (const place of own) {
    mkdirSync(path.join(folder, place), { recursive: true });
  }
  if (options.machines !== "shared") {
    write("etc/machine-id", `${randomUUID().replaceAll("-", "")}\n`);
  }
  write("boot-id", options.machines === "shared" ? sharedBootId : `${randomUUID()}\n`);
  write("etc/testbed/network", networkCommands(plan.bridge, node, plan.dualStack));
  write("etc/testbed/resolv.conf", "nameserver 127.0.0.1\n");
  write("etc/containerd/testbed.toml", containerdConfiguration);
  write("var/lib/kubelet/config.yaml", stringify(kubeletConfiguration(plan, node, options.kubelet ?? {})));

  const serving = await issue(pki.ca, {
    ...options.servingCertificates,
    commonName: `system:node:${node.name}`,
    organizations: ["system:nodes"],
    usages: ["server"],
    dnsNames: [node.name],
    addresses: addressesOf(node, plan),
  });
  write("var/lib/kubelet/pki/kubelet.crt", serving.certificate);
  write("var/lib/kubelet/pki/kubelet.key", serving.key);
  copyPki(pki, folder, node.controlPlane ? node.number : undefined);
  await writeKubeconfigs(folder, plan, node, pki);
  const server = options.apiServer;
  const admission = server?.admissionConfig ?? (server?.eventRateLimit ? eventRateLimitConfiguration() : undefined);
  if (node.controlPlane && admission !== undefined) {
    write(admissionFile(kubeadmPlaces, node.number), admission);
  }
  for (const [name, manifest] of node.controlPlane ? staticPods(plan, node) : []) {
    write(`etc/kubernetes/manifests/${name}`, manifest);
  }
}

/** Of this start of the machine; the nodes of one cluster then have it in common. */
const sharedBootId = `${randomUUID()}\n`;

/** A control-plane node talks to its own API server, others to the first. */
async function writeKubeconfigs(folder: string, plan: Plan, node: PlannedNode, pki: Pki): Promise<void> {
  const url = node.controlPlane ? `https://${node.address.v4}:${apiPort}` : plan.url;
  const save = (name: string, user: string, pair: KeyPair) =>
    writeKubeconfig(path.join(folder, "etc/kubernetes", `${name}.conf`), url, pki.ca.certificate, user, pair);
  const user = `system:node:${node.name}`;
  save("kubelet", user, await issue(pki.ca, { commonName: user, organizations: ["system:nodes"], usages: ["client"] }));
  for (const component of node.controlPlane ? ["controller-manager", "scheduler"] : []) {
    const name = `system:kube-${component}`;
    save(component, name, await issue(pki.ca, { commonName: name, usages: ["client"] }));
  }
}
