import { describe, expect, it } from "vitest";
import { gatherFrom, paths, recorded, recordedText, served } from "../../support/gathering.ts";
import { kubernetesRoutes } from "../../support/kubernetes-routes.ts";
import { staticPod } from "../../support/stories/objects.ts";

const from = (objects: { [path: string]: string | object }, ...wanted: Parameters<typeof gatherFrom>[1] & object) =>
  gatherFrom(kubernetesRoutes({ [paths.version]: served("v1.36.0"), ...objects }), wanted);

describe("levels of pod security", () => {
  const namespace = (labels: object = {}) => ({ metadata: { name: "a", labels } });
  const label = (mode: string, level: unknown) => ({ [`pod-security.kubernetes.io/${mode}`]: level });

  it("counts labels by mode and level; annotations and values that are none do not pass for one", async () => {
    const { value, loopback } = await from(
      {
        [paths.namespaces]: [
          namespace(),
          namespace(label("enforce", "privileged")),
          namespace({ ...label("enforce", "restricted"), ...label("warn", "restricted") }),
          namespace(label("enforce", "Baseline")),
          namespace(label("enforce", "constructor")),
          namespace(label("audit", 7)),
          { metadata: { name: "b", annotations: label("enforce", "baseline") } },
        ],
      },
      "kube/pod-security-labels",
    );
    const none = { privileged: 0, baseline: 0, restricted: 0, other: 0 };
    expect(value("kube/pod-security-labels")).toEqual({
      namespaces: 7,
      enforce: { privileged: 1, baseline: 0, restricted: 1, other: 2 },
      audit: none,
      warn: { ...none, restricted: 1 },
    });
    expect(loopback.requests.at(-1)?.path).toMatch(/limit=500/);
  });

  it("is malformed with a namespace without a name", async () => {
    const { reason } = await from({ [paths.namespaces]: [{ metadata: {} }] }, "kube/pod-security-labels");
    expect(reason("kube/pod-security-labels")).toBe("malformed");
  });
});

describe("requests of kubelets", () => {
  const request = (node: string, time: string, status: object = {}, spec: object = {}) => ({
    metadata: { name: `csr-${node}`, creationTimestamp: `2026-11-23T${time}:00Z` },
    spec: { signerName: "kubernetes.io/kubelet-serving", username: `system:node:${node}`, ...spec },
    status,
  });
  const with_ = (type: string, certificate?: string) => ({
    conditions: [{ type }],
    ...(certificate ? { certificate } : {}),
  });

  it("keeps by node the oldest that waits and the newest that was issued", async () => {
    const { value } = await from(
      {
        [paths.signingRequests]: [
          request("b", "09:30"),
          request("b", "09:00"),
          request("b", "09:15"),
          request("a", "08:00", with_("Approved", "cGVt")),
          request("a", "08:30", with_("Approved", "cGVt")),
          request("a", "09:00", with_("Approved")),
          request("c", "09:00", with_("Denied")),
          request("c", "09:00", with_("Failed")),
          request("d", "09:00", {}, { signerName: "kubernetes.io/kube-apiserver-client-kubelet" }),
          request("e", "09:00", {}, { username: "somebody" }),
        ],
      },
      "kube/kubelet-serving-requests",
    );
    expect(value("kube/kubelet-serving-requests").nodes).toEqual([
      { node: "a", issuedAt: "2026-11-23T08:30:00Z", refused: false },
      { node: "b", pendingSince: "2026-11-23T09:00:00Z", refused: false },
      { node: "c", refused: true },
    ]);
  });

  it.each([
    ["created never", { metadata: { name: "a" }, spec: { signerName: "kubernetes.io/kubelet-serving" } }],
    ["of no signer", { metadata: { name: "a", creationTimestamp: "2026-11-23T09:00:00Z" }, spec: {} }],
  ])("%s make the list malformed", async (_, object) => {
    const { reason } = await from({ [paths.signingRequests]: [object] }, "kube/kubelet-serving-requests");
    expect(reason("kube/kubelet-serving-requests")).toBe("malformed");
  });
});

