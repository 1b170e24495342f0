/**
 * A cluster of three nodes on loopback that does with claims, volumes and pods what Kubernetes' controllers would, as far as
 * the storage probes look: what it gives, refuses and loses is said by a few words.
 */
import type { JsonObject } from "../../src/model/json.ts";
import { paths } from "./gathering.ts";
import { kubernetesRoutes } from "./kubernetes-routes.ts";
import { type LoopbackResponse, statusObject } from "./loopback-response.ts";
import type { LoopbackHandler, LoopbackRequest } from "./loopback-server.ts";
import { type ObjectStore, objectStore, put } from "./object-store.ts";

export interface VolumeCluster {
  /** The class that a claim without one gets. */
  readonly storageClass?: string | null;
  readonly classFields?: JsonObject;
  readonly volumes?: readonly JsonObject[];
  /** Volumes fit the node of their first pod alone. */
  readonly tied?: boolean;
  /** What was written is not there for the next pod. */
  readonly forgets?: boolean;
  /** Nobody makes volumes. */
  readonly idle?: boolean;
  readonly reclaimPolicy?: "Delete" | "Retain";
  /** `mounted`: grows when a pod uses it. */
  readonly grows?: "at-once" | "mounted" | "never";
  /** Why an object is refused, by kind and purpose: `Pod reader`. */
  readonly refusals?: { readonly [object: string]: readonly [status: number, message: string] };
  /** `status` of pods that do not come to an end, by purpose; the scheduler gives them no node. */
  readonly stuck?: { readonly [purpose: string]: JsonObject };
  readonly events?: readonly (readonly [reason: string, message: string])[];
}

const nodes = ["n1", "n2", "n3"].map((name) => ({
  metadata: { name, creationTimestamp: "2026-11-01T00:00:00Z", labels: { "kubernetes.io/hostname": name } },
  status: { nodeInfo: {}, conditions: [{ type: "Ready", status: "True" }] },
}));

type Body = { [key: string]: unknown } & { metadata: { name: string } };

export interface RunningVolumeCluster {
  readonly handler: LoopbackHandler;
  readonly store: ObjectStore;
  /** Everything that was sent to be made, in order. */
  readonly made: readonly JsonObject[];
}

export function volumeCluster(options: VolumeCluster = {}): RunningVolumeCluster {
  const { storageClass = "standard" } = options;
  const store = objectStore();
  const entry = {
    metadata: { name: storageClass ?? "standard", creationTimestamp: "2026-11-01T00:00:00Z" },
    provisioner: "storage.example.org",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: options.grows !== undefined,
    ...options.classFields,
  };
  const looked = kubernetesRoutes({
    [paths.version]: { gitVersion: "v1.37.2" },
    [paths.nodes]: nodes,
    [paths.storageClasses]: [entry],
    [paths.persistentVolumes]: options.volumes ?? [],
  });
  const state = { content: "", grown: false };
  const made: JsonObject[] = [];
  store.before = (request) => before(store, options, storageClass, request, state);
  const handler: LoopbackHandler = async (request) => {
    if (request.method === "POST") made.push(JSON.parse(request.body) as JsonObject);
    return (await looked(request)) ?? store.handler(request);
  };
  return { handler, store, made };
}

function before(
  store: ObjectStore,
  options: VolumeCluster,
  storageClass: string | null,
  { method, url, body }: LoopbackRequest,
  state: { content: string; grown: boolean },
): LoopbackResponse | undefined {
  const { pathname } = url;
  if (method === "GET" && pathname.endsWith("/events")) return { body: eventList(options) };
  if (method === "POST") {
    const object = JSON.parse(body) as Body;
    const kind = String(object.kind);
    const refused = options.refusals?.[`${kind} ${purposeOf(object)}`] ?? options.refusals?.[kind];
    if (refused) return { status: refused[0], body: statusObject(...refused) };
    if (kind !== "PersistentVolumeClaim") return undefined;
    const spec = { ...(object.spec as object), ...(storageClass === null ? {} : { storageClassName: storageClass }) };
    if (url.searchParams.has("dryRun")) return { status: 201, body: { ...object, spec } };
    return { status: 201, body: put(store, `${pathname}/${object.metadata.name}`, { ...object, spec } as JsonObject) };
  }
  if (method === "PATCH" && options.refusals?.patch)
    return { status: options.refusals.patch[0], body: statusObject(...options.refusals.patch) };
  if (method === "GET") advance(store, options, pathname, state);
  if (method === "DELETE" && pathname.includes("/persistentvolumeclaims/") && options.reclaimPolicy !== "Retain")
    store.objects.delete(volumePath);
  return undefined;
}

