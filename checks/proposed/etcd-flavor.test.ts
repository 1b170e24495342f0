import { describeCheck, withFacts } from "../../tests/support/check-table.ts";
import {
  apiServers,
  cloudServer,
  cloudServers,
  controlPlane,
  etcdBuckets,
  node,
  nodes,
  platform,
  worker,
} from "../../tests/support/facts.ts";
import { etcdFlavor } from "./etcd-flavor.ts";

const label = "node.kubernetes.io/instance-type";
const typed = (name: string, type: string, disk = 20) =>
  controlPlane(name, { [label]: type }, { capacity: { cpu: 2, ephemeralStorageBytes: disk * 1e9 } });
const three = (type: string, disk?: number) => ({
  "kube/api-server-instances": apiServers(3),
  "kube/nodes": nodes(typed("a", type, disk), typed("b", type, disk), typed("c", type, disk), worker("w")),
});
const fast = { "kube/api-server-metrics": etcdBuckets({ "0.005": 9950, "+Inf": 10_000 }) };
const middling = { "kube/api-server-metrics": etcdBuckets({ "0.005": 100, "0.025": 9950, "+Inf": 10_000 }) };
const slow = { "kube/api-server-metrics": etcdBuckets({ "0.005": 100, "0.1": 9000, "0.2": 10_000, "+Inf": 10_000 }) };
const booted = (...from: ("image" | "volume")[]) => ({
  "cloud/servers": cloudServers(...from.map((bootedFrom, n) => cloudServer("abc".charAt(n), "h", { bootedFrom }))),
});

describeCheck(
  etcdFlavor,
  ["pass", "fail", "undetermined", "not-applicable"],
  withFacts({ "kube/platform": platform("kubeadm") }, [
    { name: "local SSD by name and by speed", facts: { ...three("SCS-2V-4-20s"), ...fast }, outcome: "pass" },
    { name: "local NVMe, two of them", facts: { ...three("SCS-4C-16-2x100p_bms"), ...fast }, outcome: "pass" },
    {
      name: "a name alone: it may have been booted from a volume",
      facts: three("SCS-2V-4-20s"),
      outcome: "undetermined",
      because: /booted from a volume instead$/,
      missing: ["a view of the machines' root volumes (management cluster or cloud)"],
    },
    {
      name: "by name, not as fast as a local disk",
      facts: { ...three("SCS-2V-4-20s"), ...middling },
      outcome: "undetermined",
    },
    {
      name: "by name and fast, but the filesystem is larger than the flavor's disk",
      facts: { ...three("SCS-2V-4-20s", 50), ...fast },
      outcome: "undetermined",
      findings: ["filesystem-larger-than-disk", "filesystem-larger-than-disk", "filesystem-larger-than-disk"],
    },
    {
      name: "no disk in the flavor, and slow",
      facts: { ...three("SCS-2V-4"), ...slow },
      outcome: "fail",
      because: /^Flavor SCS-2V-4 of node a has no disk: .* etcd's writes take 100-200 ms$/,
    },
    {
      name: "no disk in the flavor: a volume may still be fast enough",
      facts: { ...three("SCS-2V-4"), ...fast },
      outcome: "undetermined",
      findings: ["no-local-ssd-named", "no-local-ssd-named", "no-local-ssd-named"],
    },
    {
      name: "network storage by name; a flavor may have more than it says",
      facts: three("SCS-2V-4-20n"),
      outcome: "undetermined",
      because: /names network storage$/,
    },
    { name: "spinning", facts: { ...three("SCS-2V-4-100h"), ...slow }, outcome: "fail" },
    { name: "unspecified", facts: three("SCS-2V-4-20"), outcome: "undetermined", because: /does not say what/ },
    { name: "no name of the standard", facts: three("SCS-2V-4_ssd"), outcome: "undetermined", because: /is no name/ },
    {
      name: "one of three is of another kind",
      facts: {
        "kube/nodes": nodes(typed("a", "SCS-2V-4-20s"), typed("b", "SCS-2V-4-20s"), typed("c", "m1.ssd")),
        "kube/api-server-instances": apiServers(3),
        ...fast,
      },
      outcome: "undetermined",
      because: /^1 node of 3/,
    },
    {
      name: "nodes with the role etcd decide, not the others",
      facts: {
        "kube/nodes": nodes(
          typed("a", "SCS-2V-4"),
          node("e", { roles: ["etcd"], labels: { [label]: "SCS-2V-4-20s" } }),
        ),
        "kube/api-server-instances": apiServers(1),
        ...fast,
      },
      outcome: "pass",
    },
    // the cloud's view
    {
      name: "by name, and booted from an image",
      facts: { ...three("SCS-2V-4-20s"), ...booted("image", "image", "image") },
      outcome: "pass",
      because: /^All 3 machines have the local SSD or NVMe of their flavors as root disk$/,
      observed: { serversFound: 3, bootedFromVolume: 0 },
    },
    {
      name: "booted from an image, and slow all the same",
      facts: { ...three("SCS-2V-4-20s"), ...booted("image", "image", "image"), ...slow },
      outcome: "undetermined",
    },
    {
      name: "local by name, but one was booted from a volume",
      facts: { ...three("SCS-2V-4-20s"), ...booted("image", "volume", "image"), ...fast },
      outcome: "undetermined",
      findings: ["boots-from-volume"],
    },
    {
      name: "booted from volumes, and slow",
      facts: { ...three("SCS-2V-4-20s"), ...booted("volume", "volume", "volume"), ...slow },
      outcome: "fail",
      because: /^Node a was booted from a volume: .* 100-200 ms$/,
    },
    {
      name: "two of three found: the third may be booted from a volume",
      facts: { ...three("SCS-2V-4-20s"), ...booted("image", "image") },
      outcome: "undetermined",
    },
    {
      name: "the flavor by the cloud where the label has an id",
      facts: { ...three("5"), ...booted("image", "image", "image") },
      outcome: "pass",
      observed: { flavors: ["SCS-2V-4-20s"] },
    },
    { name: "another cloud", facts: { ...three("m5.large"), ...slow }, outcome: "not-applicable" },
    {
      name: "no labels",
      facts: { "kube/nodes": nodes(controlPlane("a")), "kube/api-server-instances": apiServers(1) },
      outcome: "undetermined",
    },
    {
      name: "hosted: only workers are seen",
      facts: {
        "kube/nodes": nodes(worker("w", { [label]: "SCS-2V-4" })),
        "kube/platform": platform("hosted", "hidden"),
        ...slow,
      },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "another cloud, and perhaps nodes that are not seen",
      facts: { "kube/nodes": nodes(typed("a", "m5.large")) },
      outcome: "undetermined",
      missing: ["the right to read kube/api-server-instances"],
    },
    {
      name: "one of three control-plane nodes seen",
      facts: { "kube/nodes": nodes(typed("a", "SCS-2V-4-20s")), "kube/api-server-instances": apiServers(3), ...fast },
      outcome: "undetermined",
    },
    {
      name: "nodes with the role, but nothing shows that API servers run there",
      facts: { ...three("SCS-2V-4-20s"), ...fast, "kube/platform": platform("kubeadm", "unknown") },
      outcome: "undetermined",
    },
  ]),
);
