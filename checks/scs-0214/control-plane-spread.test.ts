import { describeCheck, unavailable, withFacts } from "../../tests/support/check-table.ts";
import {
  apiServers,
  cloudServer,
  cloudServers,
  controlPlane,
  hostId,
  legacyHostId,
  machineThere,
  nodes,
  platform,
  worker,
} from "../../tests/support/facts.ts";
import { scenario } from "../../tests/support/upstream-scenarios.ts";
import { controlPlaneSpread } from "./control-plane-spread.ts";

const three = (one: string, two: string, three: string, label = hostId) =>
  nodes(
    controlPlane("a", { [label]: one }),
    controlPlane("b", { [label]: two }),
    controlPlane("c", { [label]: three }),
    worker("w"),
  );

const plain = nodes(controlPlane("a"), controlPlane("b"), controlPlane("c"), worker("w"));
const four = nodes(...["a", "b", "c", "d"].map((name) => controlPlane(name)));
const groups = [{ ref: "server-group-1", policy: "anti-affinity" }];
const onHosts = (...hosts: string[]) =>
  cloudServers(...hosts.map((host, n) => cloudServer("abc".charAt(n), host, { groups })));

const allSeen = { "kube/api-server-instances": apiServers(1) };
const sameBoot = { bootId: "one-kernel" };

