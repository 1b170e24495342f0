/** The admission plugin EventRateLimit: whether an API server runs it, and whether it was given a configuration. */
import { type AdmissionPlugin, pluginByFlags } from "./admission-plugins.ts";
import { type ApiServer, setting } from "./api-server-flags.ts";

export const eventRateLimitPlugin: AdmissionPlugin = { name: "EventRateLimit", byDefault: false, phase: "validate" };

/** The only place where its limits can be written; the file itself is not visible. */
export const configFlag = "admission-control-config-file";

export type RateLimitState = "configured" | "enabled" | "off" | "unknown";

export function rateLimitByFlags(server: Pick<ApiServer, "flags" | "hidesFlags">): RateLimitState {
  const state = pluginByFlags(server, eventRateLimitPlugin);
  if (state !== "on") return state;
  return setting(server, configFlag).state === "set" ? "configured" : "enabled";
}
