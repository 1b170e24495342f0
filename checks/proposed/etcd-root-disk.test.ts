import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import {
  apiServers,
  cloudServer,
  cloudServers,
  controlPlane,
  controlPlaneThere,
  flags,
  machineThere,
  nodes,
  platform,
  worker,
} from "../../tests/support/facts.ts";
import { etcdRootDisk } from "./etcd-root-disk.ts";

const local = { flavor: "SCS-2V-4-20s", rootVolume: null };
const volume = { flavor: "SCS-2V-4", rootVolume: { sizeGiB: 50 } };
const names = ["cp-1", "cp-2", "cp-3"];

const server = (name: string, bootedFrom: "image" | "volume" = "image") => cloudServer(name, "h", { bootedFrom });
const plane = {
  "kube/nodes": nodes(...names.map((name) => controlPlane(name))),
  "kube/platform": platform("kubeadm"),
  "kube/api-server-instances": apiServers(3),
};

describeCheck(
  etcdRootDisk,
  ["pass", "fail", "undetermined", "not-applicable"],
  [
    {
      name: "all on the local disk of their flavor; a worker's volume does not matter",
      facts: {
        "management/machines": {
          machines: [
            ...names.map((name) => machineThere(name, local)),
            machineThere("w", volume, { controlPlane: false }),
          ],
        },
      },
      outcome: "pass",
      observed: { controlPlaneMachines: 3, bootedFromVolume: 0, flavorNamesLocalDisk: 3 },
    },
    {
      name: "one of three from a volume, in spite of its flavor's name",
      facts: {
        "management/machines": {
          machines: [
            machineThere("cp-1", local),
            machineThere("cp-2", { flavor: "SCS-2V-4-20s", rootVolume: { sizeGiB: 50, type: "fast" } }),
            machineThere("cp-3", local),
          ],
        },
      },
      outcome: "fail",
      findings: ["boots-from-volume"],
      because: /^Machine cp-2 has a root volume 50 GiB of type fast/,
    },
    {
      name: "a volume on a machine that is being deleted",
      facts: {
        "management/machines": {
          machines: [machineThere("cp-1", local), machineThere("cp-0", volume, { deleting: true })],
        },
      },
      outcome: "pass",
    },
    {
      name: "no volume, but the flavor does not say what its disk is",
      facts: { "management/machines": { machines: [machineThere("cp-1", { flavor: "m1.large", rootVolume: null })] } },
      outcome: "undetermined",
      because: /not every flavor's name says/,
    },
    {
      name: "no volume, and the flavor is given by id",
      facts: { "management/machines": { machines: [machineThere("cp-1", { rootVolume: null })] } },
      outcome: "undetermined",
    },
    {
      name: "bare metal beside OpenStack",
      facts: { "management/machines": { machines: [machineThere("cp-1", local), machineThere("cp-2")] } },
      outcome: "undetermined",
      because: /^Of 1 of 2 machines/,
    },
    {
      name: "a hosted control plane has no machines",
      facts: { "management/machines": { machines: [machineThere("w", local, { controlPlane: false })] } },
      outcome: "undetermined",
    },
    {
      name: "etcd elsewhere",
      facts: {
        "management/machines": { machines: [machineThere("cp-1", volume)] },
        "management/control-plane": controlPlaneThere({ etcd: { placement: "external", flags: flags() } }),
      },
      outcome: "not-applicable",
    },
    {
      name: "by the cloud: one server booted from a volume",
      facts: { ...plane, "cloud/servers": cloudServers(server("cp-1"), server("cp-2", "volume"), server("cp-3")) },
      outcome: "fail",
      findings: ["boots-from-volume"],
      because: /^Node cp-2 was booted from a volume/,
    },
    {
      name: "by the cloud: all from the local disk that their flavor names",
      facts: { ...plane, "cloud/servers": cloudServers(...names.map((name) => server(name))) },
      outcome: "pass",
      observed: { serversKnown: 3, bootedFromVolume: 0, flavorNamesLocalDisk: 3 },
    },
    {
      name: "by the cloud: one server was not found",
      facts: { ...plane, "cloud/servers": cloudServers(server("cp-1"), server("cp-2")) },
      outcome: "undetermined",
    },
    {
      name: "by the cloud: workers alone are visible",
      facts: { "kube/nodes": nodes(worker("cp-1")), "cloud/servers": cloudServers(server("cp-1", "volume")) },
      outcome: "undetermined",
    },
    {
      name: "by the cloud: the nodes are not readable",
      facts: {
        "kube/nodes": unavailable("forbidden", "the right to list nodes"),
        "cloud/servers": cloudServers(server("cp-1", "volume")),
      },
      outcome: "undetermined",
      missing: ["the right to list nodes"],
    },
  ],
);
