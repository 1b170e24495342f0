/** The objects that run the upstream e2e suite in a cluster: ServiceAccount, its rights, the list of registries, the Job. */
import type { JsonObject } from "../json.ts";
import type { SuiteKind, SuiteRecipe } from "./suite-kind.ts";

/** Marks namespaces that hold a run of the suite; its value is the kind. */
export const suiteLabel = "scs-conformance/suite";

export interface SuiteJob {
  readonly namespace: string;
  /** Name of each object: holds the run. */
  readonly name: string;
  readonly image: string;
  readonly kind: SuiteKind;
  readonly recipe: SuiteRecipe;
  /** Instead of the recipe's: a part of the specs, which then decides nothing alone. */
  readonly focus?: string | undefined;
  /** Content of the file for `KUBE_TEST_REPO_LIST`, when registries are mapped. */
  readonly repositories?: string | undefined;
}

/** Where the suite leaves its files, and where they can be fetched until the Job goes. */
export const resultsPort = 8001;
export const resultsPath = "/results/";
export const suiteContainer = "suite";

/** Path of the Job of a run: its namespace, its name. */
export const suiteJobPath = /^\/apis\/batch\/v1\/namespaces\/([a-z0-9-]+)\/jobs\/(suite-[a-z0-9]+)$/;

const folder = "/tmp/results";
/** What the suite's own pod is told of: the taint that it puts on a node to watch pods being evicted (node/taints.go). */
const evictionTaint = "kubernetes.io/e2e-evict-taint-key";

export function suiteAccount({ namespace, name }: SuiteJob): JsonObject {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { namespace, name },
    automountServiceAccountToken: false,
  };
}

/** Upstream's own manifest asks for every verb on everything; `cluster-admin` is what a cluster has of that. */
export function suiteBinding({ namespace, name }: SuiteJob): JsonObject {
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
    subjects: [{ kind: "ServiceAccount", namespace, name }],
  };
}

export function suiteRepositories({ namespace, name, repositories }: SuiteJob): JsonObject | undefined {
  if (repositories === undefined) return undefined;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace, name },
    data: { "repositories.yaml": repositories },
  };
}

/**
 * One pod, never a second try: the suite in one container, its files kept by the other until they are fetched. The second
 * serves files alone: it has no token and its API server is nowhere. Fits the level `restricted`.
 */
export function suiteJob(job: SuiteJob): JsonObject {
  const { namespace, name, kind, recipe } = job;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { namespace, name, labels: { [suiteLabel]: kind } },
    spec: {
      backoffLimit: 0,
      completions: 1,
      parallelism: 1,
      activeDeadlineSeconds: recipe.deadlineSeconds,
      template: { spec: podOf(job) },
    },
  };
}

function podOf(job: SuiteJob): JsonObject {
  const { name, repositories } = job;
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: "Never",
    terminationGracePeriodSeconds: 10,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_534,
      runAsGroup: 65_534,
      fsGroup: 65_534,
      seccompProfile: { type: "RuntimeDefault" },
    },
    nodeSelector: { "kubernetes.io/os": "linux" },
    tolerations: [
      { key: evictionTaint, operator: "Exists", effect: "NoExecute" },
      { key: "node-role.kubernetes.io/control-plane", operator: "Exists", effect: "NoSchedule" },
    ],
    containers: [suiteContainerOf(job), keeperOf(job)],
    volumes: [
      { name: "results", emptyDir: {} },
      { name: "work", emptyDir: {} },
      { name: "token", projected: { defaultMode: 0o444, sources: tokenSources } },
      ...(repositories === undefined ? [] : [{ name: "repositories", configMap: { name } }]),
    ],
  };
}

/** As kubelets project it into pods; only the suite's container sees it. */
const tokenSources: readonly JsonObject[] = [
  { serviceAccountToken: { path: "token", expirationSeconds: 3607 } },
  { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
  { downwardAPI: { items: [{ path: "namespace", fieldRef: { fieldPath: "metadata.namespace" } }] } },
];

function suiteContainerOf({ image, recipe, focus, repositories }: SuiteJob): JsonObject {
  const environment: { readonly [name: string]: string } = {
    // never in parallel: the runner would then leave out [Serial] specs without a word
    E2E_PARALLEL: "false",
    E2E_FOCUS: focus ?? recipe.focus,
    E2E_SKIP: "",
    E2E_PROVIDER: "local",
    E2E_USE_GO_RUNNER: "true",
    RESULTS_DIR: folder,
    HOME: "/tmp",
    // tells each spec as it ends, and the server's version; without it half an hour may pass without a line
    E2E_EXTRA_GINKGO_ARGS: ["-v", ...(recipe.attempts > 1 ? [`--flake-attempts=${recipe.attempts}`] : [])].join(" "),
    ...(repositories === undefined ? {} : { KUBE_TEST_REPO_LIST: "/etc/e2e/repositories.yaml" }),
  };
  return {
    name: suiteContainer,
    image,
    imagePullPolicy: "IfNotPresent",
    env: Object.entries(environment).map(([name, value]) => ({ name, value })),
    resources: { requests: { cpu: "250m", memory: "512Mi" } },
    securityContext: unprivileged,
    volumeMounts: [
      { name: "work", mountPath: "/tmp" },
      { name: "results", mountPath: folder },
      { name: "token", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true },
      ...(repositories === undefined ? [] : [{ name: "repositories", mountPath: "/etc/e2e", readOnly: true }]),
    ],
  };
}

/** `kubectl proxy` is the one file server in upstream's image; of an API it serves none. */
function keeperOf({ image }: SuiteJob): JsonObject {
  return {
    name: "results",
    image,
    imagePullPolicy: "IfNotPresent",
    command: ["/usr/local/bin/kubectl"],
    args: [
      "proxy",
      "--server=http://127.0.0.1:1",
      "--api-prefix=/no-api/",
      "--reject-paths=.*",
      `--port=${resultsPort}`,
      // every address of both families; `::` is refused by kubectl
      "--address=",
      `--www=${folder}`,
      `--www-prefix=${resultsPath}`,
    ],
    env: [{ name: "HOME", value: "/tmp" }],
    resources: { requests: { cpu: "10m", memory: "32Mi" } },
    securityContext: unprivileged,
    volumeMounts: [
      { name: "work", mountPath: "/tmp" },
      { name: "results", mountPath: folder, readOnly: true },
    ],
  };
}

const unprivileged: JsonObject = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
