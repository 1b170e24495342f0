/** What is written for API servers and etcd in the management cluster, by kind and version. */
import { describe, expect, it } from "vitest";
import { paths, served } from "../../support/gathering.ts";
import { forbidden, kubernetesRoutes } from "../../support/kubernetes-routes.ts";
import { apis, gatherManaged } from "../../support/managed.ts";
import { capiCluster, capiMachine, nodeWithId, tenant, tenantPaths } from "../../support/managed-objects.ts";

const admission = (plugin: string) => `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins: [{name: PodSecurity, configuration: {}}, {name: EventRateLimit, ${plugin}}]
`;
const limits = `apiVersion: eventratelimit.admission.k8s.io/v1alpha1
kind: Configuration
limits: [{type: Server, qps: 5000, burst: 20000}, {type: Namespace, qps: 50, burst: 100, cacheSize: 2000}, {type: Nonsense, qps: 1}]
`;
const inline = admission("configuration: {limits: [{type: Server, qps: 5000, burst: 20000}]}");
const file = (path: string, content: string, more: object = {}) => ({ path, content, ...more });

const rolledOut = { observedGeneration: 7, replicas: 3, updatedReplicas: 3 };

function kubeadmControlPlane(kubeadm: object, status: object = rolledOut, spec: object = {}) {
  return {
    apiVersion: "controlplane.cluster.x-k8s.io/v1beta1",
    metadata: { ...tenant, generation: 7 },
    spec: { replicas: 3, kubeadmConfigSpec: kubeadm, ...spec },
    status,
  };
}

const withServer = (extraArgs: object, more: object = {}) => ({
  clusterConfiguration: { apiServer: { extraArgs, ...more }, etcd: { local: { extraArgs: {} } } },
});
const configFile = "/etc/kubernetes/admission/config.yaml";
const rateLimited = {
  "admission-control-config-file": configFile,
  "enable-admission-plugins": "NodeRestriction,EventRateLimit",
};

function gatherControlPlane(object: object, capi = "v1beta1", overrides = {}) {
  const at = tenantPaths(capi);
  const management = kubernetesRoutes(
    {
      "/apis": apis({ "cluster.x-k8s.io": [capi], "controlplane.cluster.x-k8s.io": [capi] }),
      [at.cluster]: capiCluster(),
      [at.machines]: [capiMachine(1)],
      [at.controlPlane]: object,
    },
    { overrides },
  );
  const cluster = kubernetesRoutes({ [paths.version]: served("v1.37.2"), [paths.nodes]: [nodeWithId(1)] });
  return gatherManaged({ cluster, management }, ["management/control-plane"], tenant);
}

