/** Where the API server is and how to trust it, from the kubeconfig's cluster entry. */
import { isIP } from "node:net";
import { certificatesIn } from "../http/certificates.ts";
import type { Environment } from "../http/environment.ts";
import { chooseProxy } from "../http/proxy.ts";
import type { Target } from "../http/target.ts";
import { UsageError } from "../model/faults.ts";
import type { JsonObject } from "../model/json.ts";
import { textOf } from "./kubeconfig.ts";
import type { KubeconfigEntry } from "./kubeconfig-file.ts";
import { pemOf } from "./pem.ts";

export interface Endpoint extends Target {
  /** The cluster entry as written, for credential plugins that ask for it. */
  readonly entry: KubeconfigEntry;
}

const peer = { name: "the API server", settings: "the kubeconfig" } as const;

const fault = (message: string): UsageError => new UsageError(`the kubeconfig's cluster: ${message}`);

function serverUrl(value: JsonObject): URL {
  const server = textOf(value, "server");
  if (server === undefined) throw fault("it has no `server`");
  const text = server.includes("://") ? server : `https://${server}`;
  if (!URL.canParse(text)) throw fault("its `server` is not a URL");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw fault("its `server` is neither https nor http");
  if (url.username !== "" || url.password !== "") throw fault("its `server` carries credentials, which are not sent");
  return url;
}

/** @throws UsageError for a cluster entry that cannot be used */
export function endpointOf(entry: KubeconfigEntry, environment: Environment): Endpoint {
  const url = serverUrl(entry.value);
  const certificateAuthority = pemOf(entry, "certificate-authority", "cluster");
  if (certificateAuthority !== undefined && certificatesIn(certificateAuthority).length === 0) {
    throw fault("its `certificate-authority` holds no usable certificate");
  }
  const secure = url.protocol === "https:";
  return {
    secure,
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? 443 : 80) : Number(url.port),
    prefix: url.pathname.replace(/\/+$/, ""),
    certificateAuthority,
    serverName: textOf(entry.value, "tls-server-name"),
    verify: entry.value["insecure-skip-tls-verify"] !== true,
    proxy: chooseProxy(url, textOf(entry.value, "proxy-url"), environment),
    peer,
    entry,
  };
}

/** How the endpoint is written: as an address of one family, or as a name. */
export function familyOf(endpoint: Endpoint): "IPv4" | "IPv6" | "name" {
  const version = isIP(endpoint.host);
  return version === 4 ? "IPv4" : version === 6 ? "IPv6" : "name";
}
