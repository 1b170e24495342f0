import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { testbedFolder } from "./folders.ts";

/** The Kubernetes release that testbed/kubernetes/go.mod pins; the API server answers `/version` with it. */
export const kubernetesVersion = "v1.37.2";

/** The six names that the one Kubernetes binary answers to. */
export const components = [
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubelet",
  "kube-proxy",
  "kubectl",
] as const;

/** One binary: the Go module (a folder of testbed/) it is built in, its package, its name. */
export interface BinaryRecipe {
  readonly module: "kubernetes" | "etcd" | "kwok";
  readonly package: string;
  readonly linkerFlags: readonly string[];
}

const [, major = "", minor = ""] = /^v(\d+)\.(\d+)\./.exec(kubernetesVersion) ?? [];

/** Fixed, so that the same sources give the same bytes; the date is the one the Go module proxy gives for the tag. */
const versionFields = {
  gitVersion: kubernetesVersion,
  gitMajor: major,
  gitMinor: minor,
  gitCommit: "0".repeat(40),
  gitTreeState: "clean",
  buildDate: "2026-10-27T12:01:04Z",
};

const versionFlags = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((target) =>
  Object.entries(versionFields).flatMap(([name, value]) => ["-X", `${target}.${name}=${value}`]),
);

export const binaries: readonly BinaryRecipe[] = [
  { module: "kubernetes", package: ".", linkerFlags: ["-s", "-w", ...versionFlags] },
  { module: "etcd", package: "go.etcd.io/etcd/server/v3", linkerFlags: ["-s", "-w"] },
  { module: "kwok", package: "sigs.k8s.io/kwok/cmd/kwok", linkerFlags: ["-s", "-w"] },
];

/**
 * Stages that kwok plays (it has none built in), paths below `kustomize/stage/` of its module.
 * Fast ones: a node is ready as soon as its lease exists, a pod as soon as it is bound.
 */
export const kwokStages = [
  "node/fast/node-initialize.yaml",
  "node/heartbeat-with-lease/node-heartbeat-with-lease.yaml",
  "pod/fast/pod-ready.yaml",
  "pod/fast/pod-complete.yaml",
  "pod/fast/pod-delete.yaml",
] as const;

const recipeFiles = ["kubernetes/go.mod", "kubernetes/go.sum", "kubernetes/main.go"].concat(
  ["etcd", "kwok"].flatMap((module) => [`${module}/go.mod`, `${module}/go.sum`]),
);

/** Changes whenever the binaries would: module files, main.go, flags, machine. 16 hexadecimal digits. */
export function recipeDigest(): string {
  const hash = createHash("sha256");
  for (const file of recipeFiles) {
    hash.update(`${file}\n`).update(readFileSync(path.join(testbedFolder(), file)));
  }
  hash.update(JSON.stringify([binaries, kwokStages, components, process.platform, process.arch]));
  return hash.digest("hex").slice(0, 16);
}
