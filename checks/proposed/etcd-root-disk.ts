import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { bootDisks, withCloudFlavors } from "../../src/model/etcd/boot-disks.ts";
import { etcdDiskRemediation } from "../../src/model/etcd/etcd-disk-remediation.ts";
import type { Fact } from "../../src/model/fact.ts";
import type { CloudServersFact } from "../../src/model/facts/cloud.ts";
import type { ApiServerInstancesFact } from "../../src/model/facts/control-plane.ts";
import type { MachineRecord } from "../../src/model/facts/management.ts";
import type { NodesFact } from "../../src/model/facts/nodes.ts";
import type { PlatformFact } from "../../src/model/facts/platform.ts";
import { type CheckResult, type Finding, fail, notApplicable, pass, undetermined } from "../../src/model/finding.ts";
import { capped, counted, nonEmpty } from "../../src/model/finding-lists.ts";
import { parseFlavorName } from "../../src/model/flavors/flavor-name.ts";
import { asFarAsSeen, controlPlaneView } from "../../src/model/placement/control-plane-nodes.ts";

const declared = { fact: "management/machines", reason: "not-visible", resolve: "a declaration" } as const;

export const etcdRootDisk = defineCheck({
  id: "proposed/etcd-root-disk",
  title: {
    pass: "The machines that hold etcd boot from the local disk of their flavor",
    fail: "A machine that holds etcd boots from a volume on the network",
  },
  why: "etcd waits for its disk with every write; network storage makes it miss heartbeats.",
  looksAt:
    "The control-plane machines in the management cluster: a root volume is a disk on the network, whatever the flavor is called. Without one the disk is the flavor's own, which only its name says is local. Without that view, the servers of the control-plane nodes in the cloud, where Nova says what each was booted from.",
  needs: {
    oneOf: [["management/machines", "cloud/servers"]],
    uses: ["management/control-plane", "kube/nodes", "kube/platform", "kube/api-server-instances"],
  },
  parameters: Type.Object({}),
  remediation: etcdDiskRemediation,
  accepted: [
    "A further volume that is mounted for etcd's data alone is not seen.",
    "That a flavor's disk is local is believed of its name: the cloud may back it by network storage all the same.",
  ],
  evaluate({ facts }) {
    const seen = facts["management/machines"];
    if (seen.status === "unavailable") return byServers(facts);
    const machines = seen.value.machines.filter((one) => one.controlPlane && !one.deleting);
    const plane = facts["management/control-plane"];
    const known = machines.filter(({ openStack }) => openStack !== undefined);
    const volumes = capped(known.flatMap(bootsFromVolume));
    const local = known.filter(({ openStack }) => namesLocalDisk(openStack?.flavor)).length;
    const observed = {
      controlPlaneMachines: machines.length,
      onOpenStack: known.length,
      bootedFromVolume: volumes.length,
      flavorNamesLocalDisk: local,
    };
    if (plane.status === "collected" && plane.value.etcd?.placement === "external")
      return notApplicable("etcd runs outside the machines of the control plane", {
        ...observed,
        etcd: "external",
      });
    const violations = nonEmpty(volumes);
    if (violations) return fail(violations[0].message, observed, violations);
    if (machines.length === 0)
      return undetermined("No machine of the control plane is visible there", [declared], observed);
    if (known.length < machines.length) {
      const because = `Of ${machines.length - known.length} of ${counted(machines.length, "machine")} the disk is not visible there`;
      return undetermined(because, [declared], observed);
    }
    if (local < known.length) {
      const because = `None of the ${known.length} machines boots from a volume, but not every flavor's name says that its disk is local`;
      return undetermined(because, [declared], observed);
    }
    return pass(`All ${known.length} machines boot from the local disk that their flavor names`, observed);
  },
});

/** By what Nova says of the servers behind the control-plane nodes. */
function byServers(facts: {
  readonly "kube/nodes": Fact<NodesFact>;
  readonly "kube/platform": Fact<PlatformFact>;
  readonly "kube/api-server-instances": Fact<ApiServerInstancesFact>;
  readonly "cloud/servers": Fact<CloudServersFact>;
}): CheckResult {
  const nodes = facts["kube/nodes"];
  if (nodes.status === "unavailable")
    return undetermined("Which nodes hold the control plane is not known", [
      { fact: "kube/nodes", reason: nodes.reason, resolve: nodes.resolve },
    ]);
  const view = controlPlaneView(nodes.value, facts["kube/platform"], facts["kube/api-server-instances"]);
  const disks = bootDisks(view.nodes, facts["cloud/servers"]);
  const named = withCloudFlavors(view.nodes, facts["cloud/servers"]).filter(({ labels }) =>
    namesLocalDisk(labels["node.kubernetes.io/instance-type"]),
  ).length;
  const observed = {
    controlPlaneNodes: view.nodes.length,
    serversKnown: disks.known,
    bootedFromVolume: disks.fromVolume.length,
    flavorNamesLocalDisk: named,
  };
  const violations = view.visible ? nonEmpty(capped(disks.fromVolume)) : undefined;
  if (violations) return fail(violations[0].message, observed, violations);
  const hidden = { fact: "cloud/servers", reason: "not-visible", resolve: "a declaration" } as const;
  if (!view.visible) return undetermined(view.because, [hidden], observed);
  if (disks.known < view.nodes.length || named < view.nodes.length)
    return undetermined(
      `No server of ${disks.known} was booted from a volume, but not of every node both server and local disk are known`,
      [hidden],
      observed,
    );
  return asFarAsSeen(
    view,
    pass(`All ${disks.known} servers boot from the local disk that their flavor names`, observed),
  );
}

function bootsFromVolume({ node, ref, openStack }: MachineRecord): readonly Finding[] {
  if (openStack === undefined || openStack.rootVolume === null) return [];
  const { sizeGiB, type } = openStack.rootVolume;
  const name = node ?? ref;
  const disk = [sizeGiB === undefined ? "" : `${sizeGiB} GiB`, type === undefined ? "" : `of type ${type}`];
  const actual = ["a root volume", ...disk.filter((part) => part !== "")].join(" ");
  return [
    {
      code: "boots-from-volume",
      subject: { kind: "Machine", name },
      expected: "no root volume",
      actual,
      message: `Machine ${name} has ${actual}: its disk is on the network`,
    },
  ];
}

/** By the name of its flavor: a local SSD or NVMe. */
function namesLocalDisk(flavor: string | undefined): boolean {
  const read = flavor === undefined ? undefined : parseFlavorName(flavor);
  const disk = read?.kind === "scs" || read?.kind === "old-syntax" ? read.flavor.disk : undefined;
  return disk?.type === "s" || disk?.type === "p";
}
