/** A node object, reduced: addresses and provider ids become families and keyed digests, labels are kept by a short list. */
import type { AddressFamily, NodeRecord } from "../model/facts/nodes.ts";
import type { Redactor } from "../model/probe.ts";
import { familiesOf } from "./address-family.ts";
import { scopedFamilies } from "./address-scope.ts";
import { quantityOf } from "./quantity.ts";
import { distinct, inOrder, instantOf, keysAt, listAt, printable, textAt, valueAt } from "./untrusted.ts";

/** Labels whose values checks read: where a node stands and what machine it is. */
const keptLabels = [
  "topology.kubernetes.io/region",
  "topology.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "topology.openstack.org/host-id",
  "topology.scs.community/host-id",
  "node.cluster.x-k8s.io/esxi-host",
  "node.kubernetes.io/instance-type",
  "beta.kubernetes.io/instance-type",
].sort(inOrder);

/** Domains of annotation and label keys by which the platform is known. */
const platformDomains =
  /(^|\.)(k3s\.io|rke2\.io|cluster\.x-k8s\.io|kubeadm\.alpha\.kubernetes\.io|talos\.dev|gardener\.cloud|sapcloud\.io|microk8s\.io|minikube\.k8s\.io|openshift\.io|container\.googleapis\.com|gke\.io|cloud\.google\.com|eks\.amazonaws\.com|karpenter\.k8s\.aws|kubernetes\.azure\.com|doks\.digitalocean\.com|lke\.linode\.com|k8s\.scaleway\.com|k8s\.ovh\.net|kwok\.x-k8s\.io)$/;

const conditions: ReadonlySet<string> = new Set(["True", "False", "Unknown"]);
const rolePrefix = "node-role.kubernetes.io/";
const domainOf = (key: string): string => key.slice(0, Math.max(0, key.indexOf("/")));
const ofPlatform = (key: string): boolean => key.length <= 317 && platformDomains.test(domainOf(key));

/**
 * Undefined when it is no node at all: without name or time of creation. On a large cluster no other code of ours runs as
 * often: keys come in the order of canonical JSON, and one by one, for spreads and sorting cost more than the rest.
 */
export function nodeRecord(node: unknown, redactor: Redactor): NodeRecord | undefined {
  const name = textAt(node, "metadata", "name");
  const createdAt = instantOf(node, "metadata", "creationTimestamp");
  if (name === undefined || name === "" || createdAt === undefined) return undefined;
  const labels = valueAt(node, "metadata", "labels");
  const labelKeys = keysAt(labels);
  const nodeInfo = valueAt(node, "status", "nodeInfo");
  const info = (key: string): string => textAt(nodeInfo, key) ?? "";
  const domains = labelKeys.filter(ofPlatform).map(domainOf);
  const provider = textAt(node, "spec", "providerID") ?? "";
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):\/\//.exec(provider)?.[1];
  const capacity = capacityOf(valueAt(node, "status", "capacity"));
  const record: Partial<NodeRecord> = {
    annotationKeys: keysAt(node, "metadata", "annotations").filter(ofPlatform).sort(inOrder),
    bootId: info("bootID"),
  };
  if (capacity !== undefined) record.capacity = capacity;
  record.containerRuntimeVersion = info("containerRuntimeVersion");
  record.createdAt = createdAt;
  record.externalFamilies = addressFamilies(node, "ExternalIP");
  record.internalFamilies = addressFamilies(node, "InternalIP");
  const ipv6Scopes = ipv6ScopesOf(node);
  if (ipv6Scopes !== undefined) record.ipv6Scopes = ipv6Scopes;
  record.kernelVersion = info("kernelVersion");
  record.kubeletVersion = info("kubeletVersion");
  if (domains.length > 0) record.labelDomains = distinct(domains);
  record.labels = labelsOf(labels);
  record.machineId = info("machineID");
  record.name = name;
  record.osImage = info("osImage");
  record.podCidrFamilies = familiesOf(podRanges(node));
  if (provider !== "") record.providerRef = redactor.pseudonym("provider", provider);
  if (scheme !== undefined) record.providerScheme = scheme;
  record.ready = readinessOf(node);
  record.roles = rolesOf(labels, labelKeys);
  record.systemUuid = info("systemUUID");
  record.unschedulable = valueAt(node, "spec", "unschedulable") === true;
  return record as NodeRecord;
}

function capacityOf(capacity: unknown): NodeRecord["capacity"] {
  const cpu = quantityOf(valueAt(capacity, "cpu"));
  const memory = quantityOf(valueAt(capacity, "memory"));
  const storage = quantityOf(valueAt(capacity, "ephemeral-storage"));
  if (cpu === undefined && memory === undefined && storage === undefined) return undefined;
  const found: NonNullable<NodeRecord["capacity"]> = {};
  if (cpu !== undefined) found.cpu = cpu;
  if (storage !== undefined) found.ephemeralStorageBytes = Math.floor(storage);
  if (memory !== undefined) found.memoryBytes = Math.floor(memory);
  return found;
}

function rolesOf(labels: unknown, labelKeys: readonly string[]): string[] {
  const named = labelKeys
    .filter((key) => key.startsWith(rolePrefix) && key.length <= rolePrefix.length + 63)
    .map((key) => key.slice(rolePrefix.length));
  const old = textAt(labels, "kubernetes.io/role");
  if (old !== undefined) named.push(old);
  return distinct(named.filter((role) => /^[A-Za-z0-9_.-]+$/.test(role)));
}

function labelsOf(labels: unknown): { [key: string]: string } {
  const kept: { [key: string]: string } = {};
  for (const key of keptLabels) {
    const value = textAt(labels, key);
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}

function readinessOf(node: unknown): NodeRecord["ready"] {
  const ready = listAt(node, "status", "conditions").find((condition) => textAt(condition, "type") === "Ready");
  const status = textAt(ready, "status");
  return status !== undefined && conditions.has(status) ? (status as NodeRecord["ready"]) : "absent";
}

/** Most clusters have none, and then nothing is looked at but for a colon. */
function ipv6ScopesOf(node: unknown): NodeRecord["ipv6Scopes"] {
  const found: string[] = [];
  for (const entry of listAt(node, "status", "addresses")) {
    const type = textAt(entry, "type");
    const address = type === "InternalIP" || type === "ExternalIP" ? textAt(entry, "address") : undefined;
    if (address?.includes(":")) found.push(address);
  }
  if (found.length === 0) return undefined;
  const scopes = scopedFamilies(found).flatMap(({ family, scope }) => (family === "IPv6" ? [scope] : []));
  return scopes.length === 0 ? undefined : scopes;
}

function addressFamilies(node: unknown, type: string): AddressFamily[] {
  const ofType = listAt(node, "status", "addresses").filter((address) => textAt(address, "type") === type);
  return familiesOf(ofType.map((address) => textAt(address, "address")));
}

function podRanges(node: unknown): readonly (string | undefined)[] {
  const ranges = listAt(node, "spec", "podCIDRs").map(printable);
  return ranges.length > 0 ? ranges : [textAt(node, "spec", "podCIDR")];
}
