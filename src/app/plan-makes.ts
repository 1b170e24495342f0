/** What an acting run makes, in words: before anything is made, a provider has to know what it is and what it may cost. */
import { actingProbes, type Plan } from "../engine/plan.ts";
import { usualImage } from "../kubernetes/acting/image.ts";
import type { Makes } from "../model/acting.ts";
import type { ActingOptions } from "./options.ts";
import { actingSeconds } from "./time-limit.ts";

const reads = "reads no Secret";

/** Lines under the first one of the plan; none when nothing is made. */
export function makesLines(plan: Plan, acting: ActingOptions = {}): readonly string[] {
  const making = actingProbes(plan);
  if (making.length === 0) return [];
  const all = making.map(({ makes }) => makes);
  const { namespace, image } = acting;
  const pods = total(all, ({ pods }) => pods);
  return [
    `Makes at most ${objectsText(all, namespace)}, and takes all of it away again; changes nothing else, ${reads}.`,
    `  where     ${whereText(all, namespace)}`,
    ...(pods === 0 ? [] : [`  pods      ${podsText(all, pods)}`, `  image     ${imageText(image)}`]),
    `  time      at most ${actingSeconds(plan)} s, up to four probes at once, and 180 s to clean up`,
    ...making.flatMap(({ title, makes }) => (makes.cost === undefined ? [] : [`  cost      ${makes.cost} (${title})`])),
    ...making.flatMap(({ title, makes: { disturbs } }) =>
      disturbs === undefined ? [] : [`  noticed   ${disturbs} (${title})`],
    ),
  ];
}

function total(all: readonly Makes[], of: (makes: Makes) => number): number {
  return all.reduce((sum, makes) => sum + of(makes), 0);
}

/** `3 namespaces, 2 Pods, 1 PersistentVolumeClaim`. */
function objectsText(all: readonly Makes[], namespace: string | undefined): string {
  const counts = new Map<string, number>(namespace === undefined ? [["Namespace", 1 + purposes(all).length]] : []);
  for (const { objects } of all)
    for (const [kind, count] of Object.entries(objects)) counts.set(kind, (counts.get(kind) ?? 0) + count);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(", ");
}

function purposes(all: readonly Makes[]): readonly string[] {
  return [...new Set(all.flatMap(({ namespaces = [] }) => namespaces))].sort();
}

function whereText(all: readonly Makes[], namespace: string | undefined): string {
  if (namespace !== undefined) {
    const without = purposes(all);
    return `in ${namespace}, objects of the run only${without.length === 0 ? "" : `; what needs further namespaces (${without.join(", ")}) is not given`}`;
  }
  const own = ["scs-conformance-RUN", ...purposes(all).map((purpose) => `scs-conformance-RUN-${purpose}`)];
  return `in ${own.join(", ")}; RUN is random`;
}

function podsText(all: readonly Makes[], pods: number): string {
  const cpu = total(all, ({ cpuMillicores = 0 }) => cpuMillicores);
  const memory = total(all, ({ memoryMebibytes = 0 }) => memoryMebibytes);
  return `${pods} at most, which request ${cpu} m CPU and ${memory} MiB together`;
}

function imageText(image: string | undefined): string {
  if (image === "nodes") return "one that all nodes have: agnhost, or busybox (nothing is pulled)";
  const reference = image ?? usualImage;
  return reference.includes("@sha256:")
    ? reference
    : `${reference} (by tag: whoever holds the registry says what it is)`;
}