describeCheck(
  controlPlaneSpread,
  ["pass", "fail", "undetermined"],
  withFacts({ "kube/platform": platform("kubeadm") }, [
    // upstream's scenarios with what 0214-v2 wants; their host-id is the old label, which never passes alone
    {
      name: "two of three on one host are at most half, rounded up",
      facts: { "kube/nodes": three("h1", "h1", "h2") },
      parameters: { maxShare: 0.5 },
      outcome: "pass",
    },
    {
      name: "machines in one server group, seen in the management cluster: shown, and nothing more",
      facts: {
        "kube/nodes": nodes(controlPlane("a"), controlPlane("b")),
        "management/machines": {
          machines: ["a", "b"].map((name) =>
            machineThere(name, { rootVolume: null, serverGroup: { ref: "server-group-1", policy: "anti-affinity" } }),
          ),
        },
      },
      outcome: "undetermined",
      observed: { serverGroups: "2 of 2 machines in 1 server group (anti-affinity)" },
    },
    {
      name: "machines in no server group",
      facts: {
        "kube/nodes": three("h1", "h2", "h2"),
        "management/machines": { machines: ["a", "b"].map((name) => machineThere(name, { rootVolume: null })) },
      },
      outcome: "pass",
      observed: { serverGroups: "none of 2 machines is in a server group" },
    },
    {
      name: "three of four on one host are more than half",
      facts: {
        "kube/nodes": nodes(...["h1", "h1", "h1", "h2"].map((host, n) => controlPlane(`cp-${n}`, { [hostId]: host }))),
        "kube/api-server-instances": apiServers(4, 4),
      },
      parameters: { maxShare: 0.5 },
      outcome: "fail",
      findings: ["too-many-on-one-host"],
    },
    {
      name: "success-1",
      facts: { "kube/nodes": scenario("success-1") },
      outcome: "undetermined",
      because: /3 hosts, which may be stale/,
    },
    {
      name: "success-2",
      facts: { "kube/nodes": scenario("success-2"), ...allSeen },
      outcome: "fail",
      findings: ["same-host-id"],
    },
    {
      name: "not-enough-nodes",
      facts: { "kube/nodes": scenario("not-enough-nodes"), ...allSeen },
      outcome: "fail",
      findings: ["single-control-plane-node"],
    },
    { name: "no-distribution-1", facts: { "kube/nodes": scenario("no-distribution-1"), ...allSeen }, outcome: "fail" },
    { name: "no-distribution-2", facts: { "kube/nodes": scenario("no-distribution-2"), ...allSeen }, outcome: "fail" },
    {
      name: "missing-labels",
      facts: { "kube/nodes": scenario("missing-labels") },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "no control-plane label",
      facts: { "kube/nodes": scenario("no-control-plane-label") },
      outcome: "undetermined",
      missing: ["a declaration"],
    },

    {
      name: "three hosts by the current label",
      facts: { "kube/nodes": three("h1", "h2", "h3"), "kube/api-server-instances": apiServers(3, 3) },
      outcome: "pass",
      because: /by label, not refreshed after live migration/,
      observed: { distinctHostIds: 3, controlPlaneNodes: 3 },
    },
    {
      name: "two of three on one host is still several",
      facts: { "kube/nodes": three("h1", "h1", "h2") },
      outcome: "pass",
    },
    {
      name: "one host by the current label",
      facts: { "kube/nodes": three("h1", "h1", "h1"), ...allSeen },
      outcome: "fail",
      findings: ["same-host-id"],
    },
    { name: "an empty label is none", facts: { "kube/nodes": three("h1", "h2", "") }, outcome: "undetermined" },
    {
      name: "the current label wins over the old one",
      facts: {
        "kube/nodes": nodes(
          controlPlane("a", { [hostId]: "h1", [legacyHostId]: "old" }),
          controlPlane("b", { [hostId]: "h2", [legacyHostId]: "old" }),
        ),
      },
      outcome: "pass",
    },
    {
      name: "kind: three nodes, one kernel, whatever the labels say",
      facts: {
        "kube/nodes": nodes(...["a", "b", "c"].map((name) => controlPlane(name, { [hostId]: name }, sameBoot))),
        ...allSeen,
      },
      outcome: "fail",
      findings: ["same-boot-id"],
    },
    {
      name: "two of three on one kernel proves nothing",
      facts: {
        "kube/nodes": nodes(controlPlane("a", {}, sameBoot), controlPlane("b", {}, sameBoot), controlPlane("c")),
      },
      outcome: "undetermined",
    },
    {
      name: "boot IDs that are not reported are not equal",
      facts: { "kube/nodes": nodes(controlPlane("a", {}, { bootId: "" }), controlPlane("b", {}, { bootId: "" })) },
      outcome: "undetermined",
    },
    {
      name: "different boot IDs alone",
      facts: { "kube/nodes": nodes(controlPlane("a"), controlPlane("b")) },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "one node seen, three API servers alive",
      facts: { "kube/nodes": nodes(controlPlane("a")), "kube/api-server-instances": apiServers(3) },
      outcome: "undetermined",
      because: /3 API servers are alive, but only 1/,
    },
    {
      name: "leases of dead API servers do not count",
      facts: { "kube/nodes": nodes(controlPlane("a")), "kube/api-server-instances": apiServers(1) },
      outcome: "fail",
    },
    {
      name: "a worker labelled control plane on a hosted platform",
      facts: { "kube/nodes": nodes(controlPlane("a"), worker("w")), "kube/platform": platform("hosted", "hidden") },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "edge k3s with one server",
      facts: {
        "kube/nodes": nodes(controlPlane("edge")),
        "kube/platform": platform("k3s"),
        ...allSeen,
      },
      outcome: "fail",
    },
    {
      name: "one server, and perhaps others that run no kubelet",
      facts: {
        "kube/nodes": nodes(controlPlane("edge")),
        "kube/platform": platform("k3s"),
        "kube/api-server-instances": unavailable("forbidden", "the right to list leases"),
      },
      outcome: "undetermined",
      missing: ["the right to list leases"],
    },
    {
      name: "two hosts are several, whoever else is there",
      facts: {
        "kube/nodes": nodes(controlPlane("a", { [hostId]: "h1" }), controlPlane("b", { [hostId]: "h2" })),
        "kube/api-server-instances": apiServers(3),
      },
      outcome: "pass",
    },
    // the cloud's view: measured, so it goes before the labels
    {
      name: "two hosts of one project, no label",
      facts: { "kube/nodes": plain, "cloud/servers": onHosts("h1", "h1", "h2") },
      outcome: "pass",
      because: /^Nova names 2 hosts for 3 of 3 control-plane nodes, at the moment of looking$/,
      observed: { distinctCloudHosts: 2, serversFound: 3, cloudProjects: 1, serverGroupPolicies: ["anti-affinity"] },
    },
    {
      name: "two hosts among those found are several, whoever else is there",
      facts: {
        "kube/nodes": plain,
        "cloud/servers": cloudServers(cloudServer("a", "h1"), cloudServer("b", "h2")),
        "kube/api-server-instances": apiServers(5),
      },
      outcome: "pass",
    },
    {
      name: "half of them elsewhere, though one was not found",
      facts: { "kube/nodes": plain, "cloud/servers": cloudServers(cloudServer("a", "h1"), cloudServer("b", "h2")) },
      parameters: { maxShare: 0.5 },
      outcome: "pass",
    },
    {
      name: "perhaps more than half on one host",
      facts: { "kube/nodes": four, "cloud/servers": onHosts("h1", "h1", "h2") },
      parameters: { maxShare: 0.5 },
      outcome: "undetermined",
      because: /up to 3 nodes may stand on one$/,
    },
    {
      name: "one label on all, but two hosts by Nova",
      facts: {
        "kube/nodes": three("h1", "h1", "h1"),
        "cloud/servers": cloudServers(
          cloudServer("a", "h1", { hostLabel: "same" }),
          cloudServer("b", "h1", { hostLabel: "same" }),
          cloudServer("c", "h2", { hostLabel: "other" }),
        ),
        ...allSeen,
      },
      outcome: "pass",
      findings: ["host-label-stale"],
    },
    {
      name: "three labels, but one host by Nova: the labels are stale, and equal hosts prove nothing",
      facts: {
        "kube/nodes": three("h1", "h2", "h3"),
        "cloud/servers": cloudServers(
          cloudServer("a", "h1", { hostLabel: "same" }),
          cloudServer("b", "h1", { hostLabel: "other" }),
          cloudServer("c", "h1", { hostLabel: "other" }),
        ),
      },
      outcome: "undetermined",
      findings: ["host-label-stale", "host-label-stale"],
    },
    {
      name: "one host, and nobody says what hypervisor",
      facts: { "kube/nodes": plain, "cloud/servers": onHosts("h1", "h1", "h1"), ...allSeen },
      outcome: "undetermined",
      missing: ["a declaration"],
      observed: { distinctCloudHosts: 1 },
    },
    {
      name: "one host by Nova and one by label",
      facts: {
        "kube/nodes": three("h1", "h1", "h1"),
        "cloud/servers": cloudServers(...["a", "b", "c"].map((name) => cloudServer(name, "h1", { hostLabel: "same" }))),
        ...allSeen,
      },
      outcome: "fail",
      findings: ["same-host-id"],
    },
    {
      name: "one host, whose hypervisor is the machine",
      facts: {
        "kube/nodes": plain,
        "cloud/servers": cloudServers(
          ...["a", "b", "c"].map((name) => cloudServer(name, "h1", { hypervisor: "QEMU" })),
        ),
        ...allSeen,
      },
      outcome: "fail",
      findings: ["same-cloud-host"],
    },
    {
      name: "one host of vCenter",
      facts: {
        "kube/nodes": plain,
        "cloud/servers": cloudServers(
          ...["a", "b", "c"].map((name) => cloudServer(name, "h1", { hypervisor: "VMware vCenter Server" })),
        ),
        ...allSeen,
      },
      outcome: "undetermined",
    },
    {
      name: "one host of Ironic, also by label",
      facts: {
        "kube/nodes": three("h1", "h1", "h1"),
        "cloud/servers": cloudServers(
          ...["a", "b", "c"].map((name) => cloudServer(name, "h1", { bareMetal: true, hostLabel: "same" })),
        ),
        ...allSeen,
      },
      outcome: "undetermined",
      because: /says nothing of bare metal$/,
    },
    {
      name: "different ids of different projects do not compare",
      facts: {
        "kube/nodes": plain,
        "cloud/servers": cloudServers(
          cloudServer("a", "h1"),
          cloudServer("b", "h2", { project: "q" }),
          cloudServer("c", "h3", { project: "r" }),
        ),
      },
      outcome: "undetermined",
      observed: { cloudProjects: 3, distinctCloudHosts: 1 },
    },
    {
      name: "one host for two, the third was not found",
      facts: {
        "kube/nodes": plain,
        "cloud/servers": cloudServers(
          ...["a", "b"].map((name) => cloudServer(name, "h1", { hypervisor: "QEMU" })),
          cloudServer("w", "h2"),
        ),
        ...allSeen,
      },
      outcome: "undetermined",
    },
    {
      name: "no host is shown",
      facts: {
        "kube/nodes": three("h1", "h2", "h3"),
        "cloud/servers": { servers: [], unavailable: [], nodesWithoutServer: 3 },
      },
      outcome: "pass",
      because: /by label/,
    },
    {
      name: "the cloud refuses",
      facts: { "kube/nodes": plain, "cloud/servers": unavailable("forbidden", "the role reader") },
      outcome: "undetermined",
      missing: ["the role reader", "a declaration"],
    },
    {
      name: "nodes of OpenStack, and the cloud was not given",
      facts: {
        "kube/nodes": nodes(...["a", "b"].map((name) => controlPlane(name, {}, { providerScheme: "openstack" }))),
        "cloud/servers": unavailable("not-given", "`--openstack-cloud NAME`"),
      },
      outcome: "undetermined",
      missing: ["`--openstack-cloud NAME`", "a declaration"],
    },
    { name: "no nodes at all", facts: { "kube/nodes": nodes() }, outcome: "undetermined" },
    {
      name: "nodes with the role, but nothing shows that API servers run there",
      facts: { "kube/nodes": three("h1", "h2", "h3"), "kube/platform": platform("kubeadm", "unknown") },
      outcome: "undetermined",
      missing: ["the right to read kube/api-server-instances"],
    },
    {
      name: "where the control plane runs is not known",
      facts: { "kube/nodes": three("h1", "h2", "h3"), "kube/platform": unavailable("timeout", "a platform") },
      outcome: "undetermined",
      missing: ["a platform"],
    },
  ]),
);
