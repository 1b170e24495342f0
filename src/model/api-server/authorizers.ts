/** Which authorizers an API server asks (authorization-mode), as far as flags and its metric of decisions show. */

import type { Fact } from "../fact.ts";
import type { AuthorizersFact } from "../facts/answers.ts";
import type { ApiServerMetricsFact } from "../facts/api-server-metrics.ts";
import type { FlagzFact } from "../facts/control-plane.ts";
import type { Finding } from "../finding.ts";
import { type ApiServer, listed, setting } from "./api-server-flags.ts";
import type { FeatureState } from "./feature-state.ts";

/** What an API server without --authorization-mode and without a configuration file does. */
const byDefault = ["AlwaysAllow"];

/** Undefined: in a file (--authorization-config), or not visible. */
export function authorizersByFlags(server: ApiServer): readonly string[] | undefined {
  if (setting(server, "authorization-config").state === "set") return undefined;
  const mode = setting(server, "authorization-mode");
  if (mode.state === "absent") return server.handedOn ? undefined : byDefault;
  return mode.state === "set" && mode.value !== undefined ? listed(mode) : undefined;
}

/** Of the API server that answered. Empty: the authorizers stand in a file. */
export function authorizersByFlagz(flagz: Fact<FlagzFact>): readonly string[] | undefined {
  const value = flagz.status === "collected" ? flagz.value.flags.values["authorization-mode"] : undefined;
  return value === undefined || value === "" ? undefined : value.split(",");
}

/**
 * Authorizers of the API server that answered that have decided something since it started (1.30 and newer). Only final
 * decisions count, and an authorizer that was never the one to decide does not show: absence proves nothing.
 */
export function authorizersByMetrics(metrics: Fact<ApiServerMetricsFact>): readonly string[] {
  if (metrics.status === "unavailable") return [];
  const samples = metrics.value.series.apiserver_authorization_decisions_total ?? [];
  return [...new Set(samples.flatMap(({ labels, value }) => (value > 0 && labels.type ? [labels.type] : [])))];
}

export function oneOfThem(found: readonly string[] | undefined, wanted: readonly string[]): FeatureState {
  if (found === undefined) return "unknown";
  return wanted.some((name) => found.includes(name)) ? "on" : "off";
}

/** By the reasons given for access reviews. Only Node speaks always: that another one kept silent tells nothing. */
export function authorizerByReview(told: AuthorizersFact, wanted: readonly string[]): boolean | null {
  if ((wanted.includes("Node") && told.node) || (wanted.includes("RBAC") && told.rbac)) return true;
  return wanted.length === 1 && wanted[0] === "Node" ? told.node : null;
}

/** Named, not judged: beside the others AlwaysAllow makes them meaningless. */
export function alwaysAllow(servers: readonly ApiServer[]): readonly Finding[] {
  return servers
    .filter((server) => authorizersByFlags(server)?.includes("AlwaysAllow"))
    .map(({ subject }) => ({
      code: "always-allow",
      subject,
      expected: "no AlwaysAllow",
      actual: "AlwaysAllow",
      message: `${subject.name} allows every request that no other authorizer denies (AlwaysAllow)`,
    }));
}
