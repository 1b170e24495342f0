/** Kubelets beside the API server: advisory, the version policy is judged by the API server. */
import type { Fact } from "../fact.ts";
import type { NodesFact } from "../facts/nodes.ts";
import type { Finding } from "../finding.ts";
import { counted } from "../finding-lists.ts";
import { baseVersion, compareVersions, type KubernetesVersion, parseKubernetesVersion } from "./kubernetes-version.ts";

/**
 * One finding per kubelet version that differs: older, newer by a minor, or older by more minors than Kubernetes supports
 * (version skew policy: three; two before 1.28; never newer).
 */
export function kubeletLag(nodes: Fact<NodesFact>, version: KubernetesVersion): readonly Finding[] {
  if (nodes.status === "unavailable") return [];
  const differing = new Map<string, { readonly kubelet: KubernetesVersion; readonly names: string[] }>();
  for (const node of nodes.value.nodes) {
    const kubelet = parseKubernetesVersion(node.kubeletVersion);
    if (!kubelet || !differs(kubelet, version)) continue;
    const known = differing.get(baseVersion(kubelet));
    if (known) known.names.push(node.name);
    else differing.set(baseVersion(kubelet), { kubelet, names: [node.name] });
  }
  return [...differing.values()].map(({ kubelet, names }) => {
    const [code, how] = wording(kubelet, version);
    return {
      code,
      subject: { kind: "Node", name: names[0] ?? "" },
      expected: baseVersion(version),
      actual: baseVersion(kubelet),
      message: `${counted(names.length, "node")} run kubelet ${baseVersion(kubelet)}, ${how}; advisory, the policy is judged by the API server`,
    };
  });
}

/** A newer patch of the same minor is as it happens while nodes are upgraded. */
function differs(kubelet: KubernetesVersion, version: KubernetesVersion): boolean {
  return isAhead(kubelet, version) || compareVersions(kubelet, version) < 0;
}

function isAhead(kubelet: KubernetesVersion, version: KubernetesVersion): boolean {
  return kubelet.major > version.major || (kubelet.major === version.major && kubelet.minor > version.minor);
}

function wording(kubelet: KubernetesVersion, version: KubernetesVersion): readonly [code: string, how: string] {
  if (isAhead(kubelet, version))
    return ["kubelet-ahead", "newer than the API server, which Kubernetes does not support"];
  const supported = version.minor < 28 ? 2 : 3;
  return version.minor - kubelet.minor > supported
    ? [
        "kubelet-outside-skew",
        `more than ${supported} minors older than the API server, which Kubernetes does not support`,
      ]
    : ["kubelet-behind", "older than the API server"];
}
