/** A handler that serves objects and lists as an API server does: paging, metadata only, label selectors, Status objects. */

import { type LoopbackResponse, statusObject } from "./loopback-response.ts";
import type { LoopbackHandler } from "./loopback-server.ts";

export interface KubernetesRoutesOptions {
  /** Answers by path before anything else: 403, 429, faults. */
  readonly overrides?: { readonly [path: string]: LoopbackResponse };
  /** Says 410 for the continue token of the given list, once for each time the path is named. */
  readonly expireOnce?: readonly string[];
  /** The most objects that a page has, whatever limit was asked for. */
  readonly mostPerPage?: number;
  /** etcd's history up to this revision is gone: exact lists below it are 410, later ones say which revision they are of. */
  readonly compactedUpTo?: number;
  /** The collection's resource version, "1000" by default. */
  readonly resourceVersion?: string;
}

interface KubernetesObject {
  readonly metadata?: { readonly name?: string; readonly labels?: { readonly [key: string]: string } };
}

export const forbidden = (
  message = 'nodes is forbidden: User "loopback" cannot list resource "nodes"',
): LoopbackResponse => ({
  status: 403,
  body: statusObject(403, message),
});

export const unauthorized: LoopbackResponse = { status: 401, body: statusObject(401, "Unauthorized") };

/** No such object, as opposed to no such resource, which is what an unknown path gives. */
export const notFound = (message = 'configmaps "kubeadm-config" not found'): LoopbackResponse => ({
  status: 404,
  body: statusObject(404, message),
});

export const tooManyRequests = (retryAfterSeconds = 1): LoopbackResponse => ({
  status: 429,
  headers: { "retry-after": String(retryAfterSeconds) },
  body: statusObject(429, "the server has received too many requests and has asked us to try again later"),
});

export const expired: LoopbackResponse = {
  status: 410,
  body: statusObject(410, "The provided continue parameter is too old to display a consistent list result."),
};

function selects(selector: string | null, object: KubernetesObject): boolean {
  if (selector === null || selector === "") return true;
  const labels = object.metadata?.labels ?? {};
  return selector.split(",").every((term) => {
    const [key = "", value] = term.split(/==?/);
    if (key.startsWith("!")) return !(key.slice(1) in labels);
    return value === undefined ? key in labels : labels[key] === value;
  });
}

function page(items: readonly object[], url: URL, accept: string, options: KubernetesRoutesOptions): LoopbackResponse {
  const resourceVersion = exactRevision(url) ?? options.resourceVersion ?? "1000";
  const metadataOnly = accept.includes("as=PartialObjectMetadataList");
  const chosen = items.filter((item) => selects(url.searchParams.get("labelSelector"), item));
  const token = url.searchParams.get("continue");
  const start = token === null ? 0 : Number(Buffer.from(token, "base64url").toString());
  // With resourceVersion=0 the watch cache answers and the limit is ignored.
  const asked = url.searchParams.get("resourceVersion") === "0" ? 0 : Number(url.searchParams.get("limit") ?? 0);
  const limit = Math.min(asked || Number.POSITIVE_INFINITY, options.mostPerPage ?? Number.POSITIVE_INFINITY);
  const end = Math.min(start + limit, chosen.length);
  const rest = chosen.length - end;
  const part = chosen.slice(start, end);
  const reduced = part.map((item) => ({
    apiVersion: "meta.k8s.io/v1",
    kind: "PartialObjectMetadata",
    metadata: (item as KubernetesObject).metadata ?? {},
  }));
  const metadata = {
    resourceVersion,
    ...(rest > 0 ? { continue: Buffer.from(String(end)).toString("base64url"), remainingItemCount: rest } : {}),
  };
  return {
    body: metadataOnly
      ? {
          kind: "PartialObjectMetadataList",
          apiVersion: "meta.k8s.io/v1",
          metadata,
          items: part.length === 0 ? null : reduced,
        }
      : { kind: "List", apiVersion: "v1", metadata, items: part },
  };
}

/** The revision that a list is asked for at, undefined for a list of now. */
function exactRevision({ searchParams }: URL): string | undefined {
  return searchParams.get("resourceVersionMatch") === "Exact"
    ? (searchParams.get("resourceVersion") ?? undefined)
    : undefined;
}

/**
 * Routes by path without query. An array is a list and is paged; a string is sent as text (`/metrics`, `/readyz`);
 * any other value is sent as JSON. Unknown paths answer like an API server that does not serve the resource.
 */
export function kubernetesRoutes(
  objects: { readonly [path: string]: string | object | readonly object[] },
  options: KubernetesRoutesOptions = {},
): LoopbackHandler {
  const toExpire = [...(options.expireOnce ?? [])];
  return ({ url, headers }) => {
    const override = options.overrides?.[url.pathname];
    if (override !== undefined) return override;
    const value = objects[url.pathname];
    if (value === undefined) return undefined;
    if (typeof value === "string") return { body: value };
    if (!Array.isArray(value)) return { body: value };
    const due = toExpire.indexOf(url.pathname);
    if (url.searchParams.has("continue") && due >= 0) {
      toExpire.splice(due, 1);
      return expired;
    }
    if (Number(exactRevision(url) ?? Number.POSITIVE_INFINITY) <= (options.compactedUpTo ?? 0)) return expired;
    return page(value, url, String(headers.accept ?? ""), options);
  };
}
