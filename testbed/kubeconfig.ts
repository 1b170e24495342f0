import { writeFileSync } from "node:fs";
import { stringify } from "yaml";
import type { KeyPair } from "./certificates.ts";

/** How a user shows who it is: a client certificate or a bearer token. */
export type Credential = KeyPair | { readonly token: string };

/** Writes a kubeconfig with one context, readable by the owner only. `server` is a URL, `ca` PEM. Returns the path. */
export function writeKubeconfig(
  file: string,
  server: string,
  ca: string,
  user: string,
  credential: Credential,
): string {
  const content = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "testbed", cluster: { server, "certificate-authority-data": base64(ca) } }],
    users: [
      {
        name: user,
        user:
          "token" in credential
            ? { token: credential.token }
            : {
                "client-certificate-data": base64(credential.certificate),
                "client-key-data": base64(credential.key),
              },
      },
    ],
    contexts: [{ name: "testbed", context: { cluster: "testbed", user } }],
    "current-context": "testbed",
  };
  writeFileSync(file, stringify(content, { lineWidth: 0 }), { mode: 0o600 });
  return file;
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
