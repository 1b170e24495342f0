import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { kubernetesVersion } from "../recipe.ts";
import { type NamedImage, writeOciArchive } from "./oci-archive.ts";
import { addTools, busybox } from "./programs.ts";

/** The process that holds the namespaces of a pod. */
export const pauseImage = "testbed.local/pause:1";

/** agnhost, under the names that the end-to-end tests of the pinned release know it by (`test/utils/image/manifest.go`). */
export const agnhostImages = ["2.66.1", "2.55"].map((tag) => `registry.k8s.io/e2e-test-images/agnhost:${tag}`);

const etcdImage = "registry.k8s.io/etcd:3.6.16-0";
const ofComponents: Readonly<Record<string, string>> = {
  etcd: etcdImage,
  coredns: "registry.k8s.io/coredns/coredns:v1.15.0",
  "csi-provisioner": "registry.k8s.io/sig-storage/csi-provisioner:v6.4.0",
  "csi-resizer": "registry.k8s.io/sig-storage/csi-resizer:v2.3.0",
  csi: "testbed.local/csi:1",
  policy: "testbed.local/policy:1",
  publish: "testbed.local/publish:1",
};
/**
 * In every image of a component, as in upstream's (Debian's netbase): without names for their numbers `nft` lists what kube-proxy
 * wrote in words that kube-proxy does not know again, and the next full sync, hourly or at its start, deletes all Services.
 */
const protocols = "icmp 1 ICMP\ntcp 6 TCP\nudp 17 UDP\nipv6-icmp 58 IPv6-ICMP\nsctp 132 SCTP\n";

/** Where containers of components mount what they need of their node. */
const mountPoints = [
  "bin",
  "usr/local/bin",
  "usr/lib",
  "usr/sbin",
  "lib",
  "lib64",
  "etc/kubernetes",
  "var/lib",
  "tmp",
  "run",
];

const kubernetesComponents = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy"];

/** The image that a component's pods name. All of them are one empty image: the binaries are mounted from the node. */
export function imageOf(component: string): string {
  return ofComponents[component] ?? `registry.k8s.io/${component}:${kubernetesVersion}`;
}

/**
 * The folder of the images that every node imports, as archives; packed when they are not there yet.
 * Pods find in agnhost's image the shell and tools of the machine's static busybox as well.
 */
export function provideImages(binaries: string): string {
  const names = [...Object.keys(ofComponents), ...kubernetesComponents].map(imageOf);
  const hash = createHash("sha256").update(JSON.stringify([names, mountPoints, agnhostImages, pauseImage, protocols]));
  const target = path.join(
    path.dirname(binaries),
    `images-${hash.update(readFileSync(busybox)).digest("hex").slice(0, 16)}`,
  );
  if (existsSync(target)) {
    return target;
  }
  const draft = mkdtempSync(path.join(path.dirname(binaries), "packing-"));
  try {
    const ready = path.join(draft, "ready");
    mkdirSync(ready);
    const pack = (name: string, content: Omit<NamedImage, "root">, fill: (root: string) => void) => {
      const root = path.join(draft, name);
      mkdirSync(root);
      fill(root);
      writeOciArchive(path.join(ready, `${name}.tar`), { ...content, root }, path.join(draft, `${name}.parts`));
    };
    pack("pause", { names: [pauseImage], entrypoint: ["/pause"] }, (root) => {
      copyFileSync(path.join(binaries, "pause"), path.join(root, "pause"));
    });
    pack("empty", { names, entrypoint: [] }, fillEmpty);
    pack("agnhost", { names: agnhostImages, entrypoint: ["/agnhost"] }, (root) => {
      copyFileSync(path.join(binaries, "agnhost"), path.join(root, "agnhost"));
      addTools(root);
    });
    publish(ready, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return target;
}

function fillEmpty(root: string): void {
  for (const place of mountPoints) mkdirSync(path.join(root, place), { recursive: true });
  writeFileSync(path.join(root, "etc/protocols"), protocols);
}

/** Somebody else may have been quicker; theirs are as good. */
function publish(ready: string, target: string): void {
  try {
    renameSync(ready, target);
  } catch (error) {
    if (!existsSync(target)) {
      throw error;
    }
  }
}
