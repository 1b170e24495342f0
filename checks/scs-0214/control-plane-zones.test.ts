import { type CheckRow, describeCheck, unavailable, withFacts } from "../../tests/support/check-table.ts";
import { apiServers, controlPlane, nodes, platform, region, worker, zone } from "../../tests/support/facts.ts";
import { scenario } from "../../tests/support/upstream-scenarios.ts";
import { controlPlaneZones } from "./control-plane-zones.ts";

const allSeen = { "kube/api-server-instances": apiServers(1) };

/** The sentence before 2026-04-28: one instance in each failure zone used for the cluster. */
const rows: readonly CheckRow[] = [
  {
    name: "a control-plane node in each zone in use",
    facts: { "kube/nodes": scenario("success-1") },
    outcome: "pass",
    observed: { zonesInUse: ["region/zone1", "region/zone2", "region/zone3"] },
  },
  {
    name: "a single zone in use",
    facts: { "kube/nodes": scenario("not-enough-nodes") },
    outcome: "pass",
  },
  {
    name: "workers in a zone without control plane",
    facts: { "kube/nodes": nodes(controlPlane("a", { [zone]: "1" }), worker("w", { [zone]: "2" })), ...allSeen },
    outcome: "fail",
    findings: ["zone-without-control-plane"],
  },
  {
    name: "one node without label cannot stand in two zones",
    facts: {
      "kube/nodes": nodes(
        controlPlane("a", { [zone]: "1" }),
        controlPlane("b"),
        worker("v", { [zone]: "2" }),
        worker("w", { [zone]: "3" }),
      ),
      ...allSeen,
    },
    outcome: "fail",
    findings: ["zone-without-control-plane", "zone-without-control-plane"],
  },
  {
    name: "a control-plane node without label may stand there",
    facts: {
      "kube/nodes": nodes(controlPlane("a", { [zone]: "1" }), controlPlane("b"), worker("w", { [zone]: "2" })),
    },
    outcome: "undetermined",
    findings: ["zone-unknown"],
  },
  {
    name: "a worker without label may stand in a zone that nobody names",
    facts: { "kube/nodes": nodes(controlPlane("a", { [zone]: "1" }), worker("w")) },
    outcome: "undetermined",
    findings: ["zone-unknown"],
  },
  { name: "no labels at all", facts: { "kube/nodes": nodes(controlPlane("a")) }, outcome: "undetermined" },
  {
    name: "hidden control plane with workers",
    facts: { "kube/nodes": nodes(worker("w", { [zone]: "1" })) },
    outcome: "undetermined",
  },
];
const inEveryZone = rows.map((row) => ({
  ...row,
  name: `before 2026-04-28: ${row.name}`,
  parameters: { minZones: 1, everyZoneInUse: true },
}));

describeCheck(
  controlPlaneZones,
  ["pass", "fail", "undetermined"],
  withFacts({ "kube/platform": platform("kubeadm") }, [
    {
      name: "success-1: three zones",
      facts: { "kube/nodes": scenario("success-1") },
      outcome: "pass",
      observed: { zones: ["region/zone1", "region/zone2", "region/zone3"] },
    },
    { name: "success-2: three zones on one host", facts: { "kube/nodes": scenario("success-2") }, outcome: "pass" },
    { name: "not-enough-nodes", facts: { "kube/nodes": scenario("not-enough-nodes"), ...allSeen }, outcome: "fail" },
    {
      name: "no-distribution-2: one zone",
      facts: { "kube/nodes": scenario("no-distribution-2"), ...allSeen },
      outcome: "fail",
      findings: ["too-few-zones"],
    },
    {
      name: "three zones wanted, two there",
      facts: {
        "kube/nodes": nodes(controlPlane("a", { [zone]: "1" }), controlPlane("b", { [zone]: "2" })),
        ...allSeen,
      },
      parameters: { minZones: 3 },
      outcome: "fail",
    },
    {
      name: "one zone name in two regions is two zones",
      facts: {
        "kube/nodes": nodes(
          controlPlane("a", { [zone]: "nova", [region]: "A" }),
          controlPlane("b", { [zone]: "nova", [region]: "B" }),
        ),
      },
      outcome: "pass",
    },
    {
      name: "two zones and a node without label",
      facts: {
        "kube/nodes": nodes(controlPlane("a", { [zone]: "1" }), controlPlane("b", { [zone]: "2" }), controlPlane("c")),
      },
      outcome: "pass",
      findings: ["zone-unknown"],
    },
    {
      name: "one zone and nodes without label",
      facts: { "kube/nodes": nodes(controlPlane("a", { [zone]: "1" }), controlPlane("b")) },
      outcome: "undetermined",
    },
    {
      name: "hidden control plane",
      facts: { "kube/nodes": nodes(worker("w", { [zone]: "1" })) },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "hosted platform",
      facts: { "kube/nodes": nodes(controlPlane("a")), "kube/platform": platform("gardener", "hidden") },
      outcome: "undetermined",
    },
    {
      name: "more API servers than nodes",
      facts: { "kube/nodes": nodes(controlPlane("a")), "kube/api-server-instances": apiServers(2) },
      outcome: "undetermined",
    },
    ...inEveryZone,
    {
      name: "nodes with the role, but nothing shows that API servers run there",
      facts: {
        "kube/nodes": nodes(controlPlane("a", { [zone]: "1" }), controlPlane("b", { [zone]: "2" })),
        "kube/platform": platform("kubeadm", "unknown"),
      },
      outcome: "undetermined",
      missing: ["the right to read kube/api-server-instances"],
    },
    {
      name: "where the control plane runs is not known",
      facts: {
        "kube/nodes": nodes(controlPlane("a", { [zone]: "1" }), controlPlane("b", { [zone]: "2" })),
        "kube/platform": unavailable("timeout", "a platform"),
      },
      outcome: "undetermined",
      missing: ["a platform"],
    },
  ]),
);
