/** Finds the kubeconfig and chooses a context in it, as kubectl would: option, KUBECONFIG, ~/.kube/config, in-cluster. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import type { Environment } from "../http/environment.ts";
import { UsageError } from "../model/faults.ts";
import type { JsonObject } from "../model/json.ts";
import { inClusterKubeconfig } from "./in-cluster.ts";
import { type KubeconfigEntry, type KubeconfigFile, mergeKubeconfigs, readKubeconfigFile } from "./kubeconfig-file.ts";

export interface KubeconfigOptions {
  /** The file that the caller named. */
  readonly kubeconfig?: string;
  /** The context to use instead of the current one. */
  readonly context?: string;
  /** `process.env` by default. */
  readonly environment?: Environment;
  /** Where `~` is; the user's home by default. */
  readonly home?: string;
  /** Where a pod finds its ServiceAccount. */
  readonly serviceAccountFolder?: string;
}

/** A context with what it stands for. */
export interface ChosenContext {
  readonly name: string;
  readonly cluster: KubeconfigEntry;
  /** Undefined for a context without a user: nothing but anonymous reads. */
  readonly user: KubeconfigEntry | undefined;
}

const advice = "name a kubeconfig with --kubeconfig or KUBECONFIG";

/** Names out of a file, safe to print. */
const printable = (names: readonly string[]) =>
  names
    .slice(0, 20)
    .map((name) => JSON.stringify(name))
    .join(", ") + (names.length > 20 ? ", ..." : "");

export function textOf(value: JsonObject, key: string): string | undefined {
  const text = value[key];
  return typeof text === "string" && text !== "" ? text : undefined;
}

function load(options: KubeconfigOptions): KubeconfigFile {
  const environment = options.environment ?? process.env;
  if (options.kubeconfig !== undefined) return readKubeconfigFile(options.kubeconfig);
  const named = (environment.KUBECONFIG ?? "").split(delimiter).filter((file) => file !== "");
  if (named.length > 0) {
    // A missing file in the list is no fault, as long as one of them is there.
    const present = named.filter((file) => existsSync(file));
    if (present.length === 0) {
      throw new UsageError([{ message: `no file that KUBECONFIG names exists: ${printable(named)}` }], advice);
    }
    return mergeKubeconfigs(present.map(readKubeconfigFile));
  }
  const usual = join(options.home ?? homedir(), ".kube", "config");
  if (existsSync(usual)) return readKubeconfigFile(usual);
  const inside = inClusterKubeconfig(environment, options.serviceAccountFolder);
  if (inside !== undefined) return inside;
  throw new UsageError("no kubeconfig: none was named, there is no ~/.kube/config, and this is not a pod", advice);
}

function entry(list: readonly KubeconfigEntry[], kind: string, name: string, context: string): KubeconfigEntry {
  const found = list.find((one) => one.name === name);
  if (found !== undefined) return found;
  throw new UsageError(
    `context ${JSON.stringify(context)} names the ${kind} ${JSON.stringify(name)}, which the kubeconfig does not hold`,
  );
}

/**
 * Loads and chooses; opens no connection.
 * @throws UsageError with one clear line: file, YAML, no contexts, unknown context, missing cluster or user
 */
export function chooseContext(options: KubeconfigOptions): ChosenContext {
  const config = load(options);
  const known = config.contexts.map((context) => context.name);
  if (known.length === 0) throw new UsageError("the kubeconfig has no contexts", advice);
  const name = options.context ?? config.currentContext;
  if (name === undefined) {
    throw new UsageError("the kubeconfig has no current context", `choose one with --context: ${printable(known)}`);
  }
  const context = config.contexts.find((one) => one.name === name);
  if (context === undefined) {
    throw new UsageError(
      `the kubeconfig has no context ${JSON.stringify(name)}`,
      `choose one with --context: ${printable(known)}`,
    );
  }
  const cluster = textOf(context.value, "cluster");
  if (cluster === undefined) throw new UsageError(`context ${JSON.stringify(name)} names no cluster`);
  const user = textOf(context.value, "user");
  return {
    name,
    cluster: entry(config.clusters, "cluster", cluster, name),
    user: user === undefined ? undefined : entry(config.users, "user", user, name),
  };
}
