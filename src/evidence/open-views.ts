/** The views that a run has: of each its reader, and the log of what was asked. */
import type { Static } from "@sinclair/typebox";
import type { ClusterActor } from "../model/acting.ts";
import type { ClusterAsker } from "../model/asking.ts";
import type { CloudReader } from "../model/cloud.ts";
import type { ClusterReader, RequestRecord } from "../model/cluster.ts";
import type { StoredRequest as RequestSchema } from "../model/evidence.ts";
import type { ListenerReader } from "../model/listeners.ts";
import type { ObjectName } from "../model/probe.ts";
import { type View, views } from "../model/views.ts";
import { unnamedPath } from "./unnamed-path.ts";

type StoredRequest = Static<typeof RequestSchema>;

export interface OpenView<Reader> {
  readonly reader: Reader;
  /** All requests so far; grows. */
  readonly requests: readonly RequestRecord[];
}

/** What is undefined was not given. */
export interface OpenViews {
  /** The asker is for probes above tier `observe`, the actor for those above `dry-run`, listeners for those of `system`. */
  readonly cluster: OpenView<ClusterReader> & {
    readonly asker?: ClusterAsker;
    readonly actor?: ClusterActor;
    readonly listeners?: ListenerReader;
  };
  /** With the cluster object that the caller named as the one looked at. */
  readonly management?: (OpenView<ClusterReader> & { readonly managed?: ObjectName | undefined }) | undefined;
  readonly cloud?: OpenView<CloudReader> | undefined;
}

export function givenViews(open: OpenViews): readonly View[] {
  return views.filter((view) => open[view] !== undefined);
}

/** The requests of all views as the evidence keeps them, view by view. */
export function storedRequests(open: OpenViews): StoredRequest[] {
  return givenViews(open).flatMap((view) => {
    const of = view === "cluster" ? {} : { view };
    // a management cluster is many customers': its namespaces and objects may be called after them
    const pathOf = view === "management" ? unnamedPath : (path: string) => path;
    return (open[view]?.requests ?? []).map((request) => ({ ...stored(request), path: pathOf(request.path), ...of }));
  });
}

function stored({ method, path, status, milliseconds, bytes, attempt }: RequestRecord): StoredRequest {
  return { method, path, status, milliseconds: Math.round(milliseconds), bytes, attempt };
}
