/** A management cluster full of secrets and names of customers: nothing of them is stored. */
import { expect, it } from "vitest";
import { canonicalJson } from "../../../src/model/canonical-json.ts";
import { type ManagementFactId, managementFacts } from "../../../src/model/facts/index.ts";
import type { Json } from "../../../src/model/json.ts";
import { keptFlags } from "../../../src/probes/kept-flags.ts";
import { paths, served } from "../../support/gathering.ts";
import { kubernetesRoutes } from "../../support/kubernetes-routes.ts";
import { statusObject } from "../../support/loopback-response.ts";
import { apis, gatherManaged } from "../../support/managed.ts";
import { nodeWithId, providerId } from "../../support/managed-objects.ts";

let planted = 0;
const secret = (): string => `SECRET-${++planted}`;

const namespace = "secret-of-acme";
const name = "secret-cluster";
const metadata = (more: object = {}) => ({
  namespace,
  name,
  labels: { "cluster.x-k8s.io/cluster-name": name, "cluster.x-k8s.io/control-plane": "", customer: secret() },
  annotations: { "kubectl.kubernetes.io/last-applied-configuration": secret(), token: secret() },
  managedFields: [{ manager: secret() }],
  ...more,
});
const flags = [
  ...[...keptFlags.keys()].map((flag) => ({ name: flag, value: secret() })),
  { name: secret(), value: "1" },
];
const files = [
  { path: "/etc/kubernetes/cloud.conf", content: `password=${secret()}` },
  {
    path: "/etc/kubernetes/admission.yaml",
    content: `plugins: [{name: EventRateLimit, configuration: {limits: [{type: Server, qps: 1, note: ${secret()}}]}}]`,
  },
];
const base = (group: string, version: string) => `/apis/${group}/${version}`;
const own = (group: string, version: string, resource: string) =>
  `${base(group, version)}/namespaces/${namespace}/${resource}`;
const capi = "cluster.x-k8s.io";
const capo = `infrastructure.${capi}`;
const cluster = {
  apiVersion: `${capi}/v1beta2`,
  metadata: metadata(),
  spec: {
    controlPlaneEndpoint: { host: secret(), port: 6443 },
    infrastructureRef: { kind: "OpenStackCluster", name },
    controlPlaneRef: { kind: "KubeadmControlPlane", name },
    topology: { variables: [{ name: "password", value: secret() }] },
  },
};

const management = {
  "/apis": apis({
    [secret()]: ["v1"],
    [capi]: ["v1beta2", secret()],
    [capo]: ["v1beta1"],
    [`controlplane.${capi}`]: ["v1beta2"],
    "druid.gardener.cloud": ["v1alpha1"],
  }),
  [`${base(capi, "v1beta2")}/clusters`]: [cluster],
  [own(capi, "v1beta2", `clusters/${name}`)]: cluster,
  [own(capi, "v1beta2", "machines")]: [
    {
      metadata: metadata({ name: "secret-machine" }),
      spec: {
        clusterName: name,
        providerID: providerId(1),
        bootstrap: { dataSecretName: secret() },
        infrastructureRef: { kind: "OpenStackMachine", name: "secret-machine" },
      },
      status: { addresses: [{ type: "InternalIP", address: secret() }], nodeRef: { name: "cp-1" } },
    },
  ],
  [own(capo, "v1beta1", "openstackmachines")]: [
    {
      metadata: metadata({ name: "secret-machine" }),
      spec: {
        flavor: "SCS-2V-4-20s",
        image: { filter: { name: secret() } },
        sshKeyName: secret(),
        identityRef: { cloudName: secret(), name: secret() },
        serverGroup: { id: secret() },
        serverMetadata: [{ key: secret(), value: secret() }],
      },
    },
  ],
  [own(`controlplane.${capi}`, "v1beta2", `kubeadmcontrolplanes/${name}`)]: {
    metadata: metadata({ generation: 1 }),
    spec: {
      replicas: 1,
      kubeadmConfigSpec: {
        clusterConfiguration: {
          apiServer: {
            extraArgs: [...flags, { name: "admission-control-config-file", value: "/etc/kubernetes/admission.yaml" }],
            certSANs: [secret()],
          },
          etcd: { local: { extraArgs: flags } },
        },
        files,
        users: [{ name: secret(), passwd: secret(), sshAuthorizedKeys: [secret()] }],
        preKubeadmCommands: [`echo ${secret()}`],
      },
    },
  },
  [own(capo, "v1beta1", `openstackclusters/${name}`)]: {
    metadata: metadata(),
    spec: {
      apiServerLoadBalancer: { enabled: true, provider: secret(), allowedCIDRs: ["203.0.113.0/24", secret()] },
      apiServerFloatingIP: secret(),
      identityRef: { cloudName: secret(), name: secret() },
      externalNetwork: { id: secret() },
    },
    status: { apiServerLoadBalancer: { ip: secret(), allowedCIDRs: ["203.0.113.0/24"] }, bastion: { ip: secret() } },
  },
};

const etcds = [
  {
    metadata: metadata({ name: "etcd-main" }),
    spec: {
      backup: { fullSnapshotSchedule: secret(), store: { provider: secret(), container: secret(), prefix: secret() } },
    },
    status: { conditions: [{ type: "BackupReady", status: secret(), message: secret() }] },
  },
];

const here = kubernetesRoutes({ [paths.version]: served("v1.37.2"), [paths.nodes]: [nodeWithId(1)] });
const ids = Object.keys(managementFacts) as ManagementFactId[];
const marker = /SECRET-\d+|secret-of|secret-cluster|secret-machine|203\.0\.113/;

it("nothing secret is stored of what the management cluster holds", async () => {
  const { gathering, value } = await gatherManaged(
    {
      cluster: here,
      management: kubernetesRoutes({ ...management, [own("druid.gardener.cloud", "v1alpha1", "etcds")]: etcds }),
    },
    ids,
  );
  expect(ids.filter((id) => gathering.items[id]?.status !== "collected")).toEqual([]);
  expect(planted).toBeGreaterThan(80);
  expect(value("management/control-plane").eventLimits).toEqual([{ type: "Server", qps: 1 }]);
  expect(value("management/api-access").written).toEqual({ ranges: 1, openTo: [], malformed: 1 });
  expect(marker.exec(canonicalJson(gathering as unknown as Json))).toBeNull();
});

it.each([400, 403, 404, 500])("nor of what it says with a %i", async (status) => {
  const refuse = { status, body: statusObject(status, `User "${secret()}" cannot get ${secret()}`) };
  const there = kubernetesRoutes({ "/apis": management["/apis"] });
  const { gathering } = await gatherManaged(
    { cluster: here, management: async (request) => (await there(request)) ?? refuse },
    ids,
    { namespace, name },
  );
  expect(gathering.items["management/cluster"]?.status).toBe("unavailable");
  expect(marker.exec(canonicalJson(gathering as unknown as Json))).toBeNull();
});
