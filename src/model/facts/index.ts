/** Every fact by its id: the one table that probes write and checks read, with schema and type. */
import type { Static } from "@sinclair/typebox";
import {
  AuthorizersFact,
  ClaimClassFact,
  DualStackServicesFact,
  NodeRestrictionFact,
  PodSecurityFact,
} from "./answers.ts";
import { ManagementApiAccessFact } from "./api-access.ts";
import { ApiServerMetricsFact } from "./api-server-metrics.ts";
import { BackupJobsFact, EtcdSnapshotsFact, VeleroBackupsFact } from "./backup.ts";
import { CertificateRequestFact } from "./certificate-request.ts";
import { ClientCertificateFact, ClusterCaFact, ServingCertificateFact } from "./certificates.ts";
import { CloudApiLoadBalancerFact, CloudFlavorsFact, CloudServersFact, CloudVolumeTypesFact } from "./cloud.ts";
import { CompactionHorizonFact } from "./compaction-horizon.ts";
import {
  ApiServerInstancesFact,
  ControlPlanePodsFact,
  FlagzFact,
  KubeadmConfigFact,
  NodeArgsFact,
  ReadyzFact,
} from "./control-plane.ts";
import { DialledPortsFact } from "./dialled-ports.ts";
import { EtcdMetricsFact } from "./etcd-metrics.ts";
import { FlowControlHeadersFact, PriorityLevelsFact, ThrottlingFact } from "./flow-control.ts";
import { IdentityFact } from "./identity.ts";
import { ConformanceResultsFact, KubernetesReleasesFact, NodeConfigurationFact } from "./inputs.ts";
import { KubeletConfigurationFact, RunningKubeletsFact } from "./kubelet.ts";
import { KubeletServingRequestsFact } from "./kubelet-serving-requests.ts";
import { LeaderLeasesFact } from "./leader-leases.ts";
import { ListenersFact } from "./listeners.ts";
import { ManagementControlPlaneFact } from "./managed-control-plane.ts";
import { ManagementEtcdFact } from "./managed-etcd.ts";
import { ManagementApisFact, ManagementClusterFact, ManagementMachinesFact } from "./management.ts";
import { ApiEndpointFact, IngressAddressesFact, LoadBalancersFact, ServiceRangesFact } from "./network.ts";
import { DataPathFact, IngressTrialFact, LoadBalancerTrialFact, NetworkPolicyMatrixFact } from "./network-paths.ts";
import { NodesFact } from "./nodes.ts";
import { PlatformFact } from "./platform.ts";
import { PodSecurityLabelsFact } from "./pod-security-labels.ts";
import { CsiDriversFact, StorageClassesFact } from "./storage.ts";
import { AccountTokenFact, ClaimedVolumeFact, WorkloadSpreadFact } from "./trials.ts";
import { VersionFact } from "./version.ts";
import { CsiNodesFact, PersistentVolumesFact } from "./volumes.ts";
import { CustomResourcesFact, IngressClassesFact, SystemPodsFact } from "./workloads.ts";

