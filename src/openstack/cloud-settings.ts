/** Where Keystone is, how to trust the cloud, and which of its endpoints to take: a cloud's entry, checked. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { certificatesIn } from "../http/certificates.ts";
import { isLoopback } from "../http/target.ts";
import type { CloudService } from "../model/cloud.ts";
import { UsageError } from "../model/faults.ts";
import { isJsonObject } from "../model/json.ts";
import { type AuthMethod, authMethodOf } from "./auth-methods.ts";
import { type CloudEntry, textOf } from "./clouds-file.ts";
import { overrideKeys } from "./services.ts";

export interface CloudSettings {
  readonly name: string;
  /** Keystone without its version, no slash at the end. */
  readonly identity: URL;
  readonly auth: AuthMethod;
  /** Undefined: the only one there is. */
  readonly region: string | undefined;
  readonly interface: "public" | "internal" | "admin";
  /** PEM; undefined: the system's authorities. */
  readonly certificateAuthority: string | undefined;
  /** Addresses that go before the catalogue's. */
  readonly overrides: { readonly [S in CloudService]?: URL };
}

const fault = (entry: CloudEntry, message: string, advice?: string) =>
  new UsageError(`the cloud ${JSON.stringify(entry.name)} in clouds.yaml: ${message}`, advice);

/** An address to which a token may be sent: https, or loopback. */
export function isSafe(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(host));
}

function addressOf(entry: CloudEntry, key: string, text: string): URL {
  if (!URL.canParse(text)) throw fault(entry, `its \`${key}\` is not a URL`);
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") throw fault(entry, `its \`${key}\` carries credentials`);
  if (!isSafe(url))
    throw fault(entry, `its \`${key}\` would send credentials over plain http`, "use the cloud's https address");
  url.search = "";
  url.hash = "";
  url.pathname = url.pathname.replace(/\/+$/, "");
  return url;
}

function identityOf(entry: CloudEntry): URL {
  const { auth } = entry.value;
  const text = isJsonObject(auth) ? textOf(auth, "auth_url") : undefined;
  if (text === undefined) {
    const profile = entry.value.profile !== undefined || entry.value.cloud !== undefined;
    throw fault(
      entry,
      "its `auth` has no `auth_url`",
      profile ? "vendor profiles are not read: write it out" : undefined,
    );
  }
  const url = addressOf(entry, "auth_url", text);
  if (/\/v2(\.0)?$/.test(url.pathname)) throw fault(entry, "its `auth_url` is Keystone v2, which is gone", "use v3");
  url.pathname = url.pathname.replace(/\/v3$/, "");
  return url;
}

function authorityOf(entry: CloudEntry): string | undefined {
  const { verify, insecure } = entry.value;
  if (verify === false || insecure === true)
    throw fault(
      entry,
      "it turns the verification of certificates off, so that anybody could answer in the cloud's place",
      "name the authority that signed its certificates with `cacert`",
    );
  const path = textOf(entry.value, "cacert");
  if (path === undefined) return undefined;
  let pem: string;
  try {
    pem = readFileSync(resolve(entry.folder, path), "latin1");
  } catch {
    throw fault(entry, "the file of its `cacert` cannot be read");
  }
  if (certificatesIn(pem).length === 0) throw fault(entry, "its `cacert` holds no usable certificate");
  return pem;
}

function interfaceOf(entry: CloudEntry): CloudSettings["interface"] {
  const text = textOf(entry.value, "interface") ?? textOf(entry.value, "endpoint_type") ?? "public";
  const known = (["public", "internal", "admin"] as const).find((name) => text === name || text === `${name}URL`);
  if (known === undefined) throw fault(entry, "its `interface` is none of public, internal and admin");
  return known;
}

function overridesOf(entry: CloudEntry): CloudSettings["overrides"] {
  const pairs = Object.entries(overrideKeys).flatMap(([service, keys]) => {
    for (const key of keys) {
      const text = textOf(entry.value, key);
      if (text !== undefined) return [[service, addressOf(entry, key, text)] as const];
    }
    return [];
  });
  return Object.fromEntries(pairs);
}

/** @throws UsageError, one clear line, for what in the entry cannot be used */
export function cloudSettings(entry: CloudEntry): CloudSettings {
  if (textOf(entry.value, "cert") !== undefined) throw fault(entry, "client certificates (`cert`) are not supported");
  return {
    name: entry.name,
    identity: identityOf(entry),
    auth: authMethodOf(entry),
    region: textOf(entry.value, "region_name"),
    interface: interfaceOf(entry),
    certificateAuthority: authorityOf(entry),
    overrides: overridesOf(entry),
  };
}
