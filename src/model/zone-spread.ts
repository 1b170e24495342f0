/** Whether a group of nodes stands in enough failure zones, by their labels. */
import { aDeclaration, distinctZones, lacking, zoneLabel } from "./control-plane-nodes.ts";
import type { NodeRecord } from "./facts/nodes.ts";
import { type CheckResult, type Finding, fail, pass, theCluster, undetermined } from "./finding.ts";
import { counted, named } from "./finding-lists.ts";

/** `who` is a plural noun phrase: `control-plane nodes`. The group has at least one node. */
export function judgeZones(who: string, nodes: readonly NodeRecord[], minZones: number): CheckResult {
  const zones = distinctZones(nodes);
  const without = lacking(nodes, zoneLabel);
  const observed = { nodes: nodes.length, zones, nodesWithoutZone: without.length };
  const unlabelled: readonly Finding[] =
    without.length === 0
      ? []
      : [
          {
            code: "zone-unknown",
            subject: { kind: "Node", name: without[0] ?? "" },
            expected: zoneLabel,
            actual: "",
            message: `${counted(without.length, "node")} carry no zone label: ${named(without)}`,
          },
        ];
  const among = `The ${counted(nodes.length, "node")} seen of the ${who} stand in ${counted(zones.length, "zone")} (${named(zones) || "none"})`;
  if (zones.length >= minZones) return pass(among, observed, unlabelled);
  if (without.length > 0 && nodes.length >= minZones) {
    const missing = { ...aDeclaration, resolve: `the label ${zoneLabel} on every node` };
    return undetermined(`${among}, and ${without.length} carry no zone label`, [missing], observed, unlabelled);
  }
  const message = `${among}; at least ${minZones} are asked for`;
  return fail(among, observed, [
    { code: "too-few-zones", subject: theCluster, expected: minZones, actual: zones.length, message },
  ]);
}
