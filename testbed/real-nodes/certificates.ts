import type { Lifetime } from "../certificates.ts";
import { network } from "../options.ts";
import type { ServingNeeds } from "../pki.ts";
import type { Plan } from "./plan.ts";

/** What the serving certificate of each control-plane node's API server has to say. */
export function servingCertificates(plan: Plan, lifetime: Lifetime = {}): ServingNeeds[] {
  return plan.controlPlanes.map(({ name, number, address }) => ({
    ...lifetime,
    file: `apiserver-${number}`,
    dnsNames: [name],
    addresses: ["127.0.0.1", "::1", ...network.kubernetesService, address.v4, address.v6],
  }));
}
