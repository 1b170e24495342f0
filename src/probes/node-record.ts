/** A node object, reduced: addresses and provider ids become families and keyed digests, labels are kept by a short list. */
import { isIP } from "node:net";
import type { AddressFamily, NodeRecord } from "../model/facts/nodes.ts";
import type { Redactor } from "../model/probe.ts";
import { quantityOf } from "./quantity.ts";
import { distinct, inOrder, instantOf, keysAt, listAt, printable, textAt, valueAt } from "./untrusted.ts";

/** Labels whose values checks read: where a node stands and what machine it is. */
const keptLabels: ReadonlySet<string> = new Set([
  "topology.kubernetes.io/region",
  "topology.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "topology.openstack.org/host-id",
  "topology.scs.community/host-id",
  "node.cluster.x-k8s.io/esxi-host",
  "node.kubernetes.io/instance-type",
  "beta.kubernetes.io/instance-type",
]);

/** Domains of annotation and label keys by which the platform is known. */
const platformDomains =
  /(^|\.)(k3s\.io|rke2\.io|cluster\.x-k8s\.io|kubeadm\.alpha\.kubernetes\.io|talos\.dev|gardener\.cloud|sapcloud\.io|microk8s\.io|minikube\.k8s\.io|openshift\.io|container\.googleapis\.com|gke\.io|cloud\.google\.com|eks\.amazonaws\.com|karpenter\.k8s\.aws|kubernetes\.azure\.com|doks\.digitalocean\.com|lke\.linode\.com|k8s\.scaleway\.com|k8s\.ovh\.net|kwok\.x-k8s\.io)$/;

const conditions: ReadonlySet<string> = new Set(["True", "False", "Unknown"]);
const rolePrefix = "node-role.kubernetes.io/";
const domainOf = (key: string): string => key.slice(0, Math.max(0, key.indexOf("/")));
const ofPlatform = (key: string): boolean => key.length <= 317 && platformDomains.test(domainOf(key));

/** Family of an address or a range; undefined for names and nonsense. */
export function familyOf(address: string): AddressFamily | undefined {
  const family = isIP(address.split("/", 1)[0] ?? "");
  return family === 4 ? "IPv4" : family === 6 ? "IPv6" : undefined;
}

/** Families of a list of addresses or ranges, each once. */
export function familiesOf(addresses: readonly (string | undefined)[]): AddressFamily[] {
  const families = addresses.map((address) => (address === undefined ? undefined : familyOf(address)));
  return distinct(families.filter((family) => family !== undefined));
}

/** Undefined when it is no node at all: without name or time of creation. */
export function nodeRecord(node: unknown, redactor: Redactor): NodeRecord | undefined {
  const name = textAt(node, "metadata", "name");
  const createdAt = instantOf(node, "metadata", "creationTimestamp");
  if (name === undefined || name === "" || createdAt === undefined) return undefined;
  const labelKeys = keysAt(node, "metadata", "labels");
  const domains = distinct(labelKeys.filter(ofPlatform).map(domainOf));
  const provider = textAt(node, "spec", "providerID");
  const info = (key: string): string => textAt(node, "status", "nodeInfo", key) ?? "";
  return {
    name,
    createdAt,
    roles: rolesOf(node, labelKeys),
    labels: labelsOf(node, labelKeys),
    annotationKeys: keysAt(node, "metadata", "annotations").filter(ofPlatform).sort(inOrder),
    ...(domains.length === 0 ? {} : { labelDomains: domains }),
    ...providerOf(provider, redactor),
    unschedulable: valueAt(node, "spec", "unschedulable") === true,
    ready: readinessOf(node),
    kubeletVersion: info("kubeletVersion"),
    osImage: info("osImage"),
    kernelVersion: info("kernelVersion"),
    containerRuntimeVersion: info("containerRuntimeVersion"),
    bootId: info("bootID"),
    machineId: info("machineID"),
    systemUuid: info("systemUUID"),
    internalFamilies: addressFamilies(node, "InternalIP"),
    externalFamilies: addressFamilies(node, "ExternalIP"),
    podCidrFamilies: familiesOf(podRanges(node)),
    ...capacityOf(node),
  };
}

function capacityOf(node: unknown): Pick<NodeRecord, "capacity"> {
  const amount = (resource: string) => quantityOf(valueAt(node, "status", "capacity", resource));
  const bytes = (resource: string) => {
    const found = amount(resource);
    return found === undefined ? undefined : Math.floor(found);
  };
  const [cpu, memoryBytes, ephemeralStorageBytes] = [amount("cpu"), bytes("memory"), bytes("ephemeral-storage")];
  const capacity = {
    ...(cpu === undefined ? {} : { cpu }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(ephemeralStorageBytes === undefined ? {} : { ephemeralStorageBytes }),
  };
  return Object.keys(capacity).length === 0 ? {} : { capacity };
}

function rolesOf(node: unknown, labelKeys: readonly string[]): string[] {
  const named = labelKeys
    .filter((key) => key.startsWith(rolePrefix) && key.length <= rolePrefix.length + 63)
    .map((key) => key.slice(rolePrefix.length));
  const old = textAt(node, "metadata", "labels", "kubernetes.io/role");
  return distinct([...named, ...(old === undefined ? [] : [old])].filter((role) => /^[A-Za-z0-9_.-]+$/.test(role)));
}

function labelsOf(node: unknown, labelKeys: readonly string[]): { [key: string]: string } {
  const kept = labelKeys.filter((key) => keptLabels.has(key)).sort(inOrder);
  return Object.fromEntries(
    kept.flatMap((key) => {
      const value = textAt(node, "metadata", "labels", key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function providerOf(id: string | undefined, redactor: Redactor): { providerScheme?: string; providerRef?: string } {
  if (id === undefined || id === "") return {};
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):\/\//.exec(id)?.[1];
  const ref = { providerRef: redactor.pseudonym("provider", id) };
  return scheme === undefined ? ref : { providerScheme: scheme, ...ref };
}

function readinessOf(node: unknown): NodeRecord["ready"] {
  const ready = listAt(node, "status", "conditions").find((condition) => textAt(condition, "type") === "Ready");
  const status = textAt(ready, "status");
  return status !== undefined && conditions.has(status) ? (status as NodeRecord["ready"]) : "absent";
}

function addressFamilies(node: unknown, type: string): AddressFamily[] {
  const ofType = listAt(node, "status", "addresses").filter((address) => textAt(address, "type") === type);
  return familiesOf(ofType.map((address) => textAt(address, "address")));
}

function podRanges(node: unknown): readonly (string | undefined)[] {
  const ranges = listAt(node, "spec", "podCIDRs").map(printable);
  return ranges.length > 0 ? ranges : [textAt(node, "spec", "podCIDR")];
}
