/** What a caller may ask of a run; the command line fills it, a library caller may as well. */

import type { Format } from "../../reporters/index.ts";
import type { Inputs } from "../model/evidence.ts";
import { UsageError } from "../model/faults.ts";
import { parseInstant } from "../model/instant.ts";
import type { ObjectName } from "../model/probe.ts";
import type { Signer } from "../model/signer.ts";
import { tiers } from "../model/tiers.ts";
import type { Instant, Tier } from "../model/vocabulary.ts";

export const defaultScope = "scs-compatible-kaas";

/** How to reach the management cluster of the cluster that is looked at, and which of its clusters that is. */
export interface ManagementOptions {
  readonly kubeconfig: string;
  readonly context?: string | undefined;
  /** Found by itself when there is no doubt. */
  readonly cluster?: ObjectName | undefined;
}

/** Where and with what an acting run acts. */
export interface ActingOptions {
  /** The only namespace to act in; a run makes its own otherwise. */
  readonly namespace?: string | undefined;
  /** Reference of the pods' image, or `nodes` for one that is on all nodes. */
  readonly image?: string | undefined;
  /** Where ledgers lie; below XDG_STATE_HOME otherwise. */
  readonly stateFolder?: string | undefined;
}

/** How to reach the cluster, and from where else it is looked at. */
export interface ClusterOptions {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** Milliseconds one request may take. */
  readonly requestTimeout: number;
  /** Milliseconds all of gathering may take; by default ten minutes, and the time that the plan says for what acts. */
  readonly timeout?: number | undefined;
  readonly maxRequestsPerSecond?: number | undefined;
  readonly management?: ManagementOptions | undefined;
  /** Name in clouds.yaml of the OpenStack cloud that the cluster's machines run in. */
  readonly openstackCloud?: string | undefined;
  readonly acting?: ActingOptions | undefined;
}

/** What to look at and by which rules. */
export interface SelectionOptions {
  readonly scope: string;
  readonly scopeVersion?: string | undefined;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly tier: Tier;
  readonly includeProposed: boolean;
  readonly asOf?: Instant | undefined;
}

/** What else judging takes into account. */
export interface InputOptions {
  readonly subject?: string | undefined;
  /** A release and CVE data file instead of the embedded one. */
  readonly data?: string | undefined;
  /** Results of the upstream e2e suite as tools leave them: one run for each kind of specs. */
  readonly conformanceFiles?: readonly string[] | undefined;
  /** Runs of the suite that were asked for and left nothing. */
  readonly suitesWithoutResults?: Inputs["suitesWithoutResults"];
  /** Conformance results in reduced form, as an import leaves them. */
  readonly conformanceResults?: Inputs["conformanceResults"];
  /** Declarations files; their signatures are looked for beside them. */
  readonly declarations?: readonly string[] | undefined;
  /** Waivers files. */
  readonly waivers?: readonly string[] | undefined;
}

/** Which files a run leaves beside those that it always does. */
export interface FormatOptions {
  readonly formats: readonly Format[];
  /** Path in a repository that findings are shown at in SARIF. */
  readonly sarifLocation?: string | undefined;
}

/** Who signs; at most one of `signer`, `key` and `agent`. */
export interface SigningOptions {
  /** One that is at hand already. */
  readonly signer?: Signer | undefined;
  readonly key?: string | undefined;
  readonly agent?: string | undefined;
  /** Asks for the passphrase of an encrypted key. */
  readonly passphrase: () => Promise<string | undefined>;
  readonly agentSocket?: string | undefined;
  /** Another program signs, with `key`. */
  readonly program?: "ssh-keygen" | undefined;
  /** Environment of that program. */
  readonly environment?: { readonly [name: string]: string | undefined } | undefined;
  /** Told what the person has to do while it signs. */
  readonly notice?: ((text: string) => void) | undefined;
}

export function instantOption(name: string, text: string): Instant {
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  throw new UsageError(`${name} ${JSON.stringify(text)} is no date.`, "Write 2026-11-23 or 2026-11-23T10:00:00Z.");
}

/** A file of a repository, below its root, as SARIF names it. */
export function repositoryPath(name: string, text: string): string {
  const parts = text.split("/");
  const inside = parts.every((part) => /^[^\\:\p{C}]+$/u.test(part) && part !== "." && part !== "..");
  if (inside && text.length <= 1000) return text;
  throw new UsageError(
    `${name} ${JSON.stringify(text)} is no path of a file in a repository.`,
    "Name it from the repository's root, with slashes: clusters/production/cluster.yaml.",
  );
}

export function tierOption(text: string): Tier {
  const tier = tiers.find((candidate) => candidate === text);
  if (tier === undefined)
    throw new UsageError(`There is no tier ${JSON.stringify(text)}.`, `Tiers: ${tiers.join(", ")}.`);
  if (tier !== "intrusive") return tier;
  throw new UsageError(
    `This version goes as far as tier system; ${tier} is not built yet.`,
    "Choose observe, dry-run, active or system with --tier.",
  );
}

/** `NAMESPACE/NAME`, both as Kubernetes lets objects be named. */
export function objectNameOption(name: string, text: string): ObjectName {
  const label = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
  const match = new RegExp(`^(${label})/(${label}(?:\\.${label}){0,9})$`).exec(text);
  if (match?.[1] !== undefined && match[2] !== undefined) return { namespace: match[1], name: match[2] };
  throw new UsageError(`${name} ${JSON.stringify(text)} names no object.`, "Write NAMESPACE/NAME.");
}

/** A namespace that the caller lets a run act in: none of the cluster's own. */
export function namespaceOption(name: string, text: string): string {
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text))
    throw new UsageError(`${name} ${JSON.stringify(text)} is no name of a namespace.`, "Name one that is there.");
  if (text === "default" || text.startsWith("kube-"))
    throw new UsageError(`${name} ${text}: nothing is ever made in there.`, "Name a namespace of your own.");
  return text;
}

/** A reference as container runtimes take it, or `nodes`. */
export function imageOption(name: string, text: string): string {
  if (text.length <= 500 && /^[a-z0-9][a-zA-Z0-9._:/-]*(?:@sha256:[0-9a-f]{64})?$/.test(text)) return text;
  throw new UsageError(
    `${name} ${JSON.stringify(text)} is no reference of an image.`,
    "Write registry.example/agnhost@sha256:..., or nodes for one that all nodes have.",
  );
}

/** `10s`, `2m`, `500ms` as milliseconds. */
export function durationOption(name: string, text: string): number {
  const match = /^(\d{1,6})(ms|s|m|h)$/.exec(text);
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[match?.[2] ?? ""];
  const duration = Number(match?.[1]) * (unit ?? Number.NaN);
  if (duration > 0 && duration <= 86_400_000) return duration;
  throw new UsageError(`${name} ${JSON.stringify(text)} is no duration of at most a day.`, "Write 10s, 2m or 500ms.");
}
