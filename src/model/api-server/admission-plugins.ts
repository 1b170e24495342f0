/** Which admission plugins an API server runs: by its flags, and by the metric that counts their calls. */

import type { Fact } from "../fact.ts";
import type { ApiServerMetricsFact } from "../facts/api-server-metrics.ts";
import type { FlagzFact } from "../facts/control-plane.ts";
import { type ApiServer, listed, type Setting, setting } from "./api-server-flags.ts";
import type { FeatureState } from "./feature-state.ts";

export interface AdmissionPlugin {
  readonly name: string;
  /** Runs unless it is switched off: its absence from enable-admission-plugins says nothing. */
  readonly byDefault: boolean;
  /** The phase in which the metric counts its calls. */
  readonly phase: "admit" | "validate";
}

const notKept = (found: Setting): boolean => found.state === "set" && found.value === undefined;

export function pluginByFlags(server: Pick<ApiServer, "flags" | "hidesFlags">, plugin: AdmissionPlugin): FeatureState {
  const enabled = setting(server, "enable-admission-plugins");
  const disabled = setting(server, "disable-admission-plugins");
  if (listed(disabled).includes(plugin.name)) return "off";
  if (listed(enabled).includes(plugin.name)) return "on";
  if (server.hidesFlags || notKept(plugin.byDefault ? disabled : enabled)) return "unknown";
  return plugin.byDefault ? "on" : "off";
}

/** By the effective flags of the API server that answered: they are complete. */
export function pluginByFlagz(flagz: Fact<FlagzFact>, plugin: AdmissionPlugin): FeatureState {
  if (flagz.status === "unavailable") return "unknown";
  return pluginByFlags({ flags: flagz.value.flags, hidesFlags: false }, plugin);
}

/** Fewer plugins in one phase than any API server has: some default ones always run, so the series are not whole. */
const fewest = 3;

/**
 * By the duration metric of admission plugins, on the API server that answered. Absence proves that it is off only where
 * others were called in the same phase of a CREATE: series appear with the first call, one for each plugin.
 */
export function pluginByMetrics(metrics: Fact<ApiServerMetricsFact>, plugin: AdmissionPlugin): FeatureState {
  if (metrics.status === "unavailable") return "unknown";
  const samples = metrics.value.series.apiserver_admission_controller_admission_duration_seconds_count ?? [];
  if (samples.some(({ labels }) => labels.name === plugin.name)) return "on";
  const called = samples.filter(
    ({ labels, value }) => labels.type === plugin.phase && labels.operation === "CREATE" && value > 0,
  );
  return new Set(called.map(({ labels }) => labels.name)).size >= fewest ? "off" : "unknown";
}
