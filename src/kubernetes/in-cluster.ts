/** What a pod knows about its own cluster, in the form of a kubeconfig. */
import { existsSync } from "node:fs";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import type { Environment } from "../http/environment.ts";
import type { KubeconfigFile } from "./kubeconfig-file.ts";

const mounted = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Undefined outside of a pod. The token file is read again for every request, because the kubelet rotates it. */
export function inClusterKubeconfig(environment: Environment, folder = mounted): KubeconfigFile | undefined {
  const host = environment.KUBERNETES_SERVICE_HOST;
  const port = environment.KUBERNETES_SERVICE_PORT ?? "443";
  if (host === undefined || host === "" || !existsSync(join(folder, "token"))) return undefined;
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const name = "in-cluster";
  return {
    clusters: [{ name, folder, value: { server, "certificate-authority": "ca.crt" } }],
    users: [{ name, folder, value: { tokenFile: "token" } }],
    contexts: [{ name, folder, value: { cluster: name, user: name } }],
    currentContext: name,
  };
}
