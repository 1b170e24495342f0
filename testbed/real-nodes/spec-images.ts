/**
 * The images that the conformance specs of upstream's e2e suite name (`test/utils/image/manifest.go`), as far as they can be had
 * without a public registry: upstream's programs built from source, Debian's programs for those of Alpine, and BusyBox's web server for
 * nginx, of which the specs want no more than that it serves.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildTestbed } from "../build.ts";
import { testbedFolder } from "../folders.ts";
import { agnhostImages } from "./images.ts";
import { type Descriptor, type ImageContent, writeImage } from "./oci-archive.ts";
import { addTools, copyPrograms } from "./programs.ts";
import type { RealNodes } from "./real-nodes.ts";
import { serveImages } from "./registry.ts";

const registry = "registry.k8s.io";

interface SpecImage extends Omit<ImageContent, "root"> {
  /** Below `registry.k8s.io/`. */
  readonly names: readonly string[];
  readonly fill: (root: string, binaries: string) => void;
}

const webServer = { entrypoint: ["/agnhost"], command: ["test-webserver"] };
const shell = { entrypoint: [], command: ["sh"], fill: addShell };
const ofSpecs = (...names: readonly string[]) => names.map((name) => `e2e-test-images/${name}`);

const specImages: readonly SpecImage[] = [
  {
    names: agnhostImages.map((name) => name.slice(name.indexOf("/") + 1)),
    entrypoint: ["/agnhost"],
    command: ["pause"],
    fill: fillAgnhost,
  },
  { ...shell, names: ofSpecs("glibc-dns-testing:2.1.1"), fill: fillAgnhost },
  { ...shell, names: ofSpecs("busybox:1.36.1-1", "busybox:1.37.0-2", "ipc-utils:1.4") },
  { ...shell, names: ofSpecs("nonroot:1.5"), user: "1234" },
  {
    names: ofSpecs("nginx:1.27.0-2", "nginx:1.28.0-2"),
    entrypoint: [],
    command: ["httpd", "-f", "-p", "80", "-h", "/srv"],
    fill: fillPage,
  },
  { ...webServer, names: ofSpecs("nautilus:1.8"), fill: fillPicture("nautilus") },
  { ...webServer, names: ofSpecs("kitten:1.8"), fill: fillPicture("kitten") },
  {
    names: ofSpecs("sample-apiserver:1.29.2"),
    entrypoint: ["/sample-apiserver"],
    fill: fillWith("sample-apiserver", "sample-apiserver"),
  },
  { names: ofSpecs("nonewprivs:1.4"), entrypoint: [], command: ["nnp"], fill: fillSetUid },
  { names: ["pause:3.10.2"], entrypoint: ["/pause"], fill: fillWith("pause", "pause") },
  { names: ["etcd:3.7.0-0"], entrypoint: [], fill: fillWith("etcd", "usr/local/bin/etcd") },
];

/**
 * Builds what is not there, and lets the nodes of a cluster pull the images from here until `stop`. Needs Debian's bind9-dnsutils,
 * netcat-openbsd and socat. The images of agnhost that the nodes have go: those of the specs hold more.
 */
export async function provideSpecImages(cluster: RealNodes): Promise<{ stop(): void }> {
  const binaries = await buildTestbed(() => undefined, "specs");
  const folder = mkdtempSync(path.join(tmpdir(), "scs-spec-images-"));
  const discard = () => rmSync(folder, { recursive: true, force: true });
  try {
    const manifests = new Map<string, Descriptor>();
    for (const { names, fill, ...rest } of specImages) {
      const root = path.join(folder, "root");
      mkdirSync(root);
      fill(root, binaries);
      const manifest = writeImage({ ...rest, root }, folder);
      for (const name of names) manifests.set(name, manifest);
      rmSync(root, { recursive: true });
    }
    const remove = ["ctr", "--namespace", "k8s.io", "images", "rm", ...agnhostImages];
    for (const node of cluster.nodes) await node.run(remove);
    const { stop } = await serveImages(cluster, registry, { folder, manifests });
    return {
      stop() {
        stop();
        discard();
      },
    };
  } catch (error) {
    discard();
    throw error;
  }
}

function fillWith(binary: string, place: string) {
  return (root: string, binaries: string) => {
    const target = path.join(root, place);
    mkdirSync(path.dirname(target), { recursive: true });
    mkdirSync(path.join(root, "tmp"), { recursive: true });
    copyFileSync(path.join(binaries, binary), target);
  };
}

/** Debian's BusyBox prefers its own tools to programs, and forgets variables whose names no shell takes: its place as `sh` has bash. */
function addShell(root: string): void {
  copyPrograms(root, ["bash"]);
  addTools(root);
  rmSync(path.join(root, "bin/sh"));
  symlinkSync("/usr/bin/bash", path.join(root, "bin/sh"));
}

/** What `test/images/agnhost/Dockerfile` puts beside the program, but for its registry and its CoreDNS. */
function fillAgnhost(root: string, binaries: string): void {
  copyPrograms(root, ["curl", "dig", "getent", "ipcs", "nc", "socat", "ss"]);
  addShell(root);
  copyFileSync(path.join(binaries, "agnhost"), path.join(root, "agnhost"));
  symlinkSync("agnhost", path.join(root, "agnhost-2"));
  mkdirSync(path.join(root, "uploads"));
  const users = "root:x:0:0:root:/root:/bin/sh\nuser-defined-in-image:x:1000:1000::/tmp:/bin/sh\n";
  writeFileSync(path.join(root, "etc/passwd"), users);
  const groups = "root:x:0:\nuser-defined-in-image:x:1000:\ngroup-defined-in-image:x:50000:user-defined-in-image\n";
  writeFileSync(path.join(root, "etc/group"), groups);
  writeFileSync(path.join(root, "etc/nsswitch.conf"), "hosts: files dns\n");
  for (const name of ["localhost.crt", "localhost.key"]) {
    copyFileSync(path.join(upstream(), "test/images/agnhost/porter", name), path.join(root, name));
  }
}

/** Kubernetes' sources, where Go has them once agnhost is built. */
function upstream(): string {
  const list = ["list", "-m", "-f", "{{.Dir}}", "k8s.io/kubernetes"];
  return execFileSync("go", list, { cwd: path.join(testbedFolder(), "agnhost"), encoding: "utf8" }).trim();
}

/** Says who it runs as; its owner is root. */
function fillSetUid(root: string, binaries: string): void {
  addShell(root);
  fillWith("nnp", "usr/local/bin/nnp")(root, binaries);
  chmodSync(path.join(root, "usr/local/bin/nnp"), 0o6755);
}

function fillPage(root: string): void {
  addTools(root);
  mkdirSync(path.join(root, "srv"));
  writeFileSync(path.join(root, "srv/index.html"), "<title>Welcome to nginx!</title>\n");
}

/** Of these images the specs read which one serves. */
function fillPicture(name: string) {
  return (root: string, binaries: string) => {
    fillWith("agnhost", "agnhost")(root, binaries);
    writeFileSync(path.join(root, "data.json"), `{ "image": "${name}.jpg" }\n`);
  };
}