describe("flags that tell encryption", () => {
  const since = "2026-01-01T00:00:00Z";
  const shown = async (component: string, ...command: string[]) => {
    const pod = staticPod(component, "a", since, [component, ...command]);
    const { value } = await from({ [paths.pods]: [pod] }, "kube/control-plane-pods");
    return value("kube/control-plane-pods").pods[0];
  };

  it.each([
    ["https://127.0.0.1:2379,https://10.0.0.1:2379", "https"],
    ["http://127.0.0.1:2379,https://10.0.0.1:2379", "http-loopback,https"],
    ["http://localhost:2379", "http-loopback"],
    ["http://[::1]:2379", "http-loopback"],
    ["http://127.0.0.1.example.org:2379", "http"],
    ["http://localhost.example.org:2379", "http"],
    ["http://10.0.0.1:2379", "http"],
    ["unix:///run/etcd.sock", "unix"],
  ])("keeps of %s the schemes", async (urls, kept) => {
    const pod = await shown("etcd", `--listen-client-urls=${urls}`);
    expect(pod?.flags.values["listen-client-urls"]).toBe(kept);
  });

  it.each(["", "10.0.0.1:2379", "ftp://10.0.0.1", "https://a,", "HTTPS"])("keeps nothing of %j", async (urls) => {
    const pod = await shown("etcd", `--listen-client-urls=${urls}`);
    expect(pod?.flags).toEqual({ values: {}, withheld: ["listen-client-urls"] });
  });

  it("tells that two flags name one file, and not which", async () => {
    const pod = await shown(
      "kube-apiserver",
      "--client-ca-file=/pki/ca.crt",
      "--etcd-cafile=/pki/ca.crt",
      "--requestheader-client-ca-file=/pki/front.crt",
      "--tls-cert-file=/pki/front.crt",
    );
    expect(pod?.sharedFiles).toEqual([["client-ca-file", "etcd-cafile"]]);
    expect(JSON.stringify(pod)).not.toContain("/pki");
  });

  it("says nothing of files where each flag names its own, as a recorded kubeadm does", async () => {
    const { value } = await from(
      { [paths.pods]: recorded("kubeadm-1.35", "control-plane-pods.json") },
      "kube/control-plane-pods",
    );
    const { pods } = value("kube/control-plane-pods");
    expect(pods.map(({ sharedFiles }) => sharedFiles)).toEqual(pods.map(() => undefined));
    const etcd = pods.find(({ component }) => component === "etcd");
    expect(etcd?.flags.values).toMatchObject({
      "client-cert-auth": "true",
      "peer-client-cert-auth": "true",
      "listen-client-urls": "https",
      "listen-peer-urls": "https",
    });
  });
});

describe("metrics that tell hardening", () => {
  it("are kept of a real scrape", async () => {
    const { value } = await from(
      { [paths.metrics]: recordedText("kubeadm", "metrics.txt") },
      "kube/api-server-metrics",
    );
    const { series } = value("kube/api-server-metrics");
    expect(series.apiserver_authorization_decisions_total).toEqual([
      { labels: { decision: "allowed", type: "Node" }, value: 357 },
      { labels: { decision: "allowed", type: "RBAC" }, value: 1046 },
    ]);
    const buckets = series.apiserver_client_certificate_expiration_seconds_bucket ?? [];
    expect(buckets.find(({ labels }) => labels.le === "2.592e+06")?.value).toBe(0);
    expect(buckets.find(({ labels }) => labels.le === "+Inf")?.value).toBe(1080);
    expect(series.serviceaccount_valid_tokens_total).toEqual([{ labels: {}, value: 23 }]);
    expect(series.pod_security_evaluations_total).toEqual([
      { labels: { decision: "allow", mode: "enforce", policy_level: "privileged" }, value: 31 },
    ]);
  });
});

describe("flags in force", () => {
  it("keep which are empty, of whatever kind", async () => {
    const { value } = await from(
      {
        [paths.flagz]: {
          flags: { "client-ca-file": "/pki/ca.crt", "oidc-issuer-url": "", "enable-admission-plugins": "[]" },
        },
      },
      "kube/flagz",
    );
    expect(value("kube/flagz").flags).toEqual({
      values: { "enable-admission-plugins": "", "oidc-issuer-url": "" },
      withheld: ["client-ca-file"],
    });
  });
});
