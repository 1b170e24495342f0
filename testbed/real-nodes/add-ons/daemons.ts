import { imageOf } from "../images.ts";

/** A container of an add-on: the binary of its name, with what it mounts beside the binaries. */
export interface AddOnContainer {
  readonly name: string;
  readonly binary: string;
  readonly args: readonly string[];
  /** Volume name to place in the container. */
  readonly mounts?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A workload of kube-system that runs on every node, also on those of the control plane. */
export interface AddOn {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly containers: readonly AddOnContainer[];
  /** Volume name to its source. */
  readonly volumes?: Readonly<Record<string, object>>;
  readonly pod?: Readonly<Record<string, unknown>>;
}

/** A DaemonSet, or a Deployment of so many pods. Its ServiceAccount has the same name. */
export function workload({ name, labels, containers, volumes = {}, pod = {} }: AddOn, replicas?: number): object {
  const all = { binaries: hostPath("/run/testbed/bin"), ...volumes };
  return {
    apiVersion: "apps/v1",
    kind: replicas === undefined ? "DaemonSet" : "Deployment",
    metadata: { name, namespace: "kube-system", labels },
    spec: {
      ...(replicas === undefined ? {} : { replicas }),
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          priorityClassName: "system-node-critical",
          tolerations: [{ operator: "Exists" }],
          terminationGracePeriodSeconds: 1,
          containers: containers.map(container),
          volumes: Object.entries(all).map(([volume, source]) => ({ name: volume, ...source })),
          ...pod,
        },
      },
    },
  };
}

function container({ name, binary, args, mounts = {}, fields = {} }: AddOnContainer): object {
  return {
    name,
    image: imageOf(binary),
    imagePullPolicy: "IfNotPresent",
    command: [binary, ...args],
    volumeMounts: [
      { name: "binaries", mountPath: "/usr/local/bin", readOnly: true },
      ...Object.entries(mounts).map(([volume, mountPath]) => ({
        name: volume,
        mountPath,
        ...(volume === "kubelet" ? { mountPropagation: "Bidirectional" } : {}),
      })),
    ],
    ...fields,
  };
}

/** A place of the node. */
export function hostPath(place: string): object {
  return { hostPath: { path: place } };
}

/** The node's name as an environment variable. */
export const nodeName = { name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } };

/** The programs and libraries of the machine, for a container that calls `nft`. */
export const machinePrograms = {
  mounts: { sbin: "/usr/sbin", lib: "/usr/lib", lib64: "/lib64", "lib-too": "/lib" },
  volumes: {
    sbin: hostPath("/usr/sbin"),
    lib: hostPath("/usr/lib"),
    "lib-too": hostPath("/usr/lib"),
    lib64: hostPath("/usr/lib64"),
  },
} as const;

/** A ServiceAccount of kube-system, bound to a ClusterRole: one of Kubernetes' own by name, or one of these rules. */
export function account(name: string, role: string | readonly object[]): object[] {
  const ruleName = typeof role === "string" ? role : `system:${name}`;
  const group = "rbac.authorization.k8s.io";
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: "kube-system" } },
    ...(typeof role === "string"
      ? []
      : [{ apiVersion: `${group}/v1`, kind: "ClusterRole", metadata: { name: ruleName }, rules: role }]),
    {
      apiVersion: `${group}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: `system:${name}` },
      roleRef: { apiGroup: group, kind: "ClusterRole", name: ruleName },
      subjects: [{ kind: "ServiceAccount", name, namespace: "kube-system" }],
    },
  ];
}

/** A rule of a ClusterRole. */
export function rule(apiGroups: readonly string[], resources: readonly string[], verbs: readonly string[]): object {
  return { apiGroups, resources, verbs };
}

/** A ConfigMap of kube-system. */
export function configMap(name: string, data: Readonly<Record<string, string>>): object {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "kube-system" }, data };
}
