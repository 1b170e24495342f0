/** Clusters of which no whole recording exists, composed of what their platforms are known to show. */
import { loadSpecLists } from "../../../src/catalogue/conformance-specs.ts";
import { digestOf } from "../../../src/model/digest.ts";
import type { Json } from "../../../src/model/json.ts";
import { paths, recorded } from "../gathering.ts";
import { anyCluster, leases, node, readyz, staticPod, storageClass } from "./objects.ts";
import type { Story } from "./story.ts";

const zone = (region: string, name: string) => ({
  "topology.kubernetes.io/region": region,
  "topology.kubernetes.io/zone": name,
});

/** A complete serial run: every spec of the minor passed but those of SCTP, which were not executed. */
function allPassed(gitVersion: string, minor: string, finishedAt: string): Story["conformanceResults"] {
  const lists = loadSpecLists().find((entry) => entry.minor === minor);
  const [conformance, specs] = [lists?.conformance ?? [], lists?.networkPolicy ?? []];
  const passed = specs.filter((name) => !name.includes("SCTPConnectivity"));
  const notExecuted = specs.filter((name) => !passed.includes(name));
  const required = conformance.length;
  const value: Json = {
    tool: "hydrophone",
    source: "c".repeat(64),
    finishedAt,
    kubernetesVersion: gitVersion,
    run: { dryRun: false, parallel: false, flakeAttempts: 1, focus: [], skip: [] },
    executed: required + passed.length,
    conformance: { minor, required, passed: required, failed: [], notExecuted: [], flaked: [] },
    networkPolicy: { minor, required: specs.length, passed: [...passed], failed: [], notExecuted, flaked: [] },
  };
  return { at: finishedAt, sha256: digestOf(value), value };
}

const openstackAt = "2026-11-23T10:00:00Z";
const openstackSince = "2025-10-01T08:00:00Z";
const hosts = ["cp-1", "cp-2", "cp-3"];
const throttled = [
  "--max-requests-inflight=800",
  "--max-mutating-requests-inflight=400",
  "--min-request-timeout=300",
  "--enable-admission-plugins=NodeRestriction,EventRateLimit",
  "--admission-control-config-file=/etc/kubernetes/admission.yaml",
];
const compacting = ["--auto-compaction-mode=periodic", "--auto-compaction-retention=8h"];

const openstack: Story = {
  name: "cluster-api-openstack-1.37",
  at: openstackAt,
  subject: "cloud-1.37",
  minor: "1.37",
  fairness: true,
  conformanceResults: allPassed("v1.37.2", "1.37", "2026-11-20T10:00:00Z"),
  objects: {
    ...anyCluster("v1.37.2", openstackSince, 3),
    ...readyz(),
    ...leases(openstackAt, hosts),
    [paths.nodes]: [
      ...hosts.map((name, index) => {
        const placed = { ...zone("region-1", `az${index + 1}`), "topology.openstack.org/host-id": `host-${index}` };
        const labels = { "node-role.kubernetes.io/control-plane": "", ...placed };
        return node(name, openstackSince, labels, { kubeletVersion: "v1.37.2", providerID: `openstack:///${name}` });
      }),
      ...["worker-1", "worker-2"].map((name, index) =>
        node(name, openstackSince, zone("region-1", `az${index + 1}`), {
          kubeletVersion: "v1.37.2",
          providerID: `openstack:///${name}`,
        }),
      ),
    ],
    [paths.pods]: hosts.flatMap((name) => [
      staticPod("kube-apiserver", name, openstackSince, ["kube-apiserver", ...throttled]),
      staticPod("etcd", name, openstackSince, ["etcd", ...compacting]),
    ]),
    [paths.kubeadmConfig]: {
      data: {
        ClusterConfiguration:
          "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.37.2\netcd: {local: {dataDir: /var/lib/etcd}}\nnetworking: {podSubnet: 10.42.0.0/16, serviceSubnet: 10.96.0.0/12}\n",
      },
    },
    [paths.storageClasses]: [storageClass("cinder", openstackSince, "cinder.csi.openstack.org")],
    [paths.ingressClasses]: [
      {
        metadata: { name: "nginx", annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } },
        spec: { controller: "k8s.io/ingress-nginx" },
      },
    ],
  },
};

/** The same cluster for a user who has no right at all: what every user may read stays. */
const { conformanceResults: _, ...unproven } = openstack;
const noRights: Story = {
  ...unproven,
  name: "no-rights",
  subject: "cloud-1.37-without-rights",
  allowed: [paths.version, paths.readyz],
};

const gardenerAt = "2026-11-23T10:00:00Z";
const gardenerSince = "2026-11-20T10:00:00Z";

const gardener: Story = {
  name: "gardener-1.36",
  at: gardenerAt,
  subject: "shoot-1.36",
  minor: "1.36",
  fairness: true,
  conformanceResults: allPassed("v1.36.6", "1.36", "2026-11-21T10:00:00Z"),
  objects: {
    ...anyCluster("v1.36.6", gardenerSince),
    ...readyz(),
    ...leases(gardenerAt, ["kube-apiserver-6c5b9d7f4-x2x2x", "kube-apiserver-6c5b9d7f4-z9z9z"]),
    [paths.shootInfo]: recorded("gardener", "shoot-info.json"),
    [paths.nodes]: ["z1", "z2"].map((name) => {
      const labels = { ...zone("europe-central-1", name), "worker.gardener.cloud/pool": "worker" };
      return node(`shoot-worker-${name}`, gardenerSince, labels, { kubeletVersion: "v1.36.6" });
    }),
    [paths.storageClasses]: [storageClass("default", gardenerSince, "cinder.csi.openstack.org")],
  },
};

const talosAt = "2026-05-05T10:00:00Z";
const talosSince = "2026-05-01T10:00:00Z";

const talos: Story = {
  name: "talos-1.36",
  at: talosAt,
  subject: "talos-1.36",
  minor: "1.36",
  fairness: true,
  objects: {
    ...anyCluster("v1.36.0", talosSince),
    ...readyz(),
    ...leases(talosAt, ["talos-cp-1"]),
    [paths.nodes]: [
      node(
        "talos-cp-1",
        talosSince,
        { "node-role.kubernetes.io/control-plane": "" },
        {
          kubeletVersion: "v1.36.0",
          osImage: "Talos (v1.13.0)",
        },
      ),
    ],
    [paths.pods]: [
      staticPod("kube-apiserver", "talos-cp-1", talosSince, recorded("talos", "api-server-command.json") as string[]),
    ],
  },
};

export const composedStories: readonly Story[] = [openstack, noRights, gardener, talos];
