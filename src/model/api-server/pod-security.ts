/** Pod security admission (KEP-2579): whether it runs, and which level holds where a namespace says nothing itself. */

import type { Fact } from "../fact.ts";
import type { ApiServerMetricsFact } from "../facts/api-server-metrics.ts";
import type { VersionFact } from "../facts/version.ts";
import type { CustomResourcesFact } from "../facts/workloads.ts";
import { parseKubernetesVersion } from "../versions/kubernetes-version.ts";
import { type AdmissionPlugin, pluginByFlags } from "./admission-plugins.ts";
import { type ApiServer, setting } from "./api-server-flags.ts";
import type { FeatureState } from "./feature-state.ts";

export const podSecurityPlugin: AdmissionPlugin = { name: "PodSecurity", byDefault: true, phase: "validate" };

/** On by default from here; before, its absence from the flags means that it is off. */
const firstMinor = 23;

export function podSecurityByFlags(
  server: Pick<ApiServer, "flags" | "hidesFlags">,
  version: Fact<VersionFact>,
): FeatureState {
  const gates = setting(server, "feature-gates");
  if (gates.state === "set" && (gates.value ?? "").split(",").includes("PodSecurity=false")) return "off";
  const parsed = version.status === "collected" ? parseKubernetesVersion(version.value.gitVersion) : undefined;
  const byDefault = pluginByFlags(server, podSecurityPlugin);
  const before = parsed !== undefined && parsed.major === 1 && parsed.minor < firstMinor;
  if (before) return pluginByFlags(server, { ...podSecurityPlugin, byDefault: false });
  return byDefault === "on" && parsed === undefined ? "unknown" : byDefault;
}

/** Engines that may hold pods to a level in the plugin's place, by the custom resources that are installed. */
export function policyEngines(resources: Fact<CustomResourcesFact>): readonly string[] {
  if (resources.status === "unavailable") return [];
  const engines: readonly (readonly [name: string, group: RegExp])[] = [
    ["Kyverno", /\.kyverno\.io$/],
    ["Gatekeeper", /gatekeeper\.sh$/],
  ];
  return engines
    .filter(([, group]) => resources.value.relevant.some((name) => group.test(name)))
    .map(([engine]) => engine);
}

export interface Evaluations {
  readonly privileged: number;
  readonly baseline: number;
  readonly restricted: number;
}

/**
 * How often the API server that answered has held a pod to which level (mode enforce) since it started. Undefined when it
 * counts none: the series appear with the first pod.
 */
export function evaluations(metrics: Fact<ApiServerMetricsFact>): Evaluations | undefined {
  if (metrics.status === "unavailable") return undefined;
  const samples = metrics.value.series.pod_security_evaluations_total ?? [];
  const enforced = samples.filter(({ labels }) => labels.mode === "enforce");
  const of = (level: string) =>
    enforced.filter(({ labels }) => labels.policy_level === level).reduce((sum, { value }) => sum + value, 0);
  const found = { privileged: of("privileged"), baseline: of("baseline"), restricted: of("restricted") };
  return found.privileged + found.baseline + found.restricted > 0 ? found : undefined;
}
