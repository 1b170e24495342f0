/** How certificates and CAs are renewed, per platform. */
import type { Remediation } from "../check.ts";

export const certificateRemediation: Remediation = {
  text: "Renew the certificates of the control plane at least yearly, and restart its components afterwards.",
  platforms: {
    kubeadm:
      "`kubeadm certs renew all` on every control-plane node, then restart the static pods; `kubeadm upgrade` renews too. Set a yearly reminder or a timer.",
    "cluster-api":
      "KubeadmControlPlane: `spec.rolloutBefore.certificatesExpiryDays: 30` (v1beta2: `spec.rollout.before.certificatesExpiryDays`) replaces the nodes before their certificates end.",
    kind: "Recreate the cluster.",
    rke2: "Restart rke2-server: it renews certificates that end within 120 days; at any time `rke2 certificate rotate`.",
    k3s: "Restart k3s: it renews certificates that end within 120 days; at any time `k3s certificate rotate`.",
    talos: "Talos renews by itself; an upgrade or reboot of the control plane forces it.",
    gardener:
      "Annotate the Shoot with `gardener.cloud/operation: rotate-credentials-start`, later `rotate-credentials-complete`.",
    hosted:
      "Kamaji renews by itself a day before expiry; delete the certificate's Secret of the TenantControlPlane to force it.",
    managed: "The provider renews the certificates: ask for a declaration.",
  },
};

export const caRemediation: Remediation = {
  text: "Renew the CA before it ends, in two steps: first distribute old and new together, then drop the old one.",
  platforms: {
    kubeadm:
      "kubeadm does not renew CAs: follow the manual rotation of CA certificates in the Kubernetes documentation. `caCertificateValidityPeriod` (v1beta4) sets the lifetime of new clusters.",
    "cluster-api":
      "Replace the Secret `<cluster>-ca` by the documented manual rotation, or move the workload to a new cluster.",
    kind: "Recreate the cluster.",
    rke2: "`rke2 certificate rotate-ca` with new CA files.",
    k3s: "`k3s certificate rotate-ca` with new CA files.",
    talos: "`talosctl rotate-ca`.",
    gardener: "Annotate the Shoot with `gardener.cloud/operation: rotate-ca-start`, later `rotate-ca-complete`.",
    hosted: "Kamaji: annotate the CA's Secret with `certs.kamaji.clastix.io/rotate`.",
    managed: "The provider renews the CA: ask for a declaration.",
  },
};
