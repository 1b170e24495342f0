/** Which probes a run needs, and in which order. */
import type { ProbedFactId } from "../model/facts/index.ts";
import { Defect } from "../model/faults.ts";
import type { AnyProbe } from "../model/probe.ts";

/** The wanted probes and all they build on, each once and after those; else in the order given. Throws a Defect on cycles. */
export function orderOf(probes: readonly AnyProbe[], wanted: readonly ProbedFactId[]): readonly AnyProbe[] {
  const byId = new Map(probes.map((probe) => [probe.id, probe]));
  const order = new Set<AnyProbe>();
  const add = (id: ProbedFactId, above: readonly ProbedFactId[]): void => {
    const probe = byId.get(id);
    if (!probe) throw new Defect(`no probe writes ${id}`);
    if (above.includes(id)) throw new Defect(`probes wait for each other: ${[...above, id].join(" > ")}`);
    if (order.has(probe)) return;
    for (const before of probe.after ?? []) add(before, [...above, id]);
    order.add(probe);
  };
  for (const id of wanted) add(id, []);
  return [...order];
}
