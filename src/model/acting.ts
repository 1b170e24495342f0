/**
 * The ports of the tiers that act. Everything made through them is the run's own: named and labelled as such, noted on disk
 * before it is made, and removed when the run ends, whatever ends it.
 */

import type { Said } from "./asking.ts";
import type { Reading } from "./fact.ts";
import type { JsonObject } from "./json.ts";

/** A namespace of the run, and what its pods may be. */
interface NamespaceOptions {
  /** Tells the namespaces of one run apart: `scs-conformance-k3v9x-peers`; absent: the run's first, which all probes share. */
  readonly purpose?: string;
  readonly labels?: { readonly [name: string]: string };
  /** Level that Pod Security Admission is asked to hold it to; `restricted` by default. */
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
interface PodImage {
  /** By digest where the caller gave one. */
  readonly reference: string;
  /** `Never` where it was found on the nodes. */
  readonly pullPolicy: "IfNotPresent" | "Never";
}

export interface WaitOptions {
  readonly milliseconds: number;
}

/** Tier `active`: objects in namespaces of the run, and no others. Paths outside them are a defect, not a request. */
export interface ClusterActor {
  /** Part of every name and label of this run; five characters that a DNS label may hold. */
  readonly run: string;
  readonly image: PodImage;
  /** The name of the namespace, made when it is first asked for; the same name each time. */
  namespace(options?: NamespaceOptions): Promise<Reading<string>>;
  /** POST to a collection in a namespace of the run. Refusals by admission, quota and validation (403, 409, 422) are answers. */
  create(path: string, object: JsonObject): Promise<Reading<Said>>;
  /** PATCH (RFC 7386) of an object of the run. */
  patch(path: string, patch: JsonObject): Promise<Reading<Said>>;
  /** DELETE of an object of the run; comes back at once. With `gone`, only when it is no longer there. */
  remove(path: string, gone?: WaitOptions): Promise<Reading<undefined>>;
  /**
   * Looks at an object again and again until `seen` finds in it what it looks for; `timeout` when it does not in that time.
   */
  until<T>(path: string, seen: (object: JsonObject) => T | undefined, wait: WaitOptions): Promise<Reading<T>>;
  /** Runs a command in a container of a pod of the run. */
  exec(
    pod: { readonly namespace: string; readonly name: string },
    command: readonly string[],
    wait: WaitOptions,
  ): Promise<Reading<CommandResult>>;
  /** Events about an object of the run: `FailedScheduling: 0/3 nodes are available ...`, oldest first, at most twenty. */
  events(object: { readonly namespace: string; readonly name: string }): Promise<Reading<readonly string[]>>;
}
