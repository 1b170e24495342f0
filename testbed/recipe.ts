import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
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

/** One binary: its name, the Go module (a folder of testbed/) it is built in, its package. */
export interface BinaryRecipe {
  readonly name: string;
  readonly module: string;
  readonly package: string;
  readonly linkerFlags: readonly string[];
  /** What is built is the package's tests. */
  readonly tests?: true;
}

/**
 * What runs on loopback without root, all that real nodes need beside it, what upstream's conformance image holds, and what the
 * images hold that its specs name.
 */
export type BinarySet = "control-plane" | "nodes" | "conformance" | "specs";

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

const stripped = ["-s", "-w"];
const ofModule = (name: string, packageName = "."): BinaryRecipe => ({
  name,
  module: name,
  package: packageName,
  linkerFlags: stripped,
});

const etcdPackage = "go.etcd.io/etcd/server/v3";

const controlPlaneBinaries: readonly BinaryRecipe[] = [
  { ...ofModule("kubernetes"), linkerFlags: [...stripped, ...versionFlags] },
  ofModule("etcd", etcdPackage),
  ofModule("kwok", "sigs.k8s.io/kwok/cmd/kwok"),
];

/** As `registry.k8s.io/conformance` has them in `/usr/local/bin`, where kubectl is called so. */
const conformanceBinaries: readonly BinaryRecipe[] = [
  {
    name: "e2e.test",
    module: "conformance",
    package: "k8s.io/kubernetes/test/e2e",
    linkerFlags: [...stripped, ...versionFlags],
    tests: true,
  },
  ofConformance("ginkgo", "github.com/onsi/ginkgo/v2/ginkgo"),
  ofConformance("kubeconformance", "k8s.io/kubernetes/test/conformance/image/go-runner"),
  {
    ...ofConformance("conformance-kubectl", "k8s.io/kubernetes/cmd/kubectl"),
    linkerFlags: [...stripped, ...versionFlags],
  },
];

function ofConformance(name: string, packageName: string): BinaryRecipe {
  return { name, module: "conformance", package: packageName, linkerFlags: stripped };
}

const agnhost = ofModule("agnhost", "k8s.io/kubernetes/test/images/agnhost");

/** The binaries of each set; what is in both is built once. */
export const binarySets: Readonly<Record<BinarySet, readonly BinaryRecipe[]>> = {
  "control-plane": controlPlaneBinaries,
  nodes: [
    ...controlPlaneBinaries,
    ofModule("pause"),
    ofModule("csi"),
    ofModule("policy"),
    ofModule("publish"),
    agnhost,
    ofModule("coredns"),
    ofModule("csi-provisioner", "github.com/kubernetes-csi/external-provisioner/v6/cmd/csi-provisioner"),
    ofModule("csi-resizer", "github.com/kubernetes-csi/external-resizer/v2/cmd/csi-resizer"),
  ],
  conformance: conformanceBinaries,
  specs: [
    agnhost,
    { ...ofModule("agnhost", "k8s.io/kubernetes/test/images/nonewprivs"), name: "nnp" },
    ofModule("etcd", etcdPackage),
    ofModule("pause"),
    ofModule("sample-apiserver", "k8s.io/sample-apiserver"),
  ],
};

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

/** Changes whenever this binary would: the files of its module, its flags, the machine. 16 hexadecimal digits. */
export function binaryDigest(recipe: BinaryRecipe): string {
  const hash = createHash("sha256");
  const folder = path.join(testbedFolder(), recipe.module);
  for (const file of readdirSync(folder)
    .filter((name) => !name.endsWith("_test.go"))
    .sort()) {
    hash.update(`${file}\n`).update(readFileSync(path.join(folder, file)));
  }
  hash.update(JSON.stringify([recipe, process.platform, process.arch]));
  return hash.digest("hex").slice(0, 16);
}

/** Changes whenever anything of the set would. 16 hexadecimal digits. */
export function setDigest(set: BinarySet): string {
  const parts = [binarySets[set].map(binaryDigest), kwokStages, components];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}
