import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/model/canonical-json.ts";
import type { Json } from "../../src/model/json.ts";
import { keptFlags } from "../../src/probes/kept-flags.ts";
import { keptMetrics } from "../../src/probes/kept-metrics.ts";
import { createCertificateAuthority } from "../support/certificates.ts";
import { gatherFrom, lookedAt, paths } from "../support/gathering.ts";
import { kubernetesRoutes } from "../support/kubernetes-routes.ts";
import { statusObject } from "../support/loopback-response.ts";

let planted = 0;
/** A new marker each time: none may be found in what is stored. */
const secret = (): string => `SECRET-${++planted}`;

const flags = [
  ...[...keptFlags.keys()].flatMap((name) => [`--${name}=${secret()}`, `--${name}`, secret()]),
  `--token-auth-file=/etc/${secret()}`,
  `--etcd-servers=https://${secret()}:pw@${secret()}:2379`,
  "--oidc-client-id",
  secret(),
  `--${secret()}=1`,
  secret(),
];
const metadata = (name: string, more: object = {}) => ({
  name,
  uid: "5f4f0f3c-0000-0000-0000-000000000000",
  creationTimestamp: "2026-01-01T00:00:00Z",
  annotations: {
    "example.org/token": secret(),
    "kubectl.kubernetes.io/last-applied-configuration": secret(),
    "kubernetes.io/config.mirror": secret(),
  },
  managedFields: [{ manager: secret() }],
  ...more,
});
const pod = (component: string) => ({
  metadata: metadata(`${component}-a`, { labels: { component, tier: "control-plane", secret: secret() } }),
  spec: {
    containers: [
      {
        name: component,
        image: `${secret()}.example.org:5000/team/agent:${secret()}@sha256:${secret()}`,
        command: [component, ...flags],
        args: flags,
        env: [{ name: "TOKEN", value: secret() }],
      },
    ],
  },
  status: { phase: "Running", hostIP: secret(), podIP: secret() },
});
const nodeArgs = JSON.stringify([
  "server",
  "--token",
  secret(),
  ...flags,
  "--kube-apiserver-arg",
  `oidc-client-secret=${secret()}`,
  "--etcd-arg",
  `max-requests-inflight=${secret()}`,
]);
const node = {
  metadata: metadata("server-1", {
    labels: {
      "node-role.kubernetes.io/control-plane": "true",
      "example.org/owner": secret(),
      "k3s.io/internal-ip": secret(),
    },
    annotations: {
      "k3s.io/node-args": nodeArgs,
      "k3s.io/node-env": JSON.stringify({ K3S_TOKEN: secret() }),
      "cluster.x-k8s.io/machine": secret(),
    },
  }),
  spec: { providerID: `openstack:///${secret()}`, podCIDRs: [secret()] },
  status: {
    addresses: [
      { type: "InternalIP", address: secret() },
      { type: "Hostname", address: secret() },
    ],
  },
};
const kubeadm = JSON.stringify({
  apiVersion: "kubeadm.k8s.io/v1beta4",
  kubernetesVersion: secret(),
  clusterName: secret(),
  controlPlaneEndpoint: `${secret()}:6443`,
  certificateValidityPeriod: secret(),
  apiServer: {
    certSANs: [secret()],
    extraArgs: [...keptFlags.keys(), "oidc-issuer-url"].map((name) => ({ name, value: secret() })),
  },
  etcd: { external: { endpoints: [`https://${secret()}:2379`], keyFile: secret() } },
  networking: { podSubnet: secret(), dnsDomain: secret() },
});
const metrics = [...keptMetrics].flatMap(([name, { labels }]) => [
  `${name}{${Object.keys(labels)
    .map((label) => `${label}="${secret()}"`)
    .join(",")}} 1`,
  `${name}{user="${secret()}",client="${secret()}"} 1`,
]);
const authority = await createCertificateAuthority(secret());

