/** The admission plugin EventRateLimit: whether an API server runs it, and whether it was given a configuration. */

import type { Fact } from "../fact.ts";
import type { ApiServerMetricsFact } from "../facts/api-server-metrics.ts";
import { type ApiServer, listed, setting } from "./api-server-flags.ts";

export const plugin = "EventRateLimit";
/** The only place where its limits can be written; the file itself is not visible. */
export const configFlag = "admission-control-config-file";

export type PluginState = "configured" | "enabled" | "off" | "unknown";

export function pluginByFlags(server: Pick<ApiServer, "flags" | "hidesFlags">): PluginState {
  const enabled = setting(server, "enable-admission-plugins");
  const disabled = listed(setting(server, "disable-admission-plugins"));
  if (disabled.includes(plugin)) return "off";
  if (enabled.state === "unknown" || (enabled.state === "set" && enabled.value === undefined)) return "unknown";
  if (!listed(enabled).includes(plugin)) return server.hidesFlags ? "unknown" : "off";
  const config = setting(server, configFlag);
  return config.state === "set" ? "configured" : "enabled";
}

/**
 * By the duration metric of admission plugins, on the API server that answered. Absence proves that it is off only where
 * another plugin has validated a CREATE: series appear with the first call.
 */
export function pluginByMetrics(metrics: Fact<ApiServerMetricsFact>): "enabled" | "off" | "unknown" {
  if (metrics.status === "unavailable") return "unknown";
  const samples = metrics.value.series.apiserver_admission_controller_admission_duration_seconds_count ?? [];
  if (samples.some(({ labels }) => labels.name === plugin)) return "enabled";
  const called = samples.some(
    ({ labels, value }) => labels.type === "validate" && labels.operation === "CREATE" && value > 0,
  );
  return called ? "off" : "unknown";
}
