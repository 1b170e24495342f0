import { describe, expect, it } from "vitest";
import { gatherFrom, paths, recorded, served } from "../../support/gathering.ts";
import { kubernetesRoutes } from "../../support/kubernetes-routes.ts";

const from = (objects: { [path: string]: string | object }, ...wanted: Parameters<typeof gatherFrom>[1] & object) =>
  gatherFrom(kubernetesRoutes({ [paths.version]: served("v1.33.0"), ...objects }), wanted);

describe("control-plane pods", () => {
  it("reads flags from the command of every kubeadm pod, keeping harmless values only", async () => {
    const { value } = await from(
      { [paths.pods]: recorded("kubeadm", "control-plane-pods.json") },
      "kube/control-plane-pods",
    );
    const { pods } = value("kube/control-plane-pods");
    expect(pods.map((pod) => [pod.component, pod.mirror, pod.running, pod.configFile])).toEqual([
      ["etcd", true, true, false],
      ["kube-apiserver", true, true, false],
      ["kube-controller-manager", true, true, false],
      ["kube-scheduler", true, true, false],
    ]);
    expect(pods[1]?.flags.values).toEqual({
      "authorization-mode": "Node,RBAC",
      "enable-admission-plugins": expect.stringContaining("NodeRestriction"),
      "enable-bootstrap-token-auth": "true",
      "etcd-servers": "https",
    });
    expect(pods[1]?.flags.withheld).toContain("etcd-cafile");
    expect(pods[0]?.flags.values).toEqual({
      "client-cert-auth": "true",
      "listen-client-urls": "https",
      "listen-peer-urls": "https",
      "peer-client-cert-auth": "true",
      "snapshot-count": "10000",
    });
    expect(JSON.stringify(pods)).not.toMatch(/192\.168|\/var\/lib/);
  });

  it("reads Talos' binary by its whole path", async () => {
    const pod = recorded("talos", "api-server-pod.json") as { spec: { containers: { command: unknown }[] } };
    const [container] = pod.spec.containers;
    if (container) container.command = recorded("talos", "api-server-command.json");
    const { value } = await from({ [paths.pods]: [pod] }, "kube/control-plane-pods");
    const [first] = value("kube/control-plane-pods").pods;
    expect(first).toMatchObject({ component: "kube-apiserver", mirror: false, running: false, configFile: false });
    expect(first?.flags.values).toMatchObject({ "enable-admission-plugins": "NodeRestriction", profiling: "false" });
    expect(first?.flags.withheld).toContain("admission-control-config-file");
  });

  it("reads RKE2's flags from args, and sees that etcd's stand in a file", async () => {
    const pod = (component: string, container: object) => ({
      metadata: { name: `${component}-a`, labels: { component, tier: "control-plane" } },
      spec: { containers: [{ name: component, ...container }] },
      status: { phase: "Running" },
    });
    const pods = [
      pod("kube-apiserver", {
        command: ["kube-apiserver"],
        args: ["--max-requests-inflight=300", "--min-request-timeout", "600"],
      }),
      pod("etcd", { command: ["etcd"], args: ["--config-file=/var/lib/rancher/rke2/server/db/etcd/config"] }),
      pod("cloud-controller-manager", { command: ["ccm"] }),
    ];
    const { value } = await from({ [paths.pods]: pods }, "kube/control-plane-pods");
    expect(value("kube/control-plane-pods").pods).toMatchObject([
      { component: "etcd", configFile: true, flags: { values: {}, withheld: ["config-file"] } },
      {
        component: "kube-apiserver",
        flags: { values: { "max-requests-inflight": "300", "min-request-timeout": "600" } },
      },
    ]);
  });

  it("says that none is visible by an empty list", async () => {
    const { value } = await from({ [paths.pods]: [] }, "kube/control-plane-pods");
    expect(value("kube/control-plane-pods")).toEqual({ pods: [] });
  });
});

describe("node-args", () => {
  it("reads what k3s hands on to the API server", async () => {
    const { value } = await from({ [paths.nodes]: recorded("k3s", "nodes.json") }, "kube/node-args");
    const [node] = value("kube/node-args").nodes;
    expect(node?.apiServer.values).toEqual({
      "enable-priority-and-fairness": "false",
      "event-ttl": "10m",
      "feature-gates": "APIResponseCompression=false",
      "max-mutating-requests-inflight": "50",
      "max-requests-inflight": "200",
      profiling: "false",
    });
    expect(node?.options.withheld).toContain("kube-apiserver-arg");
    expect(node).toMatchObject({ node: "server-1", distribution: "k3s" });
  });

  it("reads options that stand in the environment, and none of its values", async () => {
    const annotations = {
      "k3s.io/node-args": '["server"]',
      "k3s.io/node-env":
        '{"K3S_DATASTORE_ENDPOINT":"mysql://root:geheim@db","K3S_TOKEN":"********","K3S_URL":"","PATH":"/bin"}',
    };
    const labels = { "node-role.kubernetes.io/control-plane": "true" };
    const { value } = await from(
      { [paths.nodes]: [{ metadata: { name: "edge", labels, annotations } }] },
      "kube/node-args",
    );
    expect(value("kube/node-args").nodes).toEqual([
      {
        node: "edge",
        distribution: "k3s",
        options: { values: {}, withheld: ["datastore-endpoint"] },
        apiServer: { values: {}, withheld: [] },
        etcd: { values: {}, withheld: [] },
        kubelet: { values: {}, withheld: [] },
      },
    ]);
  });

  it("reads RKE2's and finds none on kubeadm", async () => {
    const rke2 = await from({ [paths.nodes]: recorded("rke2", "nodes.json") }, "kube/node-args");
    expect(rke2.value("kube/node-args").nodes).toMatchObject([{ distribution: "rke2", apiServer: { values: {} } }]);
    const kubeadm = await from({ [paths.nodes]: recorded("kubeadm", "nodes.json") }, "kube/node-args");
    expect(kubeadm.value("kube/node-args")).toEqual({ nodes: [] });
  });
});
