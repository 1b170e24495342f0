import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { Pki } from "../pki.ts";

/** Our names of files whose place is another one in a kubeadm control plane. */
const places: Readonly<Record<string, string>> = {
  "etcd-ca.crt": "etcd/ca.crt",
  "etcd-server.crt": "etcd/server.crt",
  "etcd-server.key": "etcd/server.key",
  "etcd-peer.crt": "etcd/peer.crt",
  "etcd-peer.key": "etcd/peer.key",
};

const ofControlPlanes = [
  "ca.crt",
  "ca.key",
  "sa.key",
  "sa.pub",
  "front-proxy-ca.crt",
  ...["apiserver-kubelet-client", "apiserver-etcd-client", "front-proxy-client"].flatMap((name) => [
    `${name}.crt`,
    `${name}.key`,
  ]),
  ...Object.keys(places),
];

/** Where kubeadm has the file of this name on a control-plane node. Every node has its own serving certificate. */
export function pkiPlace(name: string): string {
  return `/etc/kubernetes/pki/${places[name] ?? name.replace(/^apiserver-\d+\./, "apiserver.")}`;
}

/** Copies what control-plane node number n needs below `folder` (the node's `/`), else only the authority. */
export function copyPki(pki: Pki, folder: string, controlPlane: number | undefined): void {
  const serving = controlPlane === undefined ? [] : [`apiserver-${controlPlane}.crt`, `apiserver-${controlPlane}.key`];
  for (const name of controlPlane === undefined ? ["ca.crt"] : [...ofControlPlanes, ...serving]) {
    const target = path.join(folder, pkiPlace(name));
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(pki.file(name), target);
  }
}
