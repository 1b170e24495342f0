/**
 * The ports of the tiers that act. Everything made through them is the run's own: named and labelled as such, noted on disk
 * before it is made, and removed when the run ends, whatever ends it.
 */

import type { Said } from "./asking.ts";
import type { Answer, ReadOptions } from "./cluster.ts";
import type { Reading } from "./fact.ts";
import type { JsonObject } from "./json.ts";

/** A namespace of the run, and what its pods may be. */
export interface NamespaceOptions {
  /** Tells the namespaces of one run apart: `scs-conformance-k3v9x-peers`; absent: the run's first, which all probes share. */
  readonly purpose?: string;
  readonly labels?: { readonly [name: string]: string };
  /** Level that Pod Security Admission is asked to hold it to; `restricted` by default. Counts when it is made. */
  readonly podSecurity?: "restricted" | "baseline" | "privileged";
}

/** What a command in a container left. */
export interface CommandResult {
  readonly exitCode: number;
  /** UTF-8, cut at 64 KiB. */
  readonly stdout: string;
  readonly stderr: string;
}

/** The image of the run's pods and what is in it. */
export interface PodImage {
  /** By digest where the caller gave one. */
  readonly reference: string;
  /** `Never` where it was found on the nodes. */
  readonly pullPolicy: "IfNotPresent" | "Never";
  /** By its name: `agnhost` has all that busybox has, and servers; `unknown` may have neither. */
  readonly holds: "agnhost" | "busybox" | "unknown";
}

export interface WaitOptions {
  readonly milliseconds: number;
}

/** An object in a namespace of the run. */
export interface OwnObject {
  readonly namespace: string;
  readonly name: string;
}

/** Requests in the name of a ServiceAccount of the run, by a token that no probe sees and that ends with the run. */
export interface AccountClient {
  /** What the token says of itself (RFC 7519): `iss`, `aud`, `exp`, `sub`, `kubernetes.io`. Read, not verified. */
  readonly claims: JsonObject;
  /** GET, never repeated: 429 comes back as it is when it is among `answers`. */
  get(path: string, options?: Pick<ReadOptions, "answers" | "maxBytes">): Promise<Reading<Answer>>;
  /** POST of a review that is answered and forgotten, such as a SelfSubjectReview; its `status` is the answer. */
  review(path: string, review: JsonObject): Promise<Reading<JsonObject>>;
}

/**
 * Tier `active`: objects in namespaces of the run, and no others; only `createClusterScoped` is for tier `system`. Paths
 * elsewhere are a defect, not a request. Every object has a `metadata.name` that holds the run (`name(...)`): a lost answer
 * can then be told from one that was refused, and two runs in one namespace do not meet.
 */
export interface ClusterActor {
  /** Part of every name and label of this run: five characters that a DNS label may hold. */
  readonly run: string;
  /** `writer` -> `writer-k3v9x`. */
  name(purpose: string): string;
  /** What pods of the run are to be made of. Unread when the caller wanted one that is on the nodes, and none is. */
  image(): Promise<Reading<PodImage>>;
  /**
   * The name of the namespace, made when it is first asked for; the same name each time. `not-given` for a further one where
   * the caller named the only namespace to use.
   */
  namespace(options?: NamespaceOptions): Promise<Reading<string>>;
  /** POST to a collection in a namespace of the run. Refusals by admission, quota and validation (403, 409, 422) are answers. */
  create(path: string, object: JsonObject): Promise<Reading<Said>>;
  /** POST of a helper that belongs to no namespace. It is the run's namespace that owns it: it goes at the latest with that. */
  createClusterScoped(path: string, object: JsonObject): Promise<Reading<Said>>;
  /** PATCH (RFC 7386) of an object of the run. Refusals are answers. */
  patch(path: string, patch: JsonObject): Promise<Reading<Said>>;
  /** DELETE of an object of the run; comes back at once. With `gone`, only when it is no longer there, or `timeout`. */
  remove(path: string, gone?: WaitOptions): Promise<Reading<undefined>>;
  /**
   * Looks at an object again and again until `seen` finds in it what it looks for; `timeout` when it does not in that time.
   * One that is not there yet is waited for.
   */
  until<T>(path: string, seen: (object: JsonObject) => T | undefined, wait: WaitOptions): Promise<Reading<T>>;
  /** Runs a command in a container (the first, unless named) of a pod of the run. */
  exec(
    pod: OwnObject & { readonly container?: string },
    command: readonly string[],
    wait: WaitOptions,
  ): Promise<Reading<CommandResult>>;
  /** Events about an object of the run: `FailedScheduling: 0/3 nodes are available ...`, oldest first, at most twenty. */
  events(object: OwnObject): Promise<Reading<readonly string[]>>;
  /** A ServiceAccount of the run (it has one named `default`), as which requests can be made. */
  account(account: OwnObject): Promise<Reading<AccountClient>>;
}

/** What a probe of an acting tier makes, for the plan. */
export interface Makes {
  /** How many of each kind, those of controllers not counted: `{ Pod: 2, PersistentVolumeClaim: 1 }`. */
  readonly objects: { readonly [kind: string]: number };
  /** Purposes of the namespaces it needs beside the run's first. */
  readonly namespaces?: readonly string[];
  /** Pods at the same time, those of controllers as well, and what all of them together request. */
  readonly pods: number;
  readonly cpuMillicores?: number;
  readonly memoryMebibytes?: number;
  /** Longest time it takes, clean-up not counted. */
  readonly seconds: number;
  /** What a provider may charge for: `one volume of 1 GiB, for minutes`. */
  readonly cost?: string;
  /** What others on the cluster may notice. */
  readonly disturbs?: string;
}
