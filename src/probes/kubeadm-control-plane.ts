/** A KubeadmControlPlane of Cluster API, v1beta1 and v1beta2, reduced to what is written for API servers and etcd. */
import type { ManagementControlPlaneFact } from "../model/facts/managed-control-plane.ts";
import { limitsInFile, type ReadText } from "./event-limits.ts";
import { keep } from "./flags.ts";
import { extraArgs } from "./kubeadm-config.ts";
import { countAt, listAt, textAt, valueAt } from "./untrusted.ts";

type Fact = Omit<ManagementControlPlaneFact, "kind" | "apiVersion">;

export function kubeadmControlPlane(object: unknown): Fact {
  const kubeadm = valueAt(object, "spec", "kubeadmConfigSpec");
  const configuration = valueAt(kubeadm, "clusterConfiguration");
  const flags = extraArgs(valueAt(configuration, "apiServer", "extraArgs"));
  const file = flags.findLast(([name]) => name === "admission-control-config-file")?.[1];
  const limits = file === undefined ? undefined : limitsInFile(file, filesOf(kubeadm));
  const days =
    countAt(object, "spec", "rollout", "before", "certificatesExpiryDays") ??
    countAt(object, "spec", "rolloutBefore", "certificatesExpiryDays");
  const replicas = countAt(object, "spec", "replicas");
  return {
    ...(replicas === undefined ? {} : { replicas }),
    rolledOut: isRolledOut(object, replicas),
    apiServer: keep(flags),
    hidesFlags: hasOtherWays(kubeadm),
    etcd: {
      placement: placementOf(configuration),
      flags: keep(extraArgs(valueAt(configuration, "etcd", "local", "extraArgs"))),
    },
    ...(limits === undefined ? {} : { eventLimits: [...limits] }),
    ...(days === undefined ? {} : { certificateRolloutDays: days }),
  };
}

/** All replicas are of the newest generation: `upToDateReplicas` in v1beta2, `updatedReplicas` before. */
function isRolledOut(object: unknown, replicas: number | undefined): boolean {
  const generation = countAt(object, "metadata", "generation");
  const upToDate = countAt(object, "status", "upToDateReplicas") ?? countAt(object, "status", "updatedReplicas");
  return (
    generation !== undefined &&
    generation === countAt(object, "status", "observedGeneration") &&
    replicas !== undefined &&
    replicas === upToDate &&
    replicas === countAt(object, "status", "replicas")
  );
}

/** Kubeadm leaves out `etcd` where nothing of it is configured: it is local then. */
function placementOf(configuration: unknown): "local" | "external" | "unknown" {
  if (configuration === undefined || configuration === null) return "unknown";
  return valueAt(configuration, "etcd", "external") === undefined ? "local" : "external";
}

/** Patches of static pods and commands can write any flag. */
function hasOtherWays(kubeadm: unknown): boolean {
  const patched = ["initConfiguration", "joinConfiguration"].some(
    (key) => textAt(kubeadm, key, "patches", "directory") !== undefined,
  );
  const commands = ["preKubeadmCommands", "postKubeadmCommands", "bootCommands"];
  return patched || commands.some((key) => listAt(kubeadm, key).length > 0);
}

/**
 * Files that are written to the hosts, by the path under which the API server sees them. What comes from a Secret is never
 * read; user data is not looked at beyond the two files that configure admission.
 */
function filesOf(kubeadm: unknown): ReadText {
  const files = listAt(kubeadm, "files");
  const volumes = listAt(kubeadm, "clusterConfiguration", "apiServer", "extraVolumes");
  return (path) => {
    const places = [path, ...volumes.flatMap((volume) => onHost(volume, path))];
    const file = files.find((candidate) => places.includes(textAt(candidate, "path") ?? ""));
    const content = valueAt(file, "content");
    if (typeof content !== "string" || content.length > 256 * 1024) return undefined;
    switch (textAt(file, "encoding") ?? "") {
      case "":
        return content;
      case "base64":
        return Buffer.from(content, "base64").toString("utf8");
      default:
        return undefined;
    }
  };
}

function onHost(volume: unknown, path: string): readonly string[] {
  const [mount, host] = [textAt(volume, "mountPath"), textAt(volume, "hostPath")];
  if (mount === undefined || host === undefined) return [];
  return path === mount || path.startsWith(`${mount}/`) ? [`${host}${path.slice(mount.length)}`] : [];
}
