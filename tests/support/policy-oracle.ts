/**
 * What NetworkPolicies let through, by the words of the API (networking.k8s.io/v1) and in as few lines as they take: a pod that
 * no policy selects for a direction is open in it; one that is selected is open to what some rule names.
 */
import { BlockList, isIP } from "node:net";

interface Selector {
  readonly matchLabels?: { readonly [key: string]: string };
}
interface Party {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface Port {
  readonly port: number | string;
  readonly endPort?: number;
  readonly protocol: string;
}
interface Rule {
  readonly from?: readonly Party[];
  readonly to?: readonly Party[];
  readonly ports?: readonly Port[];
}
export interface OraclePolicy {
  readonly podSelector: Selector;
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly Rule[] | null;
  readonly egress?: readonly Rule[] | null;
}

export interface OraclePod {
  readonly namespace: string;
  readonly labels: { readonly [key: string]: string };
  /** Of the family that is tried. */
  readonly address: string;
  readonly portNames: { readonly [name: string]: number };
}

export interface Connection {
  readonly from: OraclePod;
  readonly to: OraclePod;
  readonly port: number;
  readonly protocol: string;
}

/** All policies are in the namespace `home`. */
export function letsThrough(policies: readonly OraclePolicy[], home: string, connection: Connection): boolean {
  const open = (direction: "Ingress" | "Egress"): boolean => {
    const [subject, peer] =
      direction === "Ingress" ? [connection.to, connection.from] : [connection.from, connection.to];
    const selecting = policies.filter(
      ({ podSelector, policyTypes }) =>
        subject.namespace === home && policyTypes.includes(direction) && matches(podSelector, subject.labels),
    );
    if (selecting.length === 0) return true;
    const rules = selecting.flatMap((policy) => (direction === "Ingress" ? policy.ingress : policy.egress) ?? []);
    return rules.some((rule) => {
      const parties = direction === "Ingress" ? rule.from : rule.to;
      const known = parties === undefined || parties.some((party) => isMeant(party, home, peer));
      return known && (rule.ports === undefined || rule.ports.some((port) => isPort(port, connection)));
    });
  };
  return open("Ingress") && open("Egress");
}

function matches({ matchLabels = {} }: Selector, labels: { readonly [key: string]: string }): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}

function isMeant({ podSelector, namespaceSelector, ipBlock }: Party, home: string, peer: OraclePod): boolean {
  if (ipBlock)
    return isWithin(ipBlock.cidr, peer.address) && !(ipBlock.except ?? []).some((one) => isWithin(one, peer.address));
  const namespace = namespaceSelector
    ? matches(namespaceSelector, { "kubernetes.io/metadata.name": peer.namespace })
    : peer.namespace === home;
  return namespace && (podSelector === undefined || matches(podSelector, peer.labels));
}

function isWithin(cidr: string, address: string): boolean {
  const [network = "", bits = ""] = cidr.split("/");
  const family = isIP(network) === 6 ? "ipv6" : "ipv4";
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family);
  return isIP(address) === isIP(network) && list.check(address, family);
}

function isPort({ port, endPort, protocol }: Port, connection: Connection): boolean {
  if (protocol !== connection.protocol) return false;
  if (typeof port === "string") return connection.to.portNames[port] === connection.port;
  return port <= connection.port && connection.port <= (endPort ?? port);
}
