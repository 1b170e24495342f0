/** A list of address ranges, counted and classified: which ranges they are is not kept. */
import type { AllowedRanges } from "../model/facts/cloud.ts";
import { familiesOf } from "./address-family.ts";
import { listAt, printable } from "./untrusted.ts";

/** Null where there is no list, or an empty one, which lets everybody in as well. */
export function allowedRanges(holder: unknown, key: string): AllowedRanges | null {
  const ranges = listAt(holder, key).map((range) => printable(range) ?? "");
  if (ranges.length === 0) return null;
  const known = ranges.filter((range) => familiesOf([range]).length > 0);
  return {
    ranges: new Set(known).size,
    openTo: familiesOf(known.filter((range) => range.endsWith("/0"))),
    malformed: ranges.length - known.length,
  };
}
