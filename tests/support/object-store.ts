/** A handler that keeps objects as an API server does: POST, GET, merge PATCH, DELETE with preconditions, lists by label. */
import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../src/model/json.ts";
import { type LoopbackResponse, statusObject } from "./loopback-response.ts";
import type { LoopbackHandler, LoopbackRequest } from "./loopback-server.ts";

type Stored = { [key: string]: unknown; metadata: { [key: string]: unknown; name: string; uid: string } };

export interface ObjectStore {
  readonly handler: LoopbackHandler;
  /** By path. */
  readonly objects: Map<string, Stored>;
  /** Answers before anything else; undefined goes on. */
  before: (request: LoopbackRequest) => LoopbackResponse | undefined;
  /** Finalizers that keep what is deleted, by path; removed by who lets it go. */
  readonly held: Set<string>;
}

const resources = [
  "namespaces pods services configmaps serviceaccounts persistentvolumes persistentvolumeclaims nodes events",
  "deployments daemonsets statefulsets jobs networkpolicies ingresses roles rolebindings clusterroles",
  "clusterrolebindings flowschemas prioritylevelconfigurations certificatesigningrequests storageclasses",
].join(" ");
const collection = new RegExp(`/(${resources.replaceAll(" ", "|")})$`);

/** A new namespace has its ServiceAccount at once; what lies in a namespace goes with it. */
export function objectStore(): ObjectStore {
  const store: ObjectStore = {
    objects: new Map(),
    held: new Set(),
    before: () => undefined,
    handler: (request) => store.before(request) ?? answer(store, request),
  };
  return store;
}

/** Puts an object there that somebody else made. */
export function put(store: ObjectStore, path: string, object: JsonObject = {}): Stored {
  const name = path.split("/").at(-1) ?? "";
  const metadata = { ...(object.metadata as object), name, uid: randomUUID() };
  const stored = { ...object, metadata };
  store.objects.set(path, stored);
  return stored;
}

function answer(store: ObjectStore, { method, url, body }: LoopbackRequest): LoopbackResponse {
  const { pathname } = url;
  if (method === "POST") return post(store, pathname, JSON.parse(body) as JsonObject);
  if (method === "GET" && collection.test(pathname))
    return list(store, pathname, url.searchParams.get("labelSelector"));
  const there = store.objects.get(pathname);
  if (there === undefined) return { status: 404, body: statusObject(404, `"${pathname}" not found`) };
  if (method === "GET") return { body: there };
  if (method === "DELETE") return remove(store, pathname, there, JSON.parse(body) as JsonObject);
  const patched = merge(there, JSON.parse(body) as JsonObject) as Stored;
  store.objects.set(pathname, patched);
  return { body: patched };
}

function post(store: ObjectStore, pathname: string, object: JsonObject): LoopbackResponse {
  if (pathname.endsWith("/selfsubjectaccessreviews")) return { status: 201, body: { status: { allowed: true } } };
  const { name } = object.metadata as { readonly name: string };
  const path = `${pathname}/${name}`;
  if (store.objects.has(path)) return { status: 409, body: statusObject(409, `"${name}" already exists`) };
  const stored = put(store, path, object);
  if (pathname.endsWith("/namespaces")) put(store, `${path}/serviceaccounts/default`);
  return { status: 201, body: stored };
}

function remove(store: ObjectStore, path: string, there: Stored, options: JsonObject): LoopbackResponse {
  const { uid } = (options.preconditions ?? {}) as { readonly uid?: string };
  if (uid !== undefined && uid !== there.metadata.uid) return { status: 409, body: statusObject(409, "another uid") };
  if (store.held.has(path)) {
    there.metadata.deletionTimestamp = "2026-11-27T00:00:00Z";
    return { body: there };
  }
  const inside = /^\/api\/v1\/namespaces\/[^/]+$/.test(path) ? `${path.slice("/api/v1".length)}/` : `${path}/`;
  for (const one of [...store.objects.keys()]) if (one === path || one.includes(inside)) store.objects.delete(one);
  return { body: there };
}

function list(store: ObjectStore, pathname: string, selector: string | null): LoopbackResponse {
  const terms = (selector ?? "").split(",").filter((term) => term !== "");
  const items = [...store.objects].flatMap(([path, object]) => {
    if (path.slice(0, path.lastIndexOf("/")) !== pathname) return [];
    const labels = (object.metadata.labels ?? {}) as { readonly [name: string]: string };
    return terms.every((term) => labels[term.split("=")[0] ?? ""] === term.split("=")[1]) ? [object] : [];
  });
  return { body: { kind: "List", apiVersion: "v1", metadata: { resourceVersion: "1" }, items } };
}

function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const result: { [key: string]: unknown } = { ...(target as object) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}
