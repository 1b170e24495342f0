/** Probes of tier system on loopback: kubelets through the API server, and what listens on nodes behind port-forwards. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ProbedFactId } from "../../../src/model/facts/index.ts";
import { type CertificateAuthority, createCertificateAuthority } from "../../support/certificates.ts";
import { connectedLoopback } from "../../support/connected-loopback.ts";
import { gatherOver, paths, served } from "../../support/gathering.ts";
import { forbidden, kubernetesRoutes } from "../../support/kubernetes-routes.ts";
import { type LoopbackResponse, statusObject } from "../../support/loopback-response.ts";
import { type Forwards, httpListener, portForwarder, tlsListener } from "../../support/port-forwarder.ts";
import { kubeadmKubelet } from "../../support/running-facts.ts";

const configz = readFileSync("fixtures/responses/kind-1.21/kubelet-configz.json", "utf8");
const refused = statusObject(
  503,
  "error trying to reach service: dial tcp 10.0.0.1:10255: connect: connection refused",
);

const node = (name: string, ...roles: readonly string[]) => ({
  metadata: {
    name,
    creationTimestamp: "2026-01-01T00:00:00Z",
    labels: Object.fromEntries(roles.map((role) => [`node-role.kubernetes.io/${role}`, ""])),
  },
  status: { nodeInfo: {} },
});
const pod = (name: string, nodeName: string, given: object = {}) => ({
  metadata: { name },
  spec: { nodeName, hostNetwork: true, ...given },
  status: { phase: "Running" },
});

interface Given {
  readonly nodes?: readonly object[];
  readonly pods?: readonly object[];
  readonly overrides?: { readonly [path: string]: LoopbackResponse };
  readonly forwards?: Forwards;
  readonly authority?: CertificateAuthority;
}

async function system(id: ProbedFactId, given: Given) {
  const rootCa = { data: { "ca.crt": given.authority?.pem ?? "" } };
  const routes = kubernetesRoutes(
    {
      [paths.version]: served("v1.36.0"),
      [paths.nodes]: given.nodes ?? [node("a")],
      [paths.pods]: given.pods ?? [],
      ...(given.authority ? { [paths.rootCa]: rootCa } : {}),
    },
    { overrides: given.overrides ?? {} },
  );
  const { connection, loopback } = await connectedLoopback(
    routes,
    given.forwards ? { upgrade: portForwarder(() => given.forwards ?? {}) } : {},
    { requestTimeoutMilliseconds: 1000, laterMilliseconds: 1 },
  );
  const { gathering } = await gatherOver(connection, [id], {}, "system");
  const fact = gathering.items[id];
  return { fact: fact?.status === "collected" ? fact.value : fact?.reason, resolve: fact, loopback };
}

const proxied = (name: string) => ({
  configz: `/api/v1/nodes/${name}/proxy/configz`,
  readOnly: `/api/v1/nodes/http:${name}:10255/proxy/pods`,
});

describe("kubelets through the API server", () => {
  it("says what each runs with, and what answers on its read-only port", async () => {
    const [a, b, c] = [proxied("a"), proxied("b"), proxied("c")];
    const parsed = JSON.parse(configz) as { readonly kubeletconfig: object };
    const open = { kubeletconfig: { ...parsed.kubeletconfig, readOnlyPort: 10_255 } };
    const { fact } = await system("kube/running-kubelets", {
      nodes: [node("a"), node("b"), node("c")],
      overrides: {
        [a.configz]: { body: configz },
        [a.readOnly]: { status: 503, body: refused },
        [b.configz]: { body: open },
        [b.readOnly]: { body: { kind: "PodList", apiVersion: "v1", items: [] } },
        [c.configz]: { status: 404, body: "404 page not found" },
        [c.readOnly]: { status: 404, body: "404 page not found" },
      },
    });
    expect(fact).toEqual({
      kubelets: [
        { node: "a", settings: kubeadmKubelet, readOnlyPort: "refused" },
        { node: "b", settings: { ...kubeadmKubelet, readOnlyPort: 10_255 }, readOnlyPort: "open" },
        { node: "c", unseen: "not-served", readOnlyPort: "unknown" },
      ],
      notAsked: 0,
    });
  });

  it("stops asking where a firewall is silent", async () => {
    const names = ["a", "b", "c", "d", "e"];
    const overrides = Object.fromEntries(
      names.flatMap((name): [string, LoopbackResponse][] => [
        [proxied(name).configz, { body: configz }],
        [proxied(name).readOnly, { status: 504, body: statusObject(504, "timed out") }],
      ]),
    );
    const { fact, loopback } = await system("kube/running-kubelets", {
      nodes: names.map((name) => node(name)),
      overrides,
    });
    expect(fact).toMatchObject({ kubelets: names.map((name) => ({ node: name, readOnlyPort: "unknown" })) });
    const asked = new Set(loopback.requests.flatMap(({ path }) => (path.includes("10255") ? [path] : [])));
    expect(asked.size).toBe(3);
  });

  const rows: readonly [string, LoopbackResponse, unknown][] = [
    ["without the right", forbidden('nodes "a" is forbidden: User "x" cannot get resource "nodes/proxy"'), "forbidden"],
    [
      "what is no configuration",
      { body: "<html>" },
      { kubelets: [{ node: "a", unseen: "malformed", readOnlyPort: "unknown" }], notAsked: 0 },
    ],
    [
      "a configuration of nothing",
      { body: { kubeletconfig: [] } },
      { kubelets: [{ node: "a", unseen: "malformed", readOnlyPort: "unknown" }], notAsked: 0 },
    ],
    [
      "more than a configuration has",
      { body: "x".repeat(2_000_000) },
      { kubelets: [{ node: "a", unseen: "too-large", readOnlyPort: "unknown" }], notAsked: 0 },
    ],
    [
      "an error of the server",
      { status: 500, body: "" },
      { kubelets: [{ node: "a", unseen: "server-error", readOnlyPort: "unknown" }], notAsked: 0 },
    ],
  ];
  it.each(rows)("%s", async (_, answer, expected) => {
    const { fact } = await system("kube/running-kubelets", { overrides: { [proxied("a").configz]: answer } });
    expect(fact).toEqual(expected);
  });

  it("takes an answer of somebody else for what it is", async () => {
    const { configz: path, readOnly } = proxied("a");
    const overrides = { [path]: { body: configz }, [readOnly]: { body: "hello" } };
    const { fact } = await system("kube/running-kubelets", { overrides });
    expect(fact).toMatchObject({ kubelets: [{ readOnlyPort: "unknown" }] });
  });

  it("names a node as it is written, not as a path", async () => {
    const { loopback } = await system("kube/running-kubelets", { nodes: [node("a/../b")] });
    expect(loopback.requests.map(({ path }) => path)).toContain("/api/v1/nodes/a%2F..%2Fb/proxy/configz");
  });

  it("says which right it needs", async () => {
    const { resolve } = await system("kube/running-kubelets", { overrides: { [proxied("a").configz]: forbidden() } });
    expect(resolve).toMatchObject({ resolve: "the right to get nodes/proxy" });
  });
});

describe("what listens on nodes", () => {
  const both = [node("cp", "control-plane"), node("w")];

  it("tells TLS, certificates and what a request without credentials gets, node by node", async () => {
    const [authority, other] = [await createCertificateAuthority("cluster"), await createCertificateAuthority("other")];
    const issued = await authority.issue({ commonName: "kubelet", names: ["cp"] });
    const foreign = await other.issue({ commonName: "etcd", names: ["localhost"] });
    const tls = (status: number) => tlsListener({ key: issued.keyPem, cert: issued.pem }, () => ({ status }));
    const etcd = { key: foreign.keyPem, cert: foreign.pem, ca: other.pem, requestCert: true };
    const forwards = {
      "etcd-cp": {
        10250: await tls(401),
        2379: await tlsListener(etcd),
        10257: await httpListener(() => ({ body: "plain" })),
      },
      "kube-proxy-w": { 10250: await tls(403), 2379: await tls(200) },
    };
    const pods = [
      pod("a-pod-of-its-own-network", "w", { hostNetwork: false }),
      { ...pod("a-pod-that-is-over", "w"), status: { phase: "Succeeded" } },
      pod("kube-proxy-w", "w"),
      pod("kube-proxy-cp", "cp"),
      pod("etcd-cp", "cp"),
    ];
    const { fact } = await system("kube/listeners", { nodes: both, pods, forwards, authority });
    expect(fact).toMatchObject({
      listeners: [
        {
          node: "cp",
          component: "kubelet",
          port: 10_250,
          speaks: "tls",
          issuedByClusterCa: true,
          anonymous: "rejected",
        },
        { node: "cp", component: "etcd", speaks: "tls", issuedByClusterCa: false, clientCertificate: "required" },
        { node: "cp", component: "kube-controller-manager", speaks: "plain" },
        { node: "cp", component: "kube-scheduler", port: 10_259, speaks: "refused" },
        { node: "w", component: "kubelet", speaks: "tls", clientCertificate: "not-requested", anonymous: "forbidden" },
      ],
    });
    expect(JSON.stringify(fact)).not.toContain("localhost");
  });

  it("keeps open who the issuer is when the cluster's CA cannot be read", async () => {
    const authority = await createCertificateAuthority();
    const issued = await authority.issue({ commonName: "kubelet" });
    const forwards = {
      p: { 10250: await tlsListener({ key: issued.keyPem, cert: issued.pem }, () => ({ status: 500 })) },
    };
    const { fact } = await system("kube/listeners", { pods: [pod("p", "a")], forwards });
    expect(fact).toMatchObject({ listeners: [{ issuedByClusterCa: null, anonymous: "unknown" }] });
  });

  it.each<readonly [string, Given, string]>([
    ["no pod on the network of a node", { pods: [pod("p", "a", { hostNetwork: false })] }, "not-visible"],
    ["no right to list pods", { overrides: { [paths.pods]: forbidden() } }, "forbidden"],
    ["a pod without a name", { pods: [{ spec: {} }] }, "malformed"],
    [
      "no right to connect",
      {
        pods: [pod("p", "a")],
        overrides: { "/api/v1/namespaces/kube-system/pods/p/portforward": forbidden() },
      },
      "forbidden",
    ],
  ])("%s", async (_, given, expected) => {
    expect((await system("kube/listeners", given)).fact).toBe(expected);
  });

  it("goes on where one node does not answer", async () => {
    const answer = { status: 500, body: statusObject(500, "no") };
    const overrides = { "/api/v1/namespaces/kube-system/pods/p/portforward": answer };
    const { fact } = await system("kube/listeners", { pods: [pod("p", "a")], overrides });
    expect(fact).toEqual({ listeners: [{ node: "a", component: "kubelet", port: 10_250, speaks: "unknown" }] });
  });
});

describe("what etcd's members count", () => {
  const metrics = (at: { readonly started?: number; readonly syncs: number; readonly snapshots?: number }) => `
# HELP etcd_disk_wal_fsync_duration_seconds The latency distributions of fsync called by WAL.
# TYPE etcd_disk_wal_fsync_duration_seconds histogram
etcd_disk_wal_fsync_duration_seconds_bucket{le="0.001"} ${at.syncs - 1}
etcd_disk_wal_fsync_duration_seconds_bucket{le="+Inf"} ${at.syncs}
etcd_disk_wal_fsync_duration_seconds_bucket{le="evil"} 7
etcd_disk_backend_commit_duration_seconds_bucket{le="+Inf"} 12
etcd_debugging_auth_revision 1
etcd_debugging_mvcc_compact_revision -1
etcd_debugging_mvcc_current_revision 2.3e+02
etcd_debugging_mvcc_db_compaction_total_duration_milliseconds_count 3
etcd_mvcc_db_total_size_in_bytes 1.048576e+06
etcd_mvcc_db_total_size_in_use_in_bytes 524288
etcd_server_quota_backend_bytes 2.147483648e+09
etcd_server_has_leader 1
etcd_server_leader_changes_seen_total NaN
grpc_server_handled_total{grpc_code="OK",grpc_method="Snapshot",grpc_service="etcdserverpb.Maintenance",grpc_type="server_stream"} ${at.snapshots ?? 0}
grpc_server_handled_total{grpc_code="Unavailable",grpc_method="Snapshot",grpc_service="etcdserverpb.Maintenance",grpc_type="server_stream"} 5
grpc_server_handled_total{grpc_code="OK",grpc_method="Compact",grpc_service="etcdserverpb.KV",grpc_type="unary"} 2
process_start_time_seconds ${at.started ?? 1_764_000_000}
`;
  const one = [node("cp", "control-plane"), node("w")];
  const two = [node("cp", "control-plane"), node("e", "control-plane")];
  const pods = [pod("etcd-cp", "cp"), pod("kube-proxy-w", "w"), pod("kube-proxy-e", "e")];

  it("is read twice, of every node that has a member", async () => {
    let looks = 0;
    const port = await httpListener(({ url }) => {
      looks += 1;
      return url === "/metrics" ? { body: metrics({ syncs: looks * 100, snapshots: looks - 1 }) } : { status: 404 };
    });
    const forwards = { "etcd-cp": { 2381: port }, "kube-proxy-w": { 2381: port } };
    const { fact } = await system("kube/etcd-metrics", { nodes: one, pods, forwards });
    const common = {
      startedAt: "2025-11-24T16:00:00Z",
      compactions: 3,
      compactCalls: 2,
      compactRevision: -1,
      currentRevision: 230,
      authRevision: 1,
      databaseBytes: 1_048_576,
      databaseBytesInUse: 524_288,
      quotaBytes: 2_147_483_648,
      hasLeader: true,
      commits: [{ le: "+Inf", count: 12 }],
    };
    const syncs = (count: number) => ({
      logSyncs: [
        { le: "0.001", count: count - 1 },
        { le: "+Inf", count },
      ],
    });
    expect(fact).toMatchObject({
      members: [
        {
          node: "cp",
          first: { ...common, ...syncs(100), snapshots: 0 },
          second: { ...common, ...syncs(200), snapshots: 1 },
        },
      ],
      silent: [],
    });
    expect(looks).toBe(2);
    expect(JSON.stringify(fact)).not.toMatch(/evil|leaderChanges/);
  });

  it("names a member that does not answer, and keeps the first look where the second fails", async () => {
    let looks = 0;
    const port = await httpListener(() => {
      looks += 1;
      return looks === 1 ? { body: metrics({ syncs: 9 }) } : { status: 500 };
    });
    const { fact } = await system("kube/etcd-metrics", { nodes: two, pods, forwards: { "etcd-cp": { 2381: port } } });
    expect(fact).toMatchObject({ members: [{ node: "cp", first: { snapshots: 0 } }], silent: ["e"] });
    expect(JSON.stringify(fact)).not.toContain('"second":');
  });

  it.each<readonly [string, () => Promise<Given>, string]>([
    ["nobody listens", async () => ({ nodes: one, pods, forwards: {} }), "not-visible"],
    [
      "somebody else answers",
      async () => ({
        nodes: one,
        pods,
        forwards: { "etcd-cp": { 2381: await httpListener(() => ({ body: "up 1\n" })) } },
      }),
      "not-visible",
    ],
    ["no control plane to be seen", async () => ({ nodes: [node("w")], pods, forwards: {} }), "not-visible"],
    ["no pods to be seen", async () => ({ nodes: one, overrides: { [paths.pods]: forbidden() } }), "forbidden"],
    [
      "no right to connect",
      async () => ({
        nodes: one,
        pods,
        overrides: { "/api/v1/namespaces/kube-system/pods/etcd-cp/portforward": forbidden() },
      }),
      "forbidden",
    ],
  ])("%s", async (_, given, expected) => {
    expect((await system("kube/etcd-metrics", await given())).fact).toBe(expected);
  });

  it("keeps no more bounds than etcd has, whatever is sent", async () => {
    const many = Array.from({ length: 5000 }, (_, n) => `etcd_disk_wal_fsync_duration_seconds_bucket{le="${n}"} 1`);
    const port = await httpListener(() => ({ body: `${many.join("\n")}\n` }));
    const { fact } = await system("kube/etcd-metrics", { nodes: one, pods, forwards: { "etcd-cp": { 2381: port } } });
    const { members } = fact as { readonly members: readonly { readonly first: { readonly logSyncs: object[] } }[] };
    expect(members[0]?.first.logSyncs).toHaveLength(40);
  });
});
