/** Signs by which a kind of cluster is known. Signs are hints of vendors, none is a proof; the first that fits names it. */
import type { NodeRecord } from "../model/facts/nodes.ts";
import type { PlatformName } from "../model/vocabulary.ts";

/** What the platform is told from. Undefined: could not be seen. */
export interface Seen {
  readonly gitVersion: string | undefined;
  readonly nodes: readonly NodeRecord[] | undefined;
  readonly kubeadmConfig: boolean;
  readonly shootInfo: boolean;
}

export interface Sign {
  readonly name: PlatformName;
  readonly product?: string;
  /** Set where the sign goes with control planes of either kind: which name it then is when none is visible. */
  readonly withoutControlPlane?: PlatformName;
  /** Set where the sign is only meant when no control plane is visible (EKS Anywhere shows its own). */
  readonly onlyHidden?: boolean;
  /** One sentence, or undefined when it is not there. */
  readonly see: (seen: Seen) => string | undefined;
}

const some = (seen: Seen, fits: (node: NodeRecord) => boolean, says: string): string | undefined => {
  const count = seen.nodes?.filter(fits).length ?? 0;
  return count === 0 ? undefined : `${count} of ${seen.nodes?.length} nodes ${says}`;
};

const version =
  (pattern: RegExp, says: string) =>
  (seen: Seen): string | undefined =>
    seen.gitVersion !== undefined && pattern.test(seen.gitVersion)
      ? `the API server's version ${says}`
      : some(seen, (node) => pattern.test(node.kubeletVersion), `run a kubelet whose version ${says}`);

const keys =
  (domain: RegExp, says: string) =>
  (seen: Seen): string | undefined =>
    some(
      seen,
      (node) =>
        (node.labelDomains ?? []).some((one) => domain.test(one)) ||
        node.annotationKeys.some((key) => domain.test(key.slice(0, key.indexOf("/")))),
      `carry labels or annotations of ${says}`,
    );

const managed = (product: string, see: Sign["see"]): Sign => ({ name: "managed", product, onlyHidden: true, see });

/** Most telling first. */
export const signs: readonly Sign[] = [
  { name: "gardener", see: ({ shootInfo }) => (shootInfo ? "the ConfigMap kube-system/shoot-info exists" : undefined) },
  { name: "gardener", see: keys(/(^|\.)(gardener\.cloud|sapcloud\.io)$/, "gardener.cloud") },
  managed("EKS", version(/-eks-/, "has the suffix -eks-")),
  managed("EKS", keys(/(^|\.)eks\.amazonaws\.com$/, "eks.amazonaws.com")),
  managed("GKE", version(/-gke\./, "has the suffix -gke.")),
  managed("AKS", keys(/^kubernetes\.azure\.com$/, "kubernetes.azure.com")),
  managed("DigitalOcean", keys(/^doks\.digitalocean\.com$/, "doks.digitalocean.com")),
  managed("Linode", keys(/^lke\.linode\.com$/, "lke.linode.com")),
  managed("Scaleway", keys(/^k8s\.scaleway\.com$/, "k8s.scaleway.com")),
  managed("OVHcloud", keys(/(^|\.)k8s\.ovh\.net$/, "k8s.ovh.net")),
  { name: "rke2", see: version(/\+rke2/, "has the suffix +rke2") },
  { name: "rke2", see: keys(/^rke2\.io$/, "rke2.io") },
  { name: "k3s", see: version(/\+k3s/, "has the suffix +k3s") },
  { name: "k3s", see: keys(/^k3s\.io$/, "k3s.io") },
  { name: "talos", see: (seen) => some(seen, ({ osImage }) => osImage.startsWith("Talos"), "run Talos") },
  { name: "kind", see: (seen) => some(seen, (node) => node.providerScheme === "kind", "have a providerID of kind") },
  {
    name: "cluster-api",
    withoutControlPlane: "hosted",
    see: keys(/(^|\.)cluster\.x-k8s\.io$/, "cluster.x-k8s.io"),
  },
  {
    name: "kubeadm",
    withoutControlPlane: "hosted",
    see: ({ kubeadmConfig }) => (kubeadmConfig ? "the ConfigMap kube-system/kubeadm-config exists" : undefined),
  },
  { name: "kubeadm", withoutControlPlane: "hosted", see: keys(/^kubeadm\.alpha\.kubernetes\.io$/, "kubeadm") },
  { name: "unknown", product: "OpenShift", see: keys(/(^|\.)openshift\.io$/, "openshift.io") },
  { name: "unknown", product: "MicroK8s", see: keys(/^microk8s\.io$/, "microk8s.io") },
  { name: "unknown", product: "kwok", see: keys(/^kwok\.x-k8s\.io$/, "kwok.x-k8s.io") },
];
