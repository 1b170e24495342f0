/** KUBERNETES_EXEC_INFO: what a credential plugin is told (client.authentication.k8s.io, ExecCredential.spec). */
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { Endpoint } from "./endpoint.ts";
import { textOf } from "./kubeconfig.ts";

const extensionName = "client.authentication.k8s.io/exec";

/** The cluster's own configuration for the plugin, kept in the kubeconfig under a reserved extension. */
function pluginConfig(cluster: JsonObject): JsonObject {
  const extensions = Array.isArray(cluster.extensions) ? cluster.extensions.filter(isJsonObject) : [];
  const found = extensions.find((one) => one.name === extensionName)?.extension;
  return found === undefined ? {} : { config: found };
}

/** @param endpoint given only for a plugin with `provideClusterInfo` */
export function execInfo(apiVersion: string, endpoint: Endpoint | undefined): string {
  const spec: JsonObject = { interactive: false };
  if (endpoint === undefined) return JSON.stringify({ kind: "ExecCredential", apiVersion, spec });
  const { value } = endpoint.entry;
  const proxy = textOf(value, "proxy-url");
  const cluster: JsonObject = {
    server: textOf(value, "server") ?? "",
    ...(endpoint.serverName === undefined ? {} : { "tls-server-name": endpoint.serverName }),
    ...(endpoint.verify ? {} : { "insecure-skip-tls-verify": true }),
    ...(endpoint.certificateAuthority === undefined
      ? {}
      : { "certificate-authority-data": Buffer.from(endpoint.certificateAuthority).toString("base64") }),
    ...(proxy === undefined ? {} : { "proxy-url": proxy }),
    ...pluginConfig(value),
  };
  return JSON.stringify({ kind: "ExecCredential", apiVersion, spec: { ...spec, cluster } });
}