describe("a KubeadmControlPlane", () => {
  it("of v1beta1 has flags as a map", async () => {
    const kubeadm = {
      clusterConfiguration: {
        apiServer: { extraArgs: { "max-requests-inflight": "800", "oidc-client-id": "acme" } },
        etcd: { local: { extraArgs: { "auto-compaction-mode": "periodic", "auto-compaction-retention": "8h" } } },
      },
    };
    const object = kubeadmControlPlane(kubeadm, rolledOut, { rolloutBefore: { certificatesExpiryDays: 30 } });
    const { value, gathering } = await gatherControlPlane(object);
    expect(value("management/control-plane")).toEqual({
      kind: "KubeadmControlPlane",
      apiVersion: "controlplane.cluster.x-k8s.io/v1beta1",
      replicas: 3,
      rolledOut: true,
      apiServer: { values: { "max-requests-inflight": "800" }, withheld: ["oidc-client-id"] },
      hidesFlags: false,
      etcd: {
        placement: "local",
        flags: { values: { "auto-compaction-mode": "periodic", "auto-compaction-retention": "8h" }, withheld: [] },
      },
      certificateRolloutDays: 30,
    });
    expect(JSON.stringify(gathering)).not.toContain("acme");
  });

  it("of v1beta2 has flags as a list, and its rollout elsewhere", async () => {
    const kubeadm = {
      clusterConfiguration: {
        apiServer: { extraArgs: [{ name: "min-request-timeout", value: "300" }] },
        etcd: { external: { endpoints: ["https://10.1.1.1:2379"] } },
      },
    };
    const status = { observedGeneration: 7, replicas: 3, upToDateReplicas: 3 };
    const spec = { rollout: { before: { certificatesExpiryDays: 21 } } };
    const { value } = await gatherControlPlane(kubeadmControlPlane(kubeadm, status, spec), "v1beta2");
    expect(value("management/control-plane")).toMatchObject({
      rolledOut: true,
      apiServer: { values: { "min-request-timeout": "300" } },
      etcd: { placement: "external" },
      certificateRolloutDays: 21,
    });
  });

  it.each<[string, object]>([
    ["an older generation was seen", { ...rolledOut, observedGeneration: 6 }],
    ["a replica is not replaced yet", { ...rolledOut, updatedReplicas: 2 }],
    ["there is one replica too many", { ...rolledOut, replicas: 4 }],
    ["nothing is said", {}],
  ])("is not rolled out while %s", async (_, status) => {
    const { value } = await gatherControlPlane(kubeadmControlPlane(withServer({}), status));
    expect(value("management/control-plane").rolledOut).toBe(false);
  });

  it.each<[string, object]>([
    ["commands before", { preKubeadmCommands: ["/usr/local/bin/tweak.sh"] }],
    ["commands after", { postKubeadmCommands: ["x"] }],
    ["patches", { initConfiguration: { patches: { directory: "/etc/patches" } } }],
  ])("may have further flags by %s", async (_, more) => {
    const { value } = await gatherControlPlane(kubeadmControlPlane({ ...withServer({}), ...more }));
    expect(value("management/control-plane").hidesFlags).toBe(true);
  });

  const server = { type: "Server", qps: 5000, burst: 20000 };
  const volume = { extraVolumes: [{ hostPath: "/etc/host/admission", mountPath: "/etc/kubernetes/admission" }] };
  it.each<[string, object, object | undefined]>([
    ["in the file itself", { files: [file(configFile, inline)] }, [server]],
    [
      "in a file beside it",
      {
        files: [
          file(configFile, admission("path: limits.yaml")),
          file("/etc/kubernetes/admission/limits.yaml", limits),
        ],
      },
      [server, { type: "Namespace", qps: 50, burst: 100 }],
    ],
    [
      "where a volume mounts it",
      { ...withServer(rateLimited, volume), files: [file("/etc/host/admission/config.yaml", inline)] },
      [server],
    ],
    [
      "in base64",
      { files: [file(configFile, Buffer.from(inline).toString("base64"), { encoding: "base64" })] },
      [server],
    ],
    ["nowhere: another plugin's", { files: [file(configFile, "plugins: [{name: PodSecurity}]")] }, undefined],
    [
      "nowhere: a Secret is not read",
      { files: [{ path: configFile, contentFrom: { secret: { name: "s", key: "k" } } }] },
      undefined,
    ],
    ["nowhere: compressed", { files: [file(configFile, "H4sIAAAA", { encoding: "gzip+base64" })] }, undefined],
    ["nowhere: no YAML", { files: [file(configFile, "a: [1\nb: }")] }, undefined],
    ["nowhere: no such file", {}, undefined],
  ])("has the limits of EventRateLimit %s", async (_, kubeadm, expected) => {
    const { value } = await gatherControlPlane(kubeadmControlPlane({ ...withServer(rateLimited), ...kubeadm }));
    expect(value("management/control-plane").eventLimits).toEqual(expected);
  });

  it("needs a right of its own", async () => {
    const at = tenantPaths("v1beta1");
    const { gathering } = await gatherControlPlane({}, "v1beta1", { [at.controlPlane]: forbidden() });
    expect(gathering.items["management/control-plane"]).toMatchObject({
      reason: "forbidden",
      resolve: expect.stringMatching(/get kubeadmcontrolplanes .*on the management cluster$/),
    });
  });
});

