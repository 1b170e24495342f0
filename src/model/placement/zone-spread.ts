/** Whether a group of nodes stands in enough failure zones, by their labels. */

import type { NodeRecord } from "../facts/nodes.ts";
import { type CheckResult, type Finding, fail, pass, theCluster, undetermined } from "../finding.ts";
import { counted, named } from "../finding-lists.ts";
import { aDeclaration, distinctZones, lacking, zoneLabel } from "./control-plane-nodes.ts";

const zoneLabels = { ...aDeclaration, resolve: `the label ${zoneLabel} on every node` };

/** `who` is a plural noun phrase: `control-plane nodes`. The group has at least one node. */
export function judgeZones(who: string, nodes: readonly NodeRecord[], minZones: number): CheckResult {
  const zones = distinctZones(nodes);
  const without = lacking(nodes, zoneLabel);
  const observed = { nodes: nodes.length, zones, nodesWithoutZone: without.length };
  const unlabelled = zonesUnknown(without);
  const among = `The ${counted(nodes.length, "node")} seen of the ${who} stand in ${counted(zones.length, "zone")} (${named(zones) || "none"})`;
  if (zones.length >= minZones) return pass(among, observed, unlabelled);
  if (without.length > 0 && nodes.length >= minZones) {
    return undetermined(`${among}, and ${without.length} carry no zone label`, [zoneLabels], observed, unlabelled);
  }
  const message = `${among}; at least ${minZones} are asked for`;
  return fail(among, observed, [
    { code: "too-few-zones", subject: theCluster, expected: minZones, actual: zones.length, message },
  ]);
}

/** Whether the control plane stands in each zone that any node of the cluster uses (scs-0214-v2 until 2026-04-28). */
export function judgeZonesInUse(controlPlane: readonly NodeRecord[], nodes: readonly NodeRecord[]): CheckResult {
  const used = distinctZones(nodes);
  const held = distinctZones(controlPlane);
  const open = used.filter((zone) => !held.includes(zone));
  const without = lacking(nodes, zoneLabel);
  const observed = { zonesInUse: used, controlPlaneZones: held, nodesWithoutZone: without.length };
  const unlabelled = zonesUnknown(without);
  // a control-plane node without label may stand in a zone that seems to have none, but in one only
  if (open.length > lacking(controlPlane, zoneLabel).length) {
    const because = `No control-plane node is seen in ${named(open)}, where other nodes stand`;
    const [first, ...rest] = open.map((zone) => zoneWithout(zone));
    if (first) return fail(because, observed, [first, ...rest]);
  }
  if (without.length > 0) {
    const because = `${counted(without.length, "node")} of ${nodes.length} carry no zone label`;
    return undetermined(because, [zoneLabels], observed, unlabelled);
  }
  return pass(
    `Control-plane nodes stand in each of the ${counted(used.length, "zone")} in use (${named(used)})`,
    observed,
  );
}

function zoneWithout(zone: string): Finding {
  const message = `Nodes stand in the zone ${zone}, but no control-plane node does`;
  return { code: "zone-without-control-plane", subject: { kind: "Zone", name: zone }, expected: 1, actual: 0, message };
}

function zonesUnknown(without: readonly string[]): readonly Finding[] {
  const [first] = without;
  if (first === undefined) return [];
  const message = `${counted(without.length, "node")} carry no zone label: ${named(without)}`;
  return [{ code: "zone-unknown", subject: { kind: "Node", name: first }, expected: zoneLabel, actual: "", message }];
}
