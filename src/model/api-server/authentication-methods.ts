/** By which methods an API server tells who asks (Kubernetes documentation, authentication strategies). */

import type { Fact } from "../fact.ts";
import type { ApiServerMetricsFact } from "../facts/api-server-metrics.ts";
import type { ClientCertificateFact, ClusterCaFact } from "../facts/certificates.ts";
import type { ComponentFlags } from "../facts/component-flags.ts";
import type { FlagzFact } from "../facts/control-plane.ts";
import type { IdentityFact } from "../facts/identity.ts";

export const serviceAccountTokens = "service account tokens";
const clientCertificates = "client certificates";
const authenticatingProxy = "authenticating proxy";

/** The flag that switches a method on; that it is written is enough, its value is mostly a file. */
const methods: readonly (readonly [flag: string, method: string])[] = [
  ["client-ca-file", clientCertificates],
  ["service-account-issuer", serviceAccountTokens],
  ["service-account-key-file", serviceAccountTokens],
  ["enable-bootstrap-token-auth", "bootstrap tokens"],
  ["oidc-issuer-url", "OpenID Connect"],
  ["authentication-token-webhook-config-file", "webhook"],
  ["requestheader-client-ca-file", authenticatingProxy],
  ["token-auth-file", "static tokens"],
];

const off = /^(|false|f|0)$/i;

/** Methods that flags switch on, sorted. Those of --authentication-config stand in a file. */
export function methodsByFlags({ values, withheld }: ComponentFlags): readonly string[] {
  const found = methods.filter(([flag]) => {
    const value = values[flag];
    return value === undefined ? withheld.includes(flag) : !off.test(value);
  });
  return [...new Set(found.map(([, method]) => method))].sort();
}

export interface AuthenticationFacts {
  readonly "kube/flagz": Fact<FlagzFact>;
  readonly "kube/cluster-ca": Fact<ClusterCaFact>;
  readonly "kube/client-certificate": Fact<ClientCertificateFact>;
  readonly "kube/identity": Fact<IdentityFact>;
  readonly "kube/api-server-metrics": Fact<ApiServerMetricsFact>;
}

/**
 * Methods that the API server that answered shows: its flags in force, the authorities that it publishes for aggregated API
 * servers, a client certificate of ours that it took, and service account tokens that it found valid since it started.
 */
export function methodsByAnswer(facts: AuthenticationFacts): readonly string[] {
  const flagz = facts["kube/flagz"];
  const authorities = facts["kube/cluster-ca"];
  const own = facts["kube/client-certificate"];
  const metrics = facts["kube/api-server-metrics"];
  const found = new Set(flagz.status === "collected" ? methodsByFlags(flagz.value.flags) : []);
  if (authorities.status === "collected") {
    if (authorities.value.clientCa !== undefined) found.add(clientCertificates);
    if (authorities.value.frontProxyCa !== undefined) found.add(authenticatingProxy);
  }
  // what anonymous requests do not get: the certificate was taken
  const known = facts["kube/identity"].status === "collected";
  if (known && own.status === "collected" && own.value.certificate !== null) found.add(clientCertificates);
  const tokens = metrics.status === "collected" ? metrics.value.series.serviceaccount_valid_tokens_total : undefined;
  if (tokens?.some(({ value }) => value > 0)) found.add(serviceAccountTokens);
  return [...found].sort();
}
