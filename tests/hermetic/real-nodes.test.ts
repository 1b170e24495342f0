/** What is written for real nodes before anything starts. */
import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Bridge } from "../../testbed/real-nodes/addresses.ts";
import { kubeletConfigMap, kubeletConfiguration, networkCommands } from "../../testbed/real-nodes/kubelet-files.ts";
import { pkiPlace } from "../../testbed/real-nodes/pki-files.ts";
import type { Plan, PlannedNode } from "../../testbed/real-nodes/plan.ts";
import { staticPods } from "../../testbed/real-nodes/static-pods.ts";

const bridge: Bridge = {
  name: "scs7",
  gateway: { v4: "10.99.7.1", v6: "fd00:10:99:7::1" },
  node: (n) => ({ v4: `10.99.7.${10 + n}`, v6: `fd00:10:99:7::${10 + n}` }),
  published: (n) => ({ v4: `10.99.7.${200 + n}`, v6: `fd00:10:99:7::${200 + n}` }),
};
const node = (number: number, controlPlane = true): PlannedNode => ({
  name: controlPlane ? `cp-${number}` : `worker-${number}`,
  number,
  controlPlane,
  address: bridge.node(number),
  zone: undefined,
  cgroup: `scs7-${number}`,
});
const plan: Plan = {
  bridge,
  dualStack: true,
  nodes: [node(1), node(2), node(3, false)],
  controlPlanes: [node(1), node(2)],
  url: "https://10.99.7.11:6443",
  controlPlane: {
    dualStack: true,
    apiServers: [{}, { extraFlags: ["--max-requests-inflight=7"] }],
    etcdExtraFlags: ["--auto-compaction-retention=8h"],
  },
};

function commandOf(component: string, of = node(2)): readonly string[] {
  const pod = parse(staticPods(plan, of).get(`${component}.yaml`) ?? "") as {
    spec: { hostNetwork: boolean; containers: { command: string[] }[] };
  };
  expect(pod.spec.hostNetwork).toBe(true);
  return pod.spec.containers[0]?.command ?? [];
}

describe("static pods of a control-plane node", () => {
  test.each([
    ["etcd", "--name=cp-2"],
    ["etcd", "--initial-cluster=cp-1=https://10.99.7.11:2380,cp-2=https://10.99.7.12:2380"],
    ["etcd", "--listen-client-urls=https://127.0.0.1:2379,https://10.99.7.12:2379"],
    ["etcd", "--cert-file=/etc/kubernetes/pki/etcd/server.crt"],
    ["etcd", "--auto-compaction-retention=8h"],
    ["kube-apiserver", "--advertise-address=10.99.7.12"],
    ["kube-apiserver", "--tls-cert-file=/etc/kubernetes/pki/apiserver.crt"],
    ["kube-apiserver", "--max-requests-inflight=7"],
    ["kube-controller-manager", "--kubeconfig=/etc/kubernetes/controller-manager.conf"],
    ["kube-scheduler", "--authentication-kubeconfig=/etc/kubernetes/scheduler.conf"],
  ])("%s has %s", (component, flag) => {
    expect(commandOf(component)).toContain(flag);
  });

  test("are called by their names, give each flag once and name no place of this machine", () => {
    for (const component of ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"]) {
      const [program, ...flags] = commandOf(component);
      expect(program).toBe(component);
      const names = flags.map((flag) => flag.split("=", 1)[0]);
      expect(new Set(names).size, names.join(" ")).toBe(names.length);
      expect(flags.join(" ")).not.toContain(tmpdir());
    }
  });
});

test("files of the PKI are where kubeadm has them", () => {
  const names = ["ca.crt", "apiserver-3.key", "apiserver-etcd-client.crt", "etcd-ca.crt", "etcd-peer.key"];
  expect(names.map((name) => pkiPlace(name).replace("/etc/kubernetes/pki/", ""))).toEqual([
    "ca.crt",
    "apiserver.key",
    "apiserver-etcd-client.crt",
    "etcd/ca.crt",
    "etcd/peer.key",
  ]);
});

test("a kubelet is configured safely unless it is asked for otherwise, and the ConfigMap says what nodes have in common", () => {
  expect(kubeletConfiguration(plan, node(3, false), {})).toMatchObject({
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true } },
    authorization: { mode: "Webhook" },
    cgroupRoot: "/scs7-3",
    clusterDNS: ["10.96.0.10", "fd00:10:96::a"],
  });
  const shared = parse(kubeletConfigMap(plan, { readOnlyPort: 10255 })) as Record<string, unknown>;
  expect(shared.readOnlyPort).toBe(10255);
  expect(Object.keys(shared)).not.toContain("cgroupRoot");
});

test("a single-stack node has no IPv6 address", () => {
  expect(networkCommands(bridge, node(3), true)).toContain("address add fd00:10:99:7::13/64 dev eth0 nodad");
  expect(networkCommands(bridge, node(3), false)).not.toContain("fd00");
});
