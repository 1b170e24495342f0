import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { bootDisks, withCloudFlavors } from "../../src/model/etcd/boot-disks.ts";
import { etcdDiskRemediation } from "../../src/model/etcd/etcd-disk-remediation.ts";
import { etcdWrites } from "../../src/model/etcd/etcd-writes.ts";
import { againstLimit } from "../../src/model/etcd/latency-histogram.ts";
import { type Finding, fail, notApplicable, pass, undetermined } from "../../src/model/finding.ts";
import { capped, counted, named, nonEmpty } from "../../src/model/finding-lists.ts";
import { type NodeFlavor, nodeFlavors } from "../../src/model/flavors/instance-types.ts";
import { aDeclaration, controlPlaneView } from "../../src/model/placement/control-plane-nodes.ts";

const bootDevice = {
  fact: "kube/nodes",
  reason: "not-visible",
  resolve: "a view of the machines' root volumes (management cluster or cloud)",
} as const;

export const etcdFlavor = defineCheck({
  id: "proposed/etcd-flavor",
  title: {
    pass: "The machines that hold etcd have flavors with a local SSD or NVMe and are not seen to use another disk",
    fail: "The machines that hold etcd have flavors without a local SSD or NVMe, and etcd writes slowly",
  },
  why: "etcd waits for its disk with every write; network storage makes it miss heartbeats.",
  looksAt:
    "The instance-type label of control-plane nodes, read as a name of scs-0100-v3: disk type s or p. A name alone proves nothing, as a machine of that flavor may be booted from a volume on the network, so the time of etcd's writes has to agree, or the cloud has to show that it was booted from an image.",
  needs: {
    all: ["kube/nodes"],
    uses: ["kube/platform", "kube/api-server-instances", "kube/api-server-metrics", "cloud/servers"],
  },
  parameters: Type.Object({
    fastMilliseconds: Type.Number({ default: 5, description: "99 % of the writes of a local disk take at most this" }),
    slowMilliseconds: Type.Number({ default: 100, description: "99 % of the writes above this are no local disk's" }),
    leastWrites: Type.Number({ default: 500, description: "fewer writes are not judged" }),
  }),
  remediation: etcdDiskRemediation,
  accepted: [
    "Very fast network storage of the same size passes with the name of a local disk: its effect is the same.",
    "A flavor may have more than its name says, so a name without a local disk fails only where etcd is slow as well.",
    "Where the cloud shows that a machine was booted from an image, its disk is believed to be the flavor's.",
    "IOPS and power-loss protection are not measured.",
  ],
  evaluate({ facts, parameters }) {
    const view = controlPlaneView(facts["kube/nodes"], facts["kube/platform"], facts["kube/api-server-instances"]);
    const withRole = facts["kube/nodes"].nodes.filter(({ roles }) => roles.includes("etcd"));
    const servers = facts["cloud/servers"];
    const nodes = withCloudFlavors(withRole.length > 0 ? withRole : view.nodes, servers);
    const boot = bootDisks(nodes, servers);
    const flavors = nodeFlavors(nodes);
    const metrics = facts["kube/api-server-metrics"];
    const writes = metrics.status === "collected" ? etcdWrites(metrics.value, 99, parameters.leastWrites) : undefined;
    const speed = writes?.known ? writes.band : undefined;
    const observed = {
      nodes: nodes.length,
      flavors: [...new Set(flavors.named.map(({ name }) => name))].sort().slice(0, 20),
      otherInstanceTypes: flavors.others.slice(0, 20),
      nodesWithoutInstanceType: flavors.unlabelled,
      ...(servers.status === "collected" ? { serversFound: boot.known, bootedFromVolume: boot.fromVolume.length } : {}),
      ...(writes ? writes.observed : {}),
    };
    if (!view.visible) return undetermined(view.because, [view.missing], observed);
    const unseen = view.unseen;
    if (flavors.named.length === 0 && flavors.unlabelled === 0 && !unseen)
      return notApplicable(`Their instance types do not begin with SCS-: ${named(flavors.others)}`, observed);

    const slow = speed !== undefined && againstLimit(speed, parameters.slowMilliseconds / 1000) === "beyond";
    const fast = speed !== undefined && againstLimit(speed, parameters.fastMilliseconds / 1000) === "within";
    const notLocal = capped([...boot.fromVolume, ...flavors.named.flatMap(withoutLocalDisk)]);
    const violations = nonEmpty(notLocal);
    if (violations && slow)
      return fail(
        `${violations[0].message}, and 99 % of etcd's writes take ${writesText(writes)}`,
        observed,
        violations,
      );
    if (violations) return undetermined(violations[0].message, [bootDevice], observed, violations);
    if (unseen) return undetermined(unseen.because, [unseen.missing], observed);
    if (flavors.unlabelled + flavors.otherNodes > 0) {
      const because = `${counted(flavors.unlabelled + flavors.otherNodes, "node")} of ${nodes.length} name no SCS flavor`;
      return undetermined(because, [aDeclaration], observed);
    }
    if (boot.known === nodes.length && !slow)
      return pass(`All ${nodes.length} machines have the local SSD or NVMe of their flavors as root disk`, observed);
    const volumes = capped(flavors.named.flatMap(largerThanDisk));
    const promised = `All ${nodes.length} flavors promise a local SSD or NVMe`;
    if (fast && volumes.length === 0)
      return pass(`${promised}, and 99 % of etcd's writes take at most ${parameters.fastMilliseconds} ms`, observed);
    const but = volumes[0]?.message ?? "but a name does not show whether the machine was booted from a volume instead";
    return undetermined(`${promised}, ${but}`, [bootDevice], observed, volumes);
  },
});

function writesText(writes: ReturnType<typeof etcdWrites> | undefined): string {
  return writes?.known ? writes.text : "";
}

const nodeOf = ({ node }: NodeFlavor) => ({ kind: "Node", name: node.name });

/** Why the flavor's name promises no local SSD or NVMe; nothing when it does. */
function withoutLocalDisk(flavor: NodeFlavor): readonly Finding[] {
  const { name, read, node } = flavor;
  const disk = read.kind === "invalid" ? undefined : read.flavor.disk;
  if (disk?.type === "s" || disk?.type === "p") return [];
  const message = `Flavor ${name} of node ${node.name} ${read.kind === "invalid" ? "is no name of scs-0100-v3" : saysOf(disk?.type)}`;
  return [{ code: "no-local-ssd-named", subject: nodeOf(flavor), expected: "disk type s or p", actual: name, message }];
}

function saysOf(type: string | undefined): string {
  switch (type) {
    case undefined:
      return "has no disk: the machine boots from a volume";
    case "n":
      return "names network storage";
    case "h":
      return "names a spinning disk";
    default:
      return "does not say what its disk is";
  }
}

/** A scratch filesystem larger than the flavor's disks: the machine was booted from something else. */
function largerThanDisk(flavor: NodeFlavor): readonly Finding[] {
  const { name, read, node } = flavor;
  const disk = read.kind === "invalid" ? undefined : read.flavor.disk;
  const bytes = node.capacity?.ephemeralStorageBytes;
  if (disk?.size === undefined || bytes === undefined || bytes <= disk.size * disk.count * 1.1 * 1024 ** 3) return [];
  const actual = `${Math.round(bytes / 1e9)} GB`;
  const message = `but node ${node.name} has a filesystem of ${actual}, larger than the disk of ${name}: perhaps a volume`;
  return [
    { code: "filesystem-larger-than-disk", subject: nodeOf(flavor), expected: `${disk.size} GB`, actual, message },
  ];
}
