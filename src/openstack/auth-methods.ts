/** Who we are to Keystone: the body of POST /v3/auth/tokens (Identity API v3, "Authentication and token management"). */
import { UsageError } from "../model/faults.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { type CloudEntry, textOf } from "./clouds-file.ts";

export interface AuthMethod {
  /** The request's body, as JSON. */
  readonly body: string;
  /** Password, secret or token, and who uses it: must stand in no output. */
  readonly confidential: readonly string[];
}

const better = "use an application credential: openstack application credential create --role reader NAME";

const fault = (name: string, message: string, advice = better) =>
  new UsageError(`the cloud ${JSON.stringify(name)} in clouds.yaml: ${message}`, advice);

type Kind = "password" | "application-credential" | "token";

const kinds: { readonly [type: string]: Kind } = {
  password: "password",
  v3password: "password",
  v3applicationcredential: "application-credential",
  token: "token",
  v3token: "token",
};

/** `id` or `name`, whichever stands there, the first given first; in the auth mapping these keys have a prefix. */
function reference(auth: JsonObject, prefix: string): { readonly id: string } | { readonly name: string } | undefined {
  const id = textOf(auth, `${prefix}_id`);
  if (id !== undefined) return { id };
  const name = textOf(auth, `${prefix}_name`);
  return name === undefined ? undefined : { name };
}

/** A domain by its own keys, else by those that hold for all; `Default` is named by its id, as every Keystone knows it. */
function domainOf(auth: JsonObject, prefix: string): Json {
  return reference(auth, `${prefix}_domain`) ?? reference(auth, "domain") ?? defaultDomain(auth) ?? { id: "default" };
}

function defaultDomain(auth: JsonObject): { readonly id: string } | undefined {
  const id = textOf(auth, "default_domain") ?? textOf(auth, "default_domain_id");
  return id === undefined ? undefined : { id };
}

function userOf(entry: CloudEntry, auth: JsonObject): JsonObject {
  const id = textOf(auth, "user_id");
  if (id !== undefined) return { id };
  const name = textOf(auth, "username") ?? textOf(auth, "user_name");
  if (name === undefined) throw fault(entry.name, "its `auth` has neither `username` nor `user_id`");
  return { name, domain: domainOf(auth, "user") };
}

function projectScope(entry: CloudEntry, auth: JsonObject): JsonObject {
  const id = textOf(auth, "project_id") ?? textOf(auth, "tenant_id");
  if (id !== undefined) return { project: { id } };
  const name = textOf(auth, "project_name") ?? textOf(auth, "tenant_name");
  if (name !== undefined) return { project: { name, domain: domainOf(auth, "project") } };
  throw fault(entry.name, "its `auth` names no project", "add `project_name` or `project_id` to its `auth`");
}

function secretOf(entry: CloudEntry, auth: JsonObject, key: string): string {
  const secret = textOf(auth, key);
  if (secret === undefined)
    throw fault(entry.name, `its \`auth\` has no \`${key}\``, "add it, or put it into secure.yaml");
  return secret;
}

function kindOf(entry: CloudEntry, auth: JsonObject): Kind {
  const type = textOf(entry.value, "auth_type");
  if (type === undefined) {
    if (textOf(auth, "application_credential_secret") !== undefined) return "application-credential";
    return textOf(auth, "token") === undefined ? "password" : "token";
  }
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (kind === undefined)
    throw fault(entry.name, `its auth_type ${JSON.stringify(type.slice(0, 60))} is not supported`);
  return kind;
}

/**
 * Password, application credential and token, each with the project that it is scoped to; an application credential brings
 * its own.
 * @throws UsageError for a kind that is not supported or lacks a field
 */
export function authMethodOf(entry: CloudEntry): AuthMethod {
  const auth = isJsonObject(entry.value.auth) ? entry.value.auth : {};
  const identity = (method: string, given: JsonObject, scope?: JsonObject, secret?: string): AuthMethod => ({
    body: JSON.stringify({ auth: { identity: { methods: [method], [method]: given }, ...(scope ? { scope } : {}) } }),
    confidential: [secret, textOf(auth, "username"), textOf(auth, "user_id")].filter((text) => text !== undefined),
  });
  switch (kindOf(entry, auth)) {
    case "application-credential": {
      const secret = secretOf(entry, auth, "application_credential_secret");
      const named = reference(auth, "application_credential");
      if (named === undefined)
        throw fault(entry.name, "its `auth` has neither `application_credential_id` nor `application_credential_name`");
      const user = "id" in named ? {} : { user: userOf(entry, auth) };
      return identity("application_credential", { ...named, secret, ...user }, undefined, secret);
    }
    case "token": {
      const token = secretOf(entry, auth, "token");
      return identity("token", { id: token }, projectScope(entry, auth), token);
    }
    case "password": {
      const password = secretOf(entry, auth, "password");
      const user = { ...userOf(entry, auth), password };
      return identity("password", { user }, projectScope(entry, auth), password);
    }
  }
}
