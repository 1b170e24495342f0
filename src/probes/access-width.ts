/** How wide a list of address ranges is open, without keeping a range. */
import type { AccessWidth } from "../model/facts/cloud.ts";

/** `0.0.0.0/0`, `::/0`, and halves of them that together hold everybody are not added up: only a whole range is. */
export function accessWidth(ranges: readonly (string | undefined)[]): AccessWidth {
  if (ranges.length === 0) return "no-list";
  return ranges.some((range) => range !== undefined && /^[0-9a-f.:]+\/0$/i.test(range)) ? "everybody" : "restricted";
}
