/** Who we are to the API server: credentials from the kubeconfig's user entry, made fresh for every request. */
import { readFileSync } from "node:fs";
import type { OutgoingHttpHeaders } from "node:http";
import { resolve } from "node:path";
import { createSecureContext } from "node:tls";
import type { Environment } from "../http/environment.ts";
import { isToken } from "../http/token.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import { UsageError } from "../model/faults.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { Endpoint } from "./endpoint.ts";
import { execAuthenticator } from "./exec-plugin.ts";
import { textOf } from "./kubeconfig.ts";
import type { KubeconfigEntry } from "./kubeconfig-file.ts";
import { oidcAuthenticator } from "./oidc.ts";
import { pemOf } from "./pem.ts";

export interface Credentials {
  readonly token?: string;
  readonly basic?: { readonly username: string; readonly password: string };
  /** PEM. */
  readonly certificate?: string;
  readonly key?: string;
}

export interface Authenticator {
  /** Credentials for the next request; a failure says what to do, never what the secret was. */
  current(signal: AbortSignal): Promise<Reading<Credentials>>;
  /** The server said 401: forget what is cached. True if asking again may give something else. */
  renew(): boolean;
}

export interface AuthOptions {
  readonly environment: Environment;
  /** "refuse" for kubeconfigs that nobody named by hand. */
  readonly execPlugins: "allow" | "refuse";
  readonly execTimeoutMilliseconds: number;
}

const fixed = (credentials: Credentials): Authenticator => ({
  current: async () => read(credentials),
  renew: () => false,
});

/** The kubelet rotates such files: read for every request, so that a new token counts at once. */
function tokenFile(file: string): Authenticator {
  return {
    current: async () => {
      try {
        const token = readFileSync(file, "utf8").trim();
        if (isToken(token)) return read({ token });
        return unread("unauthorized", "the kubeconfig's token file holds no token");
      } catch {
        return unread("unauthorized", "the kubeconfig's token file cannot be read");
      }
    },
    renew: () => true,
  };
}

function certificateOf(entry: KubeconfigEntry): Credentials {
  const certificate = pemOf(entry, "client-certificate", "user");
  const key = pemOf(entry, "client-key", "user");
  if (certificate === undefined && key === undefined) return {};
  if (certificate === undefined || key === undefined) {
    throw new UsageError("the kubeconfig's user has only one of `client-certificate` and `client-key`");
  }
  try {
    createSecureContext({ cert: certificate, key });
  } catch {
    throw new UsageError(
      "the kubeconfig's user: `client-certificate` and `client-key` do not fit together or are unusable",
    );
  }
  return { certificate, key };
}

function provided(provider: JsonObject): Authenticator {
  const name = textOf(provider, "name") ?? "";
  if (name === "oidc") return oidcAuthenticator(provider);
  throw new UsageError(
    `the kubeconfig's user has the auth provider ${JSON.stringify(name)}, which Kubernetes 1.26 removed`,
    "use a credential plugin (`exec`) or a token",
  );
}

/** @throws UsageError for a user entry that cannot be used */
export function authenticatorOf(
  user: KubeconfigEntry | undefined,
  endpoint: Endpoint,
  options: AuthOptions,
): Authenticator {
  if (user === undefined) return fixed({});
  const { value } = user;
  const certificate = certificateOf(user);
  const file = textOf(value, "tokenFile");
  const token = textOf(value, "token");
  const username = textOf(value, "username");
  if (isJsonObject(value.exec)) return execAuthenticator(value.exec, user.folder, endpoint, options);
  if (isJsonObject(value["auth-provider"])) return provided(value["auth-provider"]);
  // As in client-go, the file goes before the token in place.
  if (file !== undefined) return tokenFile(resolve(user.folder, file));
  if (token !== undefined) {
    if (!isToken(token)) throw new UsageError("the kubeconfig's user: `token` has characters no token has");
    return fixed({ ...certificate, token });
  }
  if (username !== undefined) {
    return fixed({ ...certificate, basic: { username, password: textOf(value, "password") ?? "" } });
  }
  return fixed(certificate);
}

/** Request headers that carry the credentials. */
export function authorizationOf(credentials: Credentials): OutgoingHttpHeaders {
  if (credentials.token !== undefined) return { authorization: `Bearer ${credentials.token}` };
  if (credentials.basic === undefined) return {};
  const { username, password } = credentials.basic;
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
}