/** Facts that a probe asks the cluster for. */
export const clusterFacts = {
  "kube/version": VersionFact,
  "kube/identity": IdentityFact,
  "kube/nodes": NodesFact,
  "kube/platform": PlatformFact,
  "kube/readyz": ReadyzFact,
  "kube/api-server-instances": ApiServerInstancesFact,
  "kube/leader-leases": LeaderLeasesFact,
  "kube/control-plane-pods": ControlPlanePodsFact,
  "kube/flagz": FlagzFact,
  "kube/kubeadm-config": KubeadmConfigFact,
  "kube/kubelet-configuration": KubeletConfigurationFact,
  "kube/node-args": NodeArgsFact,
  "kube/flow-control-headers": FlowControlHeadersFact,
  "kube/priority-levels": PriorityLevelsFact,
  "kube/api-server-metrics": ApiServerMetricsFact,
  "kube/compaction-horizon": CompactionHorizonFact,
  "kube/serving-certificate": ServingCertificateFact,
  "kube/cluster-ca": ClusterCaFact,
  "kube/client-certificate": ClientCertificateFact,
  "kube/kubelet-serving-requests": KubeletServingRequestsFact,
  "kube/pod-security-labels": PodSecurityLabelsFact,
  "kube/storage-classes": StorageClassesFact,
  "kube/csi-drivers": CsiDriversFact,
  "kube/csi-nodes": CsiNodesFact,
  "kube/persistent-volumes": PersistentVolumesFact,
  "kube/system-pods": SystemPodsFact,
  "kube/ingress-classes": IngressClassesFact,
  "kube/custom-resources": CustomResourcesFact,
  "kube/authorizers": AuthorizersFact,
  "kube/node-restriction": NodeRestrictionFact,
  "kube/pod-security": PodSecurityFact,
  "kube/dual-stack-services": DualStackServicesFact,
  "kube/claim-class": ClaimClassFact,
  "kube/claimed-volume": ClaimedVolumeFact,
  "kube/workload-spread": WorkloadSpreadFact,
  "kube/account-token": AccountTokenFact,
  "kube/etcd-snapshots": EtcdSnapshotsFact,
  "kube/backup-jobs": BackupJobsFact,
  "kube/velero-backups": VeleroBackupsFact,
  "kube/load-balancers": LoadBalancersFact,
  "kube/ingress-addresses": IngressAddressesFact,
  "kube/service-ranges": ServiceRangesFact,
  "kube/api-endpoint": ApiEndpointFact,
  "kube/running-kubelets": RunningKubeletsFact,
  "kube/listeners": ListenersFact,
  "kube/dialled-ports": DialledPortsFact,
  "kube/network-policy-matrix": NetworkPolicyMatrixFact,
  "kube/data-path": DataPathFact,
  "kube/load-balancer-trial": LoadBalancerTrialFact,
  "kube/ingress-trial": IngressTrialFact,
  "kube/etcd-metrics": EtcdMetricsFact,
  "kube/throttling": ThrottlingFact,
  "kube/certificate-request": CertificateRequestFact,
} as const;

/** Facts that a probe asks the cluster's management cluster for. */
export const managementFacts = {
  "management/api-access": ManagementApiAccessFact,
  "management/apis": ManagementApisFact,
  "management/cluster": ManagementClusterFact,
  "management/control-plane": ManagementControlPlaneFact,
  "management/etcd": ManagementEtcdFact,
  "management/machines": ManagementMachinesFact,
} as const;

/** Facts that a probe asks the OpenStack cloud for. */
export const cloudFacts = {
  "cloud/api-load-balancer": CloudApiLoadBalancerFact,
  "cloud/flavors": CloudFlavorsFact,
  "cloud/servers": CloudServersFact,
  "cloud/volume-types": CloudVolumeTypesFact,
} as const;

/** Everything that probes write, from whichever view. */
export const probedFacts = { ...clusterFacts, ...managementFacts, ...cloudFacts } as const;

/** Facts that are given to a run. */
export const inputFacts = {
  "input/conformance-results": ConformanceResultsFact,
  /** The results that the NetworkPolicy specs are judged by: of a run of their own, else the same. */
  "input/network-policy-results": ConformanceResultsFact,
  "input/kubernetes-releases": KubernetesReleasesFact,
  "input/node-configuration": NodeConfigurationFact,
} as const;

export const factSchemas = { ...probedFacts, ...inputFacts } as const;

export type FactId = keyof typeof factSchemas;
export type ClusterFactId = keyof typeof clusterFacts;
export type ManagementFactId = keyof typeof managementFacts;
export type CloudFactId = keyof typeof cloudFacts;
export type ProbedFactId = keyof typeof probedFacts;

export type FactValues = { [Id in FactId]: Static<(typeof factSchemas)[Id]> };

export const factIds = Object.keys(factSchemas).sort() as FactId[];
export const clusterFactIds = Object.keys(clusterFacts).sort() as ClusterFactId[];
export const probedFactIds = Object.keys(probedFacts).sort() as ProbedFactId[];
