import { read } from "../model/fact.ts";
import type { ControlPlaneComponent, ControlPlanePodsFact } from "../model/facts/control-plane.ts";
import { defineProbe } from "../model/probe.ts";
import { keep, parseArguments, sharedFiles } from "./flags.ts";
import { reduceList } from "./reading.ts";
import { inOrder, instantOf, listAt, textAt, valueAt } from "./untrusted.ts";

type Pod = ControlPlanePodsFact["pods"][number];

const components: ReadonlySet<string> = new Set([
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "etcd",
]);
const isComponent = (label: string): label is ControlPlaneComponent => components.has(label);

/** Flags that name a file with settings of their own (scheduler, etcd). */
const fileFlags = ["config", "config-file"];

/** Flags that name a file of certificate authorities: whether two name the same is kept, the names are not. */
const authorities = ["client-ca-file", "etcd-cafile", "requestheader-client-ca-file"];

export const controlPlanePodsProbe = defineProbe({
  id: "kube/control-plane-pods",
  title: "pods of the control plane and their flags",
  tier: "observe",
  rights: [{ kind: "resource", verb: "list", group: "", resource: "pods", namespace: "kube-system" }],
  requests: 1,
  async collect({ cluster }) {
    const path = "/api/v1/namespaces/kube-system/pods";
    const options = { limit: 100, labelSelector: "tier=control-plane" };
    const reading = await reduceList(cluster, path, options, podRecord);
    if (!reading.ok) return reading;
    const pods = reading.value.items.filter((pod) => pod !== "other");
    return read({ pods: pods.sort((a, b) => inOrder(a.name, b.name)) });
  },
});

/** `other`: a pod of the control plane that is none of the four components. */
function podRecord(pod: unknown): Pod | "other" | undefined {
  const name = textAt(pod, "metadata", "name");
  if (name === undefined || name === "") return undefined;
  const component = textAt(pod, "metadata", "labels", "component");
  if (component === undefined || !isComponent(component)) return "other";
  const container = named(listAt(pod, "spec", "containers"), component);
  const status = named(listAt(pod, "status", "containerStatuses"), component);
  // Talos and OpenShift call the binary by its whole path; RKE2 puts the flags into args.
  const words = [...listAt(container, "command"), ...listAt(container, "args")];
  const given = parseArguments(words);
  const flags = keep(given);
  const shared = sharedFiles(given, authorities);
  const node = textAt(pod, "spec", "nodeName");
  const startedAt = instantOf(status, "state", "running", "startedAt") ?? instantOf(pod, "status", "startTime");
  return {
    component,
    name,
    ...(node === undefined ? {} : { node }),
    mirror: valueAt(pod, "metadata", "annotations", "kubernetes.io/config.mirror") !== undefined,
    ...(startedAt === undefined ? {} : { startedAt }),
    running: textAt(pod, "status", "phase") === "Running" && (!status || isRunning(status)),
    flags,
    configFile: fileFlags.some((flag) => flags.withheld.includes(flag)) || startsShell(words),
    ...(shared.length === 0 ? {} : { sharedFiles: shared }),
  };
}

const isRunning = (status: unknown): boolean => valueAt(status, "state", "running") !== undefined;

/** The container called like the component, else the first one. */
function named(containers: readonly unknown[], component: string): unknown {
  return containers.find((container) => textAt(container, "name") === component) ?? containers[0];
}

/** The flags stand in a script, not in the arguments. */
function startsShell(words: readonly unknown[]): boolean {
  const [first] = words;
  return typeof first !== "string" || /(^|\/)(ba|da|a)?sh$/.test(first.slice(-64));
}
