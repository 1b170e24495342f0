/** A KubeletConfiguration (kubelet.config.k8s.io/v1beta1), reduced to the settings that standards ask for. */
import type { KubeletSettings } from "../model/facts/kubelet.ts";
import { textAt, valueAt } from "./untrusted.ts";

/** Undefined for anything but a KubeletConfiguration; a setting of another type than documented counts as not stated. */
export function kubeletSettings(configuration: unknown): KubeletSettings | undefined {
  if (textAt(configuration, "kind") !== "KubeletConfiguration") return undefined;
  const anonymous = truthAt(configuration, "authentication", "anonymous", "enabled");
  const webhookAuthentication = truthAt(configuration, "authentication", "webhook", "enabled");
  const mode = textAt(configuration, "authorization", "mode");
  const port = valueAt(configuration, "readOnlyPort");
  const rotateCertificates = truthAt(configuration, "rotateCertificates");
  const serverTlsBootstrap = truthAt(configuration, "serverTLSBootstrap");
  const clientCa = textAt(configuration, "authentication", "x509", "clientCAFile");
  return {
    ...(anonymous === undefined ? {} : { anonymous }),
    ...(webhookAuthentication === undefined ? {} : { webhookAuthentication }),
    ...(mode !== undefined && /^[A-Za-z]{1,40}$/.test(mode) ? { authorizationMode: mode } : {}),
    ...(typeof port === "number" && Number.isInteger(port) && port >= 0 && port < 65_536 ? { readOnlyPort: port } : {}),
    ...(rotateCertificates === undefined ? {} : { rotateCertificates }),
    ...(serverTlsBootstrap === undefined ? {} : { serverTlsBootstrap }),
    ...(clientCa === undefined ? {} : { clientCa: clientCa !== "" }),
  };
}

function truthAt(value: unknown, ...path: readonly string[]): boolean | undefined {
  const found = valueAt(value, ...path);
  return typeof found === "boolean" ? found : undefined;
}
