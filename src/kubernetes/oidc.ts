/** The old `oidc` auth provider: its id token, refreshed by @kubernetes/client-node when it has ended. */
import type { RequestOptions } from "node:https";
import { isToken } from "../http/token.ts";
import { type Reading, read, type Unread, unread } from "../model/fact.ts";
import { UsageError } from "../model/faults.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { Authenticator, Credentials } from "./auth.ts";
import { textOf } from "./kubeconfig.ts";

const failed = (message: string): Unread =>
  unread("unauthorized", `${message}; log in again with the tool that wrote the kubeconfig`);

/** Milliseconds since the epoch at which a JWT ends; 0 if it does not say. */
function endOf(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const end = isJsonObject(claims) ? claims.exp : undefined;
    return typeof end === "number" ? end * 1000 : 0;
  } catch {
    return 0;
  }
}

/** The library is loaded only when the token has ended: it brings an OpenID client with it. */
async function refresh(provider: JsonObject, config: { [key: string]: unknown }): Promise<string | undefined> {
  const { OpenIDConnectAuth } = await import("@kubernetes/client-node/dist/oidc_auth.js");
  const options: RequestOptions & { headers: { [name: string]: string } } = { headers: {} };
  const user = { name: "oidc", authProvider: { name: textOf(provider, "name"), config } };
  await new OpenIDConnectAuth().applyAuthentication(user, options);
  return options.headers.Authorization?.replace(/^Bearer /, "");
}

export function oidcAuthenticator(provider: JsonObject): Authenticator {
  // The library writes new tokens into the object it is given, so it gets one of its own.
  const config: { [key: string]: unknown } = { ...(isJsonObject(provider.config) ? provider.config : {}) };
  const first = config["id-token"];
  if (typeof first !== "string" || !isToken(first)) {
    throw new UsageError(
      "the kubeconfig's oidc user has no `id-token`",
      "log in with the tool that wrote the kubeconfig",
    );
  }
  let token = first;
  let pending: Promise<string | undefined> | undefined;
  const next = async (): Promise<Reading<Credentials>> => {
    if (endOf(token) > Date.now() + 5_000) return read({ token });
    try {
      pending ??= refresh(provider, config);
      const fresh = await pending;
      if (fresh === undefined || !isToken(fresh))
        return failed("the login of the kubeconfig's oidc user has ended and cannot be renewed");
      token = fresh;
      return read({ token });
    } catch {
      return failed("the login of the kubeconfig's oidc user has ended and its provider refused to renew it");
    } finally {
      pending = undefined;
    }
  };
  return { current: next, renew: () => false };
}
