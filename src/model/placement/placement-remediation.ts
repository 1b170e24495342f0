/** How nodes get onto several machines and into several zones, per platform. */
import type { Remediation } from "../check.ts";

export const controlPlanePlacement: Remediation = {
  text: "Run at least three control-plane nodes, place them by anti-affinity on different hosts and, where the cloud has several, in different zones.",
  platforms: {
    kubeadm:
      "Join at least three control-plane nodes whose machines belong to a server group with the policy `anti-affinity`.",
    "cluster-api":
      "Set `spec.replicas: 3` of the KubeadmControlPlane and `spec.template.spec.serverGroup.id` of its OpenStackMachineTemplate to a server group with policy `anti-affinity` (SCS cluster stacks: variable `controlPlaneServerGroupID`, zones: `controlPlaneAvailabilityZones`).",
    kind: "All nodes of kind share one machine: use another way to build a cluster that is to conform.",
    rke2: "Run three servers (`server: https://<first>:9345` in /etc/rancher/rke2/config.yaml) on different hosts.",
    k3s: "Run three servers with embedded etcd (`cluster-init: true` on the first) on different hosts.",
    talos: "Apply `controlplane.yaml` to three machines on different hosts.",
    gardener:
      "Set `spec.controlPlane.highAvailability.failureTolerance.type: node` (or `zone`) in the Shoot, and declare it.",
    hosted:
      "Set `spec.controlPlane.deployment.replicas: 3` with `affinity` or `topologySpreadConstraints` in the TenantControlPlane (Kamaji), and declare it.",
    managed: "The provider places the control plane: ask for a declaration.",
  },
};

export const workerPlacement: Remediation = {
  text: "Spread the worker nodes over several failure zones, one group of machines per zone.",
  platforms: {
    kubeadm: "Join workers in each zone, and label them with it.",
    "cluster-api":
      "Use one MachineDeployment per zone with `spec.template.spec.failureDomain`, or list the zones in `spec.topology.workers.machineDeployments[].failureDomain`.",
    gardener: "List several zones in `spec.provider.workers[].zones` of the Shoot.",
    rke2: "Join agents in each zone, with `node-label: [topology.kubernetes.io/zone=ZONE]` in /etc/rancher/rke2/config.yaml where no cloud controller labels them.",
    k3s: "Join agents in each zone, with `node-label: [topology.kubernetes.io/zone=ZONE]` in /etc/rancher/k3s/config.yaml where no cloud controller labels them.",
    talos:
      "Apply `worker.yaml` to machines in each zone, with the zone in `machine.nodeLabels` where no cloud controller labels them.",
    hosted:
      "One pool of workers per zone: a MachineDeployment with `spec.template.spec.failureDomain` each, or the zones of your NodePools.",
    managed: "Choose several zones for the node pool.",
  },
};

export const topologyLabels: Remediation = {
  text: "Run the cloud's controller manager: it labels every node with topology.kubernetes.io/zone and topology.kubernetes.io/region. Without one, label the nodes yourself and keep the labels up to date.",
  platforms: {
    kubeadm:
      "Install the OpenStack cloud controller manager and start the kubelets with `--cloud-provider=external`; else `kubectl label node NAME topology.kubernetes.io/zone=Z topology.kubernetes.io/region=R`.",
    "cluster-api":
      "Install the OpenStack cloud controller manager, and set `nodeRegistration.kubeletExtraArgs` to `cloud-provider: external` in the KubeadmControlPlane and KubeadmConfigTemplates.",
    kind: "Set `nodes[].labels` in the kind configuration.",
    rke2: "Set `cloud-provider-name: external` and install the cloud controller manager, or set `node-label:` in /etc/rancher/rke2/config.yaml.",
    k3s: "Start with `--disable-cloud-controller --kubelet-arg=cloud-provider=external` and install the cloud controller manager, or use `--node-label`.",
    talos: "Set `cluster.externalCloudProvider.enabled: true`, or `machine.nodeLabels` in the machine config.",
    gardener:
      "The provider extension's cloud controller labels the workers; `spec.provider.workers[].labels` of the Shoot adds what it leaves out.",
    hosted:
      "Let the cloud controller manager of the hosted control plane run with the cloud's credentials, or label the workers where they are made.",
    managed: "The provider's cloud controller labels the nodes; where a label is missing, set it on the node pool.",
  },
};
