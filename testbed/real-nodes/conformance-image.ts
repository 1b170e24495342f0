import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { buildTestbed } from "../build.ts";
import { kubernetesVersion } from "../recipe.ts";
import type { Machine } from "./machine.ts";
import { writeOciArchive } from "./oci-archive.ts";
import { copyPrograms } from "./programs.ts";

/** Upstream's image of the conformance tests, for exactly the clusters' release. */
export const conformanceImage = `registry.k8s.io/conformance:${kubernetesVersion}`;

/** What upstream's image has in `/usr/local/bin`, by the name of the binary that is built. */
const contents: Readonly<Record<string, string>> = {
  "e2e.test": "e2e.test",
  ginkgo: "ginkgo",
  kubeconformance: "kubeconformance",
  "conformance-kubectl": "kubectl",
};

/** Longest time for one node on a machine that has other work. */
const importMs = 150_000;

/** Of this machine; `kubectl diff` calls the one. */
const programs = ["diff"];

/**
 * Gives the nodes the image, laid out as upstream's (test/conformance/image/Dockerfile) but without its shell. 200 MB for each
 * node: only for tests that run it. Builds the binaries when they are not there.
 */
export async function importConformanceImage(nodes: readonly Machine[]): Promise<void> {
  const archive = packed(await buildTestbed(() => undefined, "conformance"));
  await Promise.all(
    nodes.map(async (node) => {
      const outside = path.join(node.folder, "tmp", "conformance.tar");
      copyFileSync(archive, outside);
      await node.run(["ctr", "--namespace", "k8s.io", "images", "import", "/tmp/conformance.tar"], importMs);
      rmSync(outside);
    }),
  );
}

/** The archive, packed when it is not there yet. */
function packed(binaries: string): string {
  const parts = createHash("sha256").update(JSON.stringify([contents, programs]));
  const target = path.join(path.dirname(binaries), `conformance-${parts.digest("hex").slice(0, 8)}.tar`);
  if (existsSync(target)) return target;
  const draft = mkdtempSync(path.join(path.dirname(binaries), "packing-"));
  try {
    const root = path.join(draft, "root");
    const place = path.join(root, "usr", "local", "bin");
    mkdirSync(place, { recursive: true });
    mkdirSync(path.join(root, "tmp"), { mode: 0o1777 });
    copyPrograms(root, programs);
    for (const [built, name] of Object.entries(contents)) {
      copyFileSync(path.join(binaries, built), path.join(place, name));
    }
    const content = { names: [conformanceImage], entrypoint: ["/usr/local/bin/kubeconformance"], root };
    writeOciArchive(path.join(draft, "conformance.tar"), content, path.join(draft, "parts"));
    renameSync(path.join(draft, "conformance.tar"), target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return target;
}