const cluster = {
  [paths.version]: { gitVersion: "v1.36.1", gitCommit: secret() },
  [paths.kubeSystem]: { metadata: metadata("kube-system") },
  [paths.nodes]: [node],
  [paths.namespaces]: [
    {
      metadata: {
        name: secret(),
        labels: { team: secret(), "pod-security.kubernetes.io/enforce": secret() },
        annotations: { note: secret() },
      },
    },
  ],
  [paths.signingRequests]: [
    {
      metadata: { name: secret(), creationTimestamp: "2026-01-01T00:00:00Z" },
      spec: {
        signerName: "kubernetes.io/kubelet-serving",
        username: "system:node:node-1",
        request: secret(),
        uid: secret(),
        groups: [secret()],
      },
      status: { conditions: [{ type: "Approved", message: secret() }], certificate: secret() },
    },
  ],
  [paths.pods]: [pod("kube-apiserver"), pod("etcd")],
  [paths.kubeadmConfig]: { metadata: metadata("kubeadm-config"), data: { ClusterConfiguration: kubeadm } },
  [paths.kubeletConfig]: {
    metadata: metadata("kubelet-config"),
    data: {
      kubelet: `kind: KubeletConfiguration\nauthentication: {x509: {clientCAFile: ${secret()}}}\nclusterDomain: ${secret()}\nauthorization: {mode: "${secret()}"}\n`,
    },
  },
  [paths.shootInfo]: { data: { domain: secret(), projectName: secret() } },
  [paths.rootCa]: { data: { "ca.crt": authority.pem } },
  [paths.authentication]: { data: { "client-ca-file": authority.pem, "requestheader-allowed-names": secret() } },
  [paths.flagz]: {
    kind: "Flagz",
    flags: Object.fromEntries([...keptFlags.keys(), "token-auth-file"].map((name) => [name, secret()])),
  },
  [paths.metrics]: `${metrics.join("\n")}\n`,
  [paths.readyz]: `[+]ping ok ${secret()}\n[-]etcd failed: ${secret()}\n`,
  [paths.leases]: [
    {
      metadata: metadata("apiserver-x", { labels: { "apiserver.kubernetes.io/identity": "kube-apiserver" } }),
      spec: { holderIdentity: secret(), renewTime: "2026-01-01T00:00:00.000000Z" },
    },
    {
      metadata: metadata("kube-scheduler"),
      spec: { holderIdentity: `host_${secret()}`, renewTime: "2026-01-01T00:00:00.000000Z" },
    },
  ],
  [paths.events]: [
    { metadata: metadata("pulled", { resourceVersion: secret() }), message: secret(), source: { host: secret() } },
    { metadata: metadata("old", { creationTimestamp: secret() }), lastTimestamp: secret(), reason: secret() },
  ],
  [paths.endpointSlice]: { endpoints: [{ addresses: [secret()], hostname: secret() }] },
  [paths.priorityLevels]: [{ metadata: metadata("exempt"), spec: { type: "Exempt", note: secret() } }],
  [paths.storageClasses]: [
    {
      metadata: metadata("fast"),
      provisioner: "nfs.csi.k8s.io",
      parameters: {
        server: secret(),
        "csi.storage.k8s.io/provisioner-secret-name": secret(),
        numberOfReplicas: secret(),
      },
    },
  ],
  [paths.csiDrivers]: [{ metadata: metadata("driver"), spec: { tokenRequests: [{ audience: secret() }] } }],
  [paths.csiNodes]: [
    {
      metadata: metadata("server-1"),
      spec: { drivers: [{ name: "csi.example.org", nodeID: secret(), topologyKeys: [secret()] }] },
    },
  ],
  [paths.persistentVolumes]: [
    {
      metadata: metadata("pvc-1", { labels: { team: secret() } }),
      spec: {
        storageClassName: "fast",
        accessModes: ["ReadWriteOnce", secret()],
        csi: { driver: "csi.example.org", volumeHandle: secret(), volumeAttributes: { share: secret() } },
        claimRef: { namespace: secret(), name: secret() },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: `example.org/${secret()}`, operator: "In", values: [secret()] }] },
            ],
          },
        },
      },
      status: { phase: "Bound", message: secret() },
    },
  ],
  [paths.ingressClasses]: [
    { metadata: metadata("nginx"), spec: { controller: "k8s.io/ingress-nginx", parameters: { name: secret() } } },
  ],
  [paths.customResources]: [
    { metadata: metadata("certificates.cert-manager.io") },
    { metadata: metadata("backups.velero.io") },
    { metadata: metadata("gateways.gateway.networking.k8s.io") },
  ],
  [paths.etcdSnapshots]: [
    {
      metadata: metadata("s3-snapshot"),
      spec: {
        snapshotName: secret(),
        nodeName: secret(),
        location: `s3://${secret()}/${secret()}`,
        s3: { bucket: secret() },
      },
      status: { creationTime: "2026-01-01T00:00:00Z", readyToUse: true, error: { message: secret() } },
    },
  ],
  [paths.services]: [
    {
      metadata: metadata("web", { namespace: "shop" }),
      spec: { type: "LoadBalancer", loadBalancerIP: secret(), clusterIP: secret(), ipFamilies: ["IPv4", secret()] },
      status: { loadBalancer: { ingress: [{ ip: "192.0.2.77" }, { ip: secret() }, { hostname: secret() }] } },
    },
  ],
  [paths.systemServices]: [
    {
      metadata: metadata("kube-dns", { labels: { "k8s-app": "kube-dns" } }),
      spec: { clusterIPs: ["192.0.2.78", secret()], externalName: secret() },
    },
  ],
  [paths.kubernetesService]: { metadata: metadata("kubernetes"), spec: { clusterIP: "192.0.2.79", note: secret() } },
  [paths.serviceRanges]: [{ metadata: metadata("kubernetes"), spec: { cidrs: ["192.0.2.0/24", secret()] } }],
  [paths.ingresses]: [
    {
      metadata: metadata("front", { namespace: "shop" }),
      spec: { rules: [{ host: secret() }], tls: [{ secretName: secret() }] },
      status: { loadBalancer: { ingress: [{ hostname: secret() }, { ip: secret() }] } },
    },
  ],
  [paths.gateways]: [
    {
      metadata: metadata("front", { namespace: "shop" }),
      spec: { listeners: [{ hostname: secret() }] },
      status: {
        addresses: [
          { type: "Hostname", value: secret() },
          { type: "IPAddress", value: "2001:db8::77" },
        ],
      },
    },
  ],
  [paths.cronJobs]: [
    {
      metadata: metadata("nightly", { namespace: "kube-system" }),
      spec: {
        schedule: secret(),
        jobTemplate: {
          spec: {
            template: {
              spec: {
                containers: [
                  {
                    image: `${secret()}.example.org/etcd-backup:${secret()}`,
                    command: ["sh", "-c", `etcdctl --user=${secret()} snapshot save /${secret()}`],
                    env: [{ name: "AWS_SECRET_ACCESS_KEY", value: secret() }],
                  },
                ],
                volumes: [{ hostPath: { path: "/etc/kubernetes/pki/etcd" } }, { hostPath: { path: secret() } }],
              },
            },
          },
        },
      },
    },
  ],
  [paths.veleroBackups]: [
    {
      metadata: metadata(secret(), { namespace: secret() }),
      spec: { includedNamespaces: [secret()] },
      status: { phase: "Completed", completionTimestamp: "2026-01-01T00:00:00Z", failureReason: secret() },
    },
  ],
  [paths.veleroSchedules]: [{ metadata: metadata(secret()), spec: { schedule: secret() } }],
  [paths.veleroLocations]: [
    {
      metadata: metadata(secret()),
      spec: { objectStorage: { bucket: secret() }, credential: { name: secret() }, config: { s3Url: secret() } },
      status: { phase: secret() },
    },
  ],
};

