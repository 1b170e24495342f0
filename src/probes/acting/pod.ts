/**
 * Pods of a run: such as the Pod Security Standard `restricted` admits, small, ended by the cluster itself after a while,
 * without a token. Their commands are those that BusyBox and the image agnhost both have.
 */
import type { ClusterActor, PodImage } from "../../model/acting.ts";
import type { JsonObject } from "../../model/json.ts";

/** Nobody's user: images of ours need none, and volumes become the group's. */
const user = 65532;

/** Cluster Autoscaler adds no node for a pod of a run that waits for one. */
const scaleUpDelay = "cluster-autoscaler.kubernetes.io/pod-scale-up-delay";

/** What a pod of a run requests, for the plan. */
export const podRequests = { cpuMillicores: 10, memoryMebibytes: 16 } as const;

const usualLimits = { cpu: "200m", memory: "64Mi" } as const;

export interface PodOptions {
  /** Part of its name, unique in the run: `writer-k3v9x`. */
  readonly purpose: string;
  readonly command: readonly string[];
  readonly labels?: { readonly [name: string]: string };
  /** Seconds after which the cluster ends it. */
  readonly deadlineSeconds: number;
  /** `metadata.name` of the node that it has to stay on, or off. */
  readonly onNode?: string;
  readonly offNode?: string;
  /** A claim, mounted at `/volume`. */
  readonly claim?: string;
  /** What it may use at most, where the usual is too little. */
  readonly limits?: { readonly cpu: string; readonly memory: string };
  readonly ports?: readonly {
    readonly name?: string;
    readonly containerPort: number;
    readonly protocol: "TCP" | "UDP";
  }[];
  /** Fields of the pod's spec beside those that are set here: `hostname`, `affinity`, `topologySpreadConstraints`. */
  readonly spec?: JsonObject;
}

/** The pod, to be created in a namespace of the run. */
export function restrictedPod(act: Pick<ClusterActor, "name">, image: PodImage, options: PodOptions): JsonObject {
  const requests = { cpu: `${podRequests.cpuMillicores}m`, memory: `${podRequests.memoryMebibytes}Mi` };
  const {
    purpose,
    command,
    labels = {},
    deadlineSeconds,
    claim,
    ports = [],
    limits = usualLimits,
    spec = {},
  } = options;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: act.name(purpose), labels: { ...labels }, annotations: { [scaleUpDelay]: "1h" } },
    spec: {
      restartPolicy: "Never",
      activeDeadlineSeconds: deadlineSeconds,
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: user,
        runAsGroup: user,
        fsGroup: user,
        seccompProfile: { type: "RuntimeDefault" },
      },
      ...nodeAffinity(options),
      containers: [
        {
          name: "main",
          image: image.reference,
          imagePullPolicy: image.pullPolicy,
          command: [...command],
          ports: ports.map((port) => ({ ...port })),
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          resources: { requests, limits: { ...limits } },
          terminationMessagePolicy: "FallbackToLogsOnError",
          ...(claim === undefined ? {} : { volumeMounts: [{ name: "claim", mountPath: "/volume" }] }),
        },
      ],
      ...(claim === undefined ? {} : { volumes: [{ name: "claim", persistentVolumeClaim: { claimName: claim } }] }),
      ...spec,
    },
  };
}

/** By the node's name and not by a label: `kubernetes.io/hostname` may differ, and may be missing. */
function nodeAffinity({ onNode, offNode }: PodOptions): JsonObject {
  const field = (operator: string, name: string | undefined): JsonObject[] =>
    name === undefined ? [] : [{ key: "metadata.name", operator, values: [name] }];
  const matchFields = [...field("In", onNode), ...field("NotIn", offNode)];
  if (matchFields.length === 0) return {};
  const required = { nodeSelectorTerms: [{ matchFields }] };
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } } };
}
