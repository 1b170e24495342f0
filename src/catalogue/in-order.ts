/** Faults of one file in the order of the file. */
import type { InputFault } from "../model/faults.ts";

/** As they stand in the file, the same fault once. */
export function inOrder(faults: readonly InputFault[]): InputFault[] {
  const once = new Map(faults.map((fault) => [`${fault.line}:${fault.column}:${fault.message}`, fault]));
  return [...once.values()].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) || (a.message < b.message ? -1 : 1),
  );
}
