/** Waivers that a caller gives. */
import { parseWaivers } from "../catalogue/waivers.ts";
import { maxWaivers } from "../model/evidence.ts";
import { UsageError } from "../model/faults.ts";
import type { Waiver } from "../model/waiver.ts";
import { allFaults } from "./all-faults.ts";
import { checkIds, requirementIds } from "./known-ids.ts";
import { readText } from "./read-file.ts";

const maxWaiverBytes = 1024 * 1024;

/** All of them, in the order of the files. UsageError with every fault, also for one id in two files. */
export async function waiversIn(files: readonly string[]): Promise<readonly Waiver[]> {
  const owner = new Map<string, string>();
  const lists = await allFaults(files, async (file) => {
    const text = await readText(file, maxWaiverBytes);
    const waivers = parseWaivers({ file, text, requirements: requirementIds(), checks: checkIds() });
    for (const { id } of waivers) {
      const other = owner.get(id);
      if (other !== undefined) throw new UsageError([{ file, message: `the waiver ${id} stands in ${other} as well` }]);
      owner.set(id, file);
    }
    return waivers;
  });
  const all = lists.flat();
  if (all.length <= maxWaivers) return all;
  throw new UsageError(`${all.length} waivers are too many.`, `Give ${maxWaivers} at most.`);
}
