/** The kubeconfig of a loopback server. */
import { stringify } from "yaml";
import type { Certificate } from "./certificates.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

export function loopbackKubeconfig(server: {
  readonly url: string;
  /** Undefined: the server's certificate is not verified. */
  readonly caPem: string | undefined;
  readonly serverName: string | undefined;
  readonly client: Certificate | undefined;
}): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "loopback",
        cluster: {
          server: server.url,
          ...(server.caPem === undefined
            ? { "insecure-skip-tls-verify": true }
            : { "certificate-authority-data": base64(server.caPem) }),
          ...(server.serverName === undefined ? {} : { "tls-server-name": server.serverName }),
        },
      },
    ],
    users: [
      {
        name: "loopback",
        user:
          server.client === undefined
            ? { token: "loopback-token" }
            : {
                "client-certificate-data": base64(server.client.pem),
                "client-key-data": base64(server.client.keyPem),
              },
      },
    ],
    contexts: [{ name: "loopback", context: { cluster: "loopback", user: "loopback" } }],
    "current-context": "loopback",
  });
}
