/** Every check, sorted by id. `npm run new-check` adds lines here. */
import type { AnyCheck } from "../src/model/check.ts";
import { serviceAddress } from "./draft-load-balancer/service-address.ts";
import { apiAccessInEffect } from "./proposed/api-access-in-effect.ts";
import { apiAccessOffered } from "./proposed/api-access-offered.ts";
import { backupLocation } from "./proposed/backup-location.ts";
import { clusterDns } from "./proposed/cluster-dns.ts";
import { dataPath } from "./proposed/data-path.ts";
import { etcdDatabaseSize } from "./proposed/etcd-database-size.ts";
import { etcdDefragmentation } from "./proposed/etcd-defragmentation.ts";
import { etcdDiskLatency } from "./proposed/etcd-disk-latency.ts";
import { etcdFlavor } from "./proposed/etcd-flavor.ts";
import { etcdRootDisk } from "./proposed/etcd-root-disk.ts";
import { etcdWriteLatency } from "./proposed/etcd-write-latency.ts";
import { frontProxyCa } from "./proposed/front-proxy-ca.ts";
import { ipv6ApiEndpoint } from "./proposed/ipv6-api-endpoint.ts";
import { ipv6DataPath } from "./proposed/ipv6-data-path.ts";
import { ipv6LoadBalancer } from "./proposed/ipv6-load-balancer.ts";
import { ipv6Nodes } from "./proposed/ipv6-nodes.ts";
import { ipv6Ranges } from "./proposed/ipv6-ranges.ts";
import { kubeletServingCertificates } from "./proposed/kubelet-serving-certificates.ts";
import { networkPolicyEffect } from "./proposed/network-policy-effect.ts";
import { storageKind } from "./proposed/storage-kind.ts";
import { workloadSpread } from "./proposed/workload-spread.ts";
import { flavorCapacity } from "./scs-0100/flavor-capacity.ts";
import { flavorNames } from "./scs-0100/flavor-names.ts";
import { flavorFigures } from "./scs-0103/flavor-figures.ts";
import { flavorProperties } from "./scs-0103/flavor-properties.ts";
import { offeredFlavors } from "./scs-0103/offered-flavors.ts";
import { conformanceSuite } from "./scs-0201/conformance-suite.ts";
import { criticalPatchRecency } from "./scs-0210/critical-patch-recency.ts";
import { patchRecency } from "./scs-0210/patch-recency.ts";
import { unsupportedBranch } from "./scs-0210/unsupported-branch.ts";
import { defaultStorageClass } from "./scs-0211/default-storage-class.ts";
import { failureSafeStorage } from "./scs-0211/failure-safe-storage.ts";
import { nodeIndependentStorage } from "./scs-0211/node-independent-storage.ts";
import { readWriteOnce } from "./scs-0211/read-write-once.ts";
import { volumeExpansion } from "./scs-0211/volume-expansion.ts";
import { controlPlaneRedundancy } from "./scs-0213/control-plane-redundancy.ts";
import { controlPlaneSpread } from "./scs-0214/control-plane-spread.ts";
import { controlPlaneZones } from "./scs-0214/control-plane-zones.ts";
import { topologyLabels } from "./scs-0214/topology-labels.ts";
import { workerZones } from "./scs-0214/worker-zones.ts";
import { caRenewal } from "./scs-0215/ca-renewal.ts";
import { certificateRotation } from "./scs-0215/certificate-rotation.ts";
import { etcdBackup } from "./scs-0215/etcd-backup.ts";
import { etcdCompaction } from "./scs-0215/etcd-compaction.ts";
import { etcdCompactionEffect } from "./scs-0215/etcd-compaction-effect.ts";
import { eventRateLimit } from "./scs-0215/event-rate-limit.ts";
import { eventRateLimitValues } from "./scs-0215/event-rate-limit-values.ts";
import { inflightParameters } from "./scs-0215/inflight-parameters.ts";
import { priorityAndFairness } from "./scs-0215/priority-and-fairness.ts";
import { requestLimit } from "./scs-0215/request-limit.ts";
import { authenticationMethods } from "./scs-0217/authentication-methods.ts";
import { authorizers } from "./scs-0217/authorizers.ts";
import { etcdAccessControl } from "./scs-0217/etcd-access-control.ts";
import { etcdClientCertificates } from "./scs-0217/etcd-client-certificates.ts";
import { etcdSeparateCa } from "./scs-0217/etcd-separate-ca.ts";
import { etcdTls } from "./scs-0217/etcd-tls.ts";
import { kubeletAnonymous } from "./scs-0217/kubelet-anonymous.ts";
import { kubeletReadOnlyPort } from "./scs-0217/kubelet-read-only-port.ts";
import { kubeletWebhook } from "./scs-0217/kubelet-webhook.ts";
import { nodeRestriction } from "./scs-0217/node-restriction.ts";
import { podSecurityAdmission } from "./scs-0217/pod-security-admission.ts";
import { podSecurityLevel } from "./scs-0217/pod-security-level.ts";
import { portsClosed } from "./scs-0217/ports-closed.ts";
import { serviceAccountTokens } from "./scs-0217/service-account-tokens.ts";
import { adminNetworkPolicy } from "./scs-0219/admin-network-policy.ts";
import { ingressClass } from "./scs-0219/ingress-class.ts";
import { networkPolicy } from "./scs-0219/network-policy.ts";

export const checks: readonly AnyCheck[] = [
  serviceAddress,
  apiAccessInEffect,
  apiAccessOffered,
  backupLocation,
  clusterDns,
  dataPath,
  etcdDatabaseSize,
  etcdDefragmentation,
  etcdDiskLatency,
  etcdFlavor,
  etcdRootDisk,
  etcdWriteLatency,
  frontProxyCa,
  ipv6ApiEndpoint,
  ipv6DataPath,
  ipv6LoadBalancer,
  ipv6Nodes,
  ipv6Ranges,
  kubeletServingCertificates,
  networkPolicyEffect,
  storageKind,
  workloadSpread,
  flavorCapacity,
  flavorNames,
  flavorFigures,
  flavorProperties,
  offeredFlavors,
  conformanceSuite,
  criticalPatchRecency,
  patchRecency,
  unsupportedBranch,
  defaultStorageClass,
  failureSafeStorage,
  nodeIndependentStorage,
  readWriteOnce,
  volumeExpansion,
  controlPlaneRedundancy,
  controlPlaneSpread,
  controlPlaneZones,
  topologyLabels,
  workerZones,
  caRenewal,
  certificateRotation,
  etcdBackup,
  etcdCompaction,
  etcdCompactionEffect,
  eventRateLimit,
  eventRateLimitValues,
  inflightParameters,
  priorityAndFairness,
  requestLimit,
  authenticationMethods,
  authorizers,
  etcdAccessControl,
  etcdClientCertificates,
  etcdSeparateCa,
  etcdTls,
  kubeletAnonymous,
  kubeletReadOnlyPort,
  kubeletWebhook,
  nodeRestriction,
  podSecurityAdmission,
  podSecurityLevel,
  portsClosed,
  serviceAccountTokens,
  adminNetworkPolicy,
  ingressClass,
  networkPolicy,
];
