/** All probes, in the order in which they are asked when nothing else decides. */
import type { AnyProbe } from "../model/probe.ts";
import { accountTokenProbe } from "./account-token.ts";
import { apiEndpointProbe } from "./api-endpoint.ts";
import { apiServerInstancesProbe } from "./api-server-instances.ts";
import { apiServerMetricsProbe } from "./api-server-metrics.ts";
import { authorizersProbe } from "./authorizers.ts";
import { backupJobsProbe } from "./backup-jobs.ts";
import { certificateRequestProbe } from "./certificate-request.ts";
import { claimClassProbe } from "./claim-class.ts";
import { claimedVolumeProbe } from "./claimed-volume.ts";
import { clientCertificateProbe } from "./client-certificate.ts";
import { cloudApiLoadBalancerProbe } from "./cloud-api-load-balancer.ts";
import { cloudFlavorsProbe } from "./cloud-flavors.ts";
import { cloudServersProbe } from "./cloud-servers.ts";
import { cloudVolumeTypesProbe } from "./cloud-volume-types.ts";
import { clusterCaProbe } from "./cluster-ca.ts";
import { compactionHorizonProbe } from "./compaction-horizon.ts";
import { controlPlanePodsProbe } from "./control-plane-pods.ts";
import { csiDriversProbe } from "./csi-drivers.ts";
import { csiNodesProbe } from "./csi-nodes.ts";
import { customResourcesProbe } from "./custom-resources.ts";
import { dataPathProbe } from "./data-path.ts";
import { dialledPortsProbe } from "./dialled-ports.ts";
import { dualStackServicesProbe } from "./dual-stack-services.ts";
import { etcdMetricsProbe } from "./etcd-metrics.ts";
import { etcdSnapshotsProbe } from "./etcd-snapshots.ts";
import { flagzProbe } from "./flagz.ts";
import { flowControlHeadersProbe } from "./flow-control-headers.ts";
import { identityProbe } from "./identity.ts";
import { ingressAddressesProbe } from "./ingress-addresses.ts";
import { ingressClassesProbe } from "./ingress-classes.ts";
import { ingressTrialProbe } from "./ingress-trial.ts";
import { kubeadmConfigProbe } from "./kubeadm-config.ts";
import { kubeletConfigurationProbe } from "./kubelet-configuration.ts";
import { kubeletServingRequestsProbe } from "./kubelet-serving-requests.ts";
import { leaderLeasesProbe } from "./leader-leases.ts";
import { listenersProbe } from "./listeners.ts";
import { loadBalancerTrialProbe } from "./load-balancer-trial.ts";
import { loadBalancersProbe } from "./load-balancers.ts";
import { managementApiAccessProbe } from "./management-api-access.ts";
import { managementApisProbe } from "./management-apis.ts";
import { managementClusterProbe } from "./management-cluster.ts";
import { managementControlPlaneProbe } from "./management-control-plane.ts";
import { managementEtcdProbe } from "./management-etcd.ts";
import { managementMachinesProbe } from "./management-machines.ts";
import { networkPolicyMatrixProbe } from "./network-policy-matrix.ts";
import { nodeArgsProbe } from "./node-args.ts";
import { nodeRestrictionProbe } from "./node-restriction.ts";
import { nodesProbe } from "./nodes.ts";
import { persistentVolumesProbe } from "./persistent-volumes.ts";
import { platformProbe } from "./platform.ts";
import { podSecurityProbe } from "./pod-security.ts";
import { podSecurityLabelsProbe } from "./pod-security-labels.ts";
import { priorityLevelsProbe } from "./priority-levels.ts";
import { readyzProbe } from "./readyz.ts";
import { runningKubeletsProbe } from "./running-kubelets.ts";
import { serviceRangesProbe } from "./service-ranges.ts";
import { servingCertificateProbe } from "./serving-certificate.ts";
import { storageClassesProbe } from "./storage-classes.ts";
import { systemPodsProbe } from "./system-pods.ts";
import { throttlingProbe } from "./throttling.ts";
import { veleroBackupsProbe } from "./velero-backups.ts";
import { versionProbe } from "./version.ts";
import { workloadSpreadProbe } from "./workload-spread.ts";

export const probes: readonly AnyProbe[] = [
  versionProbe,
  identityProbe,
  nodesProbe,
  controlPlanePodsProbe,
  kubeadmConfigProbe,
  kubeletConfigurationProbe,
  apiServerInstancesProbe,
  leaderLeasesProbe,
  platformProbe,
  readyzProbe,
  flagzProbe,
  nodeArgsProbe,
  flowControlHeadersProbe,
  priorityLevelsProbe,
  apiServerMetricsProbe,
  compactionHorizonProbe,
  servingCertificateProbe,
  clusterCaProbe,
  clientCertificateProbe,
  kubeletServingRequestsProbe,
  podSecurityLabelsProbe,
  storageClassesProbe,
  csiDriversProbe,
  csiNodesProbe,
  persistentVolumesProbe,
  systemPodsProbe,
  ingressClassesProbe,
  customResourcesProbe,
  authorizersProbe,
  nodeRestrictionProbe,
  podSecurityProbe,
  dualStackServicesProbe,
  claimClassProbe,
  accountTokenProbe,
  claimedVolumeProbe,
  workloadSpreadProbe,
  managementApisProbe,
  managementClusterProbe,
  managementMachinesProbe,
  managementControlPlaneProbe,
  managementApiAccessProbe,
  managementEtcdProbe,
  etcdSnapshotsProbe,
  backupJobsProbe,
  veleroBackupsProbe,
  loadBalancersProbe,
  ingressAddressesProbe,
  serviceRangesProbe,
  apiEndpointProbe,
  runningKubeletsProbe,
  listenersProbe,
  dialledPortsProbe,
  dataPathProbe,
  networkPolicyMatrixProbe,
  loadBalancerTrialProbe,
  ingressTrialProbe,
  etcdMetricsProbe,
  throttlingProbe,
  certificateRequestProbe,
  cloudServersProbe,
  cloudFlavorsProbe,
  cloudVolumeTypesProbe,
  cloudApiLoadBalancerProbe,
];