const places = { pathPrefix: `/k8s/${secret()}`, clientCertificates: true };
const marker = /SECRET-\d+/;

describe("what is stored of a cluster full of secrets", () => {
  it("holds none of them", async () => {
    const { gathering } = await gatherFrom(kubernetesRoutes(cluster), undefined, places);
    const collected = Object.values(gathering.items).filter(({ status }) => status === "collected");
    expect(collected).toHaveLength(lookedAt.length);
    expect(planted).toBeGreaterThan(200);
    const text = canonicalJson(gathering as unknown as Json);
    expect(marker.exec(text)).toBeNull();
    expect(text).not.toMatch(/192\.0\.2\.|2001:db8/);
  });

  it.each([400, 401, 403, 404, 410, 422, 500, 503])("nor of what it says with a %i", async (status) => {
    const body = statusObject(status, `User "${secret()}" ${secret()} at https://${secret()}:6443 ${secret()}`);
    const { gathering } = await gatherFrom(
      ({ url }) => (url.pathname === paths.version ? { body: cluster[paths.version] } : { status, body }),
      undefined,
      places,
    );
    expect(marker.exec(canonicalJson(gathering as unknown as Json))).toBeNull();
  });

  it("nor of answers that do not parse", async () => {
    const { gathering } = await gatherFrom(
      ({ url }) => ({ body: url.pathname === paths.version ? cluster[paths.version] : `${secret()} {${secret()}` }),
      undefined,
      places,
    );
    expect(marker.exec(canonicalJson(gathering as unknown as Json))).toBeNull();
  });
});
