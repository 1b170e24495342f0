/** A story: what a cluster serves, and the moment at which it is looked at. */
import type { Inputs } from "../../../src/model/evidence.ts";
import type { LoopbackResponse } from "../loopback-response.ts";

export interface Story {
  /** Folder below fixtures/clusters. */
  readonly name: string;
  /** The clock while gathering; it stands still. */
  readonly at: string;
  readonly subject: string;
  /** Objects, lists and texts by path, as `kubernetesRoutes` serves them. */
  readonly objects: { readonly [path: string]: string | object };
  /** Answers that come before everything else, such as refusals. */
  readonly overrides?: { readonly [path: string]: LoopbackResponse };
  /** The only paths that are not refused; absent: all. */
  readonly allowed?: readonly string[];
  /** Responses carry the headers of priority and fairness. */
  readonly fairness: boolean;
  /** PEM of the authority that the cluster publishes as its own: the one that signed the server, or another one. */
  readonly front?: boolean;
  /** Kubernetes minor whose releases the evidence keeps. */
  readonly minor: string;
  readonly conformanceResults?: Inputs["conformanceResults"];
}