const volumePath = "/api/v1/persistentvolumes/pv-1";

/** What controllers, scheduler and kubelet would have done by now. */
function advance(
  store: ObjectStore,
  options: VolumeCluster,
  pathname: string,
  state: { content: string; grown: boolean },
) {
  const object = store.objects.get(pathname) as Body | undefined;
  if (pathname.includes("/pods/") && object) runIt(store, options, object, state);
  if (!pathname.includes("/persistentvolumeclaims/") || !object) return;
  const bound = store.objects.has(volumePath);
  const immediate = options.classFields?.volumeBindingMode === "Immediate" && options.idle !== true;
  if (immediate && !bound) putVolume(store, options, "n1");
  const spec = object.spec as { volumeName?: string; resources: { requests: { storage: string } } };
  const wants = spec.resources.requests.storage;
  const pending = options.grows === "mounted" && wants === "2Gi" && !state.grown;
  const storage = options.grows === "at-once" || state.grown ? wants : "1Gi";
  if (store.objects.has(volumePath)) spec.volumeName = "pv-1";
  object.status = {
    phase: store.objects.has(volumePath) ? "Bound" : "Pending",
    capacity: { storage },
    ...(pending ? { conditions: [{ type: "FileSystemResizePending", status: "True" }] } : {}),
  };
}

function putVolume(store: ObjectStore, { tied, reclaimPolicy = "Delete" }: VolumeCluster, node: string) {
  const term = { matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: [node] }] };
  const nodeAffinity = tied ? { nodeAffinity: { required: { nodeSelectorTerms: [term] } } } : {};
  const csi = { driver: "storage.example.org", volumeHandle: "secret-handle" };
  const accessModes = ["ReadWriteOnce"];
  put(store, volumePath, { spec: { csi, accessModes, persistentVolumeReclaimPolicy: reclaimPolicy, ...nodeAffinity } });
}

function runIt(store: ObjectStore, options: VolumeCluster, pod: Body, state: { content: string; grown: boolean }) {
  if (pod.status !== undefined) return;
  const stuck = options.stuck?.[purposeOf(pod)];
  if (stuck || options.idle) {
    pod.status = stuck ?? { phase: "Pending" };
    return;
  }
  const spec = pod.spec as { nodeName?: string; containers: { command: string[] }[] };
  const off = /"NotIn","values":\["([^"]+)"\]/.exec(JSON.stringify(spec))?.[1];
  const node = off === "n1" ? "n2" : "n1";
  if (options.tied && off === "n1") {
    const message = "0/3 nodes are available: 2 node(s) didn't match PersistentVolume's node affinity.";
    pod.status = {
      phase: "Pending",
      conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message }],
    };
    return;
  }
  spec.nodeName = node;
  if (!store.objects.has(volumePath)) putVolume(store, options, node);
  const script = spec.containers[0]?.command.at(-1) ?? "";
  const written = /^printf %s (\S+) >/.exec(script)?.[1];
  if (written !== undefined) state.content = written;
  else if (options.forgets) state.content = "absent";
  if (purposeOf(pod) === "grower") state.grown = true;
  pod.status = { phase: "Succeeded", containerStatuses: [{ state: { terminated: { message: state.content } } }] };
}

/** `writer-k3v9x` is a writer. */
function purposeOf({ metadata }: Body): string {
  return metadata.name.split("-")[0] ?? "";
}

function eventList({ events = [] }: VolumeCluster) {
  const items = events.map(([reason, message]) => ({ reason, message, lastTimestamp: "2026-11-27T00:00:00Z" }));
  return { kind: "List", apiVersion: "v1", metadata: { resourceVersion: "1" }, items };
}
