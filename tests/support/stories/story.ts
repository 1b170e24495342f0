/** A story: what a cluster serves, and the moment at which it is looked at. */
import type { Inputs } from "../../../src/model/evidence.ts";
import type { ObjectName } from "../../../src/model/probe.ts";
import type { KubernetesRoutesOptions } from "../kubernetes-routes.ts";
import type { LoopbackResponse } from "../loopback-response.ts";
import type { CloudContents } from "../openstack/imitation.ts";

/** Dates of the certificates, where they matter. */
export interface StoryCertificates {
  /** First day of the cluster's CA; a year before the look by default. */
  readonly caSince?: string;
  /** Last day of the CA; ten years after its first by default. */
  readonly caUntil?: string;
  /** First day of the API server's certificate; an hour before the look by default. */
  readonly issuedAt?: string;
  /** Last day of the API server's certificate, the CA's by default. */
  readonly until?: string;
  /** The kubeconfig does not verify what the server shows. */
  readonly unverified?: boolean;
}

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
  /** How the server pages lists, and how far back its history goes; `kubernetesRoutes` knows how. */
  readonly lists?: Omit<KubernetesRoutesOptions, "overrides">;
  /** Responses carry the headers of priority and fairness. */
  readonly fairness: boolean;
  /** PEM of the authority that the cluster publishes as its own: the one that signed the server, or another one. */
  readonly front?: boolean;
  readonly certificates?: StoryCertificates;
  /** Kubernetes minor whose releases the evidence keeps. */
  readonly minor: string;
  readonly conformanceResults?: Inputs["conformanceResults"];
  /** What the management cluster serves, and which of its clusters the caller named. */
  readonly management?: { readonly objects: Story["objects"]; readonly managed?: ObjectName };
  /** What the OpenStack cloud below holds; listeners get the port on which the API server is recorded. */
  readonly cloud?: CloudContents;
  /** Proposals of ours are judged as well. */
  readonly proposed?: boolean;
}
