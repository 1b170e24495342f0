/** Makes pods of a run that stay alike, one after the other, and tells which nodes the scheduler chose; removes them again. */
import type { ClusterActor } from "../../model/acting.ts";
import { type Reading, read, type Unread } from "../../model/fact.ts";
import type { Hindrance } from "../../model/facts/hindrance.ts";
import type { JsonObject } from "../../model/json.ts";
import { hindered, podHindrance } from "./hindrance.ts";
import { decisionOn, makePod, podsPath } from "./run-pod.ts";

export interface Placed {
  /** How many were made, one after the other until one got no node. */
  readonly pods: number;
  /** The node of each pod that has one, in the order of making. */
  readonly nodes: readonly string[];
  /** Why the last has none. */
  readonly hindrance?: Hindrance;
}

export interface PlacedPods {
  readonly purpose: string;
  readonly pods: number;
  readonly labels: { readonly [name: string]: string };
  readonly spec: JsonObject;
}

const wait = { milliseconds: 20_000 };

export async function placePods(act: ClusterActor, namespace: string, options: PlacedPods): Promise<Reading<Placed>> {
  const { purpose, pods, labels, spec } = options;
  const made: string[] = [];
  const nodes: string[] = [];
  let hindrance: Hindrance | undefined;
  let lost: Unread | undefined;
  // a pod that has ended keeps no other away
  const command = ["sleep", "110"];
  while (made.length < pods && hindrance === undefined && lost === undefined) {
    const name = `${purpose}-${made.length + 1}`;
    const refused = await makePod(act, namespace, { purpose: name, command, labels, deadlineSeconds: 120, spec });
    if (!refused.ok) lost = refused;
    else if (refused.value !== undefined) hindrance = refused.value;
    else {
      made.push(name);
      const seen = await act.until(podsPath(namespace, act.name(name)), decisionOn, wait);
      if (seen.ok && seen.value.node !== undefined) nodes.push(seen.value.node);
      else if (seen.ok) hindrance = podHindrance(seen.value.pod);
      else if (seen.reason === "timeout") hindrance = hindered("timeout");
      else lost = seen;
    }
  }
  for (const name of made) await act.remove(podsPath(namespace, act.name(name)));
  return lost ?? read({ pods: made.length, nodes, ...(hindrance === undefined ? {} : { hindrance }) });
}