describe("a hosted control plane", () => {
  const hosted = tenantPaths();
  const cluster = kubernetesRoutes({ [paths.version]: served("v1.37.2"), [paths.nodes]: [nodeWithId(1)] });

  it("of Kamaji's provider is a TenantControlPlane of the same name", async () => {
    const owner = { ...capiCluster(), spec: { controlPlaneRef: { kind: "KamajiControlPlane", name: tenant.name } } };
    const management = kubernetesRoutes({
      "/apis": apis({ "cluster.x-k8s.io": ["v1beta2"], "kamaji.clastix.io": ["v1alpha1"] }),
      [hosted.cluster]: owner,
      [hosted.machines]: [capiMachine(1)],
      [hosted.tenantControlPlane]: {
        apiVersion: "kamaji.clastix.io/v1alpha1",
        metadata: tenant,
        spec: {
          controlPlane: {
            deployment: {
              replicas: 3,
              extraArgs: { apiServer: ["--max-requests-inflight=300", "--token-auth-file=/acme"] },
            },
            service: { serviceType: "LoadBalancer" },
          },
          kubernetes: { admissionControllers: ["NodeRestriction", "EventRateLimit"] },
          networkProfile: { loadBalancerSourceRanges: ["203.0.113.0/24"] },
        },
        status: { kubernetesResources: { version: { status: "Ready" } } },
      },
    });
    const wanted = ["management/control-plane", "management/api-access"] as const;
    const { value, gathering } = await gatherManaged({ cluster, management }, wanted, tenant);
    expect(value("management/control-plane")).toEqual({
      kind: "TenantControlPlane",
      apiVersion: "kamaji.clastix.io/v1alpha1",
      replicas: 3,
      rolledOut: true,
      apiServer: {
        values: { "enable-admission-plugins": "NodeRestriction,EventRateLimit", "max-requests-inflight": "300" },
        withheld: ["token-auth-file"],
      },
      hidesFlags: false,
    });
    expect(value("management/api-access")).toMatchObject({
      kind: "TenantControlPlane",
      loadBalancer: true,
      written: { ranges: 1, openTo: [], malformed: 0 },
      applied: null,
      notApplied: 1,
    });
    expect(JSON.stringify(gathering)).not.toMatch(/acme|203\.0/);
  });

  it("of Gardener is the Shoot, whose domain proves which one", async () => {
    const shoot = {
      apiVersion: "core.gardener.cloud/v1beta1",
      metadata: { ...tenant, generation: 4 },
      spec: {
        dns: { domain: "blue.acme.shoots.cloud.com" },
        controlPlane: { highAvailability: { failureTolerance: { type: "zone" } } },
        extensions: [{ type: "acl", providerConfig: { rule: { action: "ALLOW", cidrs: ["203.0.113.0/24", "::/0"] } } }],
        kubernetes: {
          kubeAPIServer: {
            requests: { maxNonMutatingInflight: 400, maxMutatingInflight: 200 },
            admissionPlugins: [
              { name: "EventRateLimit", config: { limits: [{ type: "Server", qps: 5000, burst: 20000 }] } },
              { name: "AlwaysPullImages", disabled: true },
            ],
          },
        },
      },
      status: {
        observedGeneration: 4,
        lastOperation: { state: "Succeeded" },
        credentials: { rotation: { certificateAuthorities: { lastCompletionTime: "2026-02-01T00:00:00Z" } } },
      },
    };
    const management = kubernetesRoutes({
      "/apis": apis({ "core.gardener.cloud": ["v1beta1"] }),
      [hosted.shoot]: shoot,
    });
    const info = { data: { shootName: tenant.name, projectName: "p", domain: "blue.acme.shoots.cloud.com" } };
    const here = kubernetesRoutes({ [paths.version]: served("v1.37.2"), [paths.nodes]: [], [paths.shootInfo]: info });
    const wanted = ["management/control-plane", "management/api-access", "management/machines"] as const;
    const { value, reason } = await gatherManaged({ cluster: here, management }, wanted, tenant);
    expect(value("management/control-plane")).toEqual({
      kind: "Shoot",
      apiVersion: "core.gardener.cloud/v1beta1",
      rolledOut: true,
      apiServer: {
        values: {
          "enable-admission-plugins": "EventRateLimit",
          "max-mutating-requests-inflight": "200",
          "max-requests-inflight": "400",
        },
        withheld: [],
      },
      hidesFlags: true,
      eventLimits: [{ type: "Server", qps: 5000, burst: 20000 }],
      failureTolerance: "zone",
      caRotatedAt: "2026-02-01T00:00:00Z",
    });
    expect(value("management/api-access")).toMatchObject({
      kind: "Shoot",
      written: { ranges: 2, openTo: ["IPv6"] },
      applied: null,
    });
    expect(reason("management/machines")).toBe("not-served");
  });
});
