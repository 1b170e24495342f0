/** NetworkPolicies of the matrix (networking.k8s.io/v1), by what they are for. */
import { isIP } from "node:net";
import type { MatrixPeer } from "../../model/facts/network-paths.ts";
import type { JsonObject } from "../../model/json.ts";
import { secondPort } from "./peers.ts";

/** What names and addresses the pods of this run have. */
export interface Ground {
  readonly home: string;
  readonly other: string;
  readonly addresses: { readonly [P in MatrixPeer]: readonly string[] };
}

/** `spec` of a policy. */
export type PolicySpec = JsonObject;

const pods = (labels: JsonObject): JsonObject => ({ podSelector: { matchLabels: labels } });
const servers: JsonObject = { matchLabels: { role: "server" } };
const namespaced = (name: string): JsonObject => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});

export const denyIngress: PolicySpec = { podSelector: {}, policyTypes: ["Ingress"] };
export const denyEgress: PolicySpec = { podSelector: {}, policyTypes: ["Egress"] };

/** Lets `from` in to the servers, at `ports` or at every port. */
function toServers(from: readonly JsonObject[], ports?: readonly JsonObject[]): PolicySpec {
  const rule: JsonObject = { from: [...from], ...(ports ? { ports: [...ports] } : {}) };
  return { podSelector: servers, policyTypes: ["Ingress"], ingress: [rule] };
}

export const fromX: PolicySpec = toServers([pods({ peer: "x" })]);
export const fromOtherNamespace = ({ other }: Ground): PolicySpec => toServers([namespaced(other)]);
/** One peer with both selectors: pods that match the one, in namespaces that match the other. */
export const fromYOfHome = ({ home }: Ground): PolicySpec =>
  toServers([{ ...namespaced(home), ...pods({ peer: "y" }) }]);

export const fromXAt = (...ports: readonly JsonObject[]): PolicySpec => toServers([pods({ peer: "x" })], ports);

const block = (address: string): string => `${address}/${isIP(address) === 6 ? 128 : 32}`;

export const fromAddressesOf = ({ addresses }: Ground, peer: MatrixPeer): PolicySpec =>
  toServers(addresses[peer].map((address) => ({ ipBlock: { cidr: block(address) } })));

/** Everybody but one: of each family the whole range, except the address. */
export const exceptAddressesOf = ({ addresses }: Ground, peer: MatrixPeer): PolicySpec =>
  toServers(
    addresses[peer].map((address) => ({
      ipBlock: { cidr: isIP(address) === 6 ? "::/0" : "0.0.0.0/0", except: [block(address)] },
    })),
  );

/** Lets one client out to what is named, and every one of its lookups. */
export function outOf(client: MatrixPeer, to: readonly JsonObject[]): PolicySpec {
  const lookups: JsonObject = {
    ports: [
      { port: 53, protocol: "UDP" },
      { port: 53, protocol: "TCP" },
    ],
  };
  return {
    podSelector: { matchLabels: { peer: client } },
    policyTypes: ["Egress"],
    egress: [lookups, { to: [...to] }],
  };
}

export const podsOf = (peer: MatrixPeer): JsonObject => pods({ peer });
export const addressesOf = ({ addresses }: Ground, peer: MatrixPeer): readonly JsonObject[] =>
  addresses[peer].map((address) => ({ ipBlock: { cidr: block(address) } }));

/** Lets one client in to one server, at its first two ports. */
export function into(server: MatrixPeer, client: MatrixPeer): PolicySpec {
  return {
    podSelector: { matchLabels: { peer: server } },
    policyTypes: ["Ingress"],
    ingress: [{ from: [pods({ peer: client })], ports: [{ port: 8080, endPort: secondPort, protocol: "TCP" }] }],
  };
}
