/** `/configz` of a kubelet (KubeletConfiguration, kubelet.config.k8s.io/v1beta1), as the kubelet serves it and Sonobuoy stores it. */
import type { KubeletSettings } from "../facts/kubelet.ts";
import { isJsonObject, type JsonObject } from "../json.ts";

/**
 * Every setting is stated: what the kubelet leaves out has its zero value (port 0 is off, rotation false). Undefined for
 * anything but a configuration.
 */
export function kubeletConfigz(text: string): KubeletSettings | undefined {
  const config = objectAt(parsed(text), "kubeletconfig");
  if (!config) return undefined;
  const authentication = objectAt(config, "authentication");
  const enabled = (method: string): boolean | undefined => truth(objectAt(authentication, method)?.enabled);
  const [anonymous, webhook] = [enabled("anonymous"), enabled("webhook")];
  const mode = objectAt(config, "authorization")?.mode;
  const port = config.readOnlyPort ?? 0;
  const clientCa = objectAt(authentication, "x509")?.clientCAFile;
  return {
    ...(anonymous === undefined ? {} : { anonymous }),
    ...(webhook === undefined ? {} : { webhookAuthentication: webhook }),
    ...(typeof mode === "string" && /^[A-Za-z]{1,40}$/.test(mode) ? { authorizationMode: mode } : {}),
    ...(typeof port === "number" && Number.isInteger(port) && port >= 0 && port < 65_536 ? { readOnlyPort: port } : {}),
    rotateCertificates: config.rotateCertificates === true,
    serverTlsBootstrap: config.serverTLSBootstrap === true,
    clientCa: typeof clientCa === "string" && clientCa !== "",
  };
}

const truth = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);

function objectAt(value: unknown, key: string): JsonObject | undefined {
  const found = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isJsonObject(found) ? found : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
