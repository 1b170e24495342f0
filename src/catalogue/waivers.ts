/** Waivers files: shape, days, ids, all faults of a file at once. */
import { type InputFault, UsageError } from "../model/faults.ts";
import { type Waiver, WaiversFile } from "../model/waiver.ts";
import { inOrder } from "./in-order.ts";
import { type Located, locate, type Path } from "./located.ts";
import { momentFaults, momentOf } from "./moments.ts";
import { schemaFaults } from "./schema-faults.ts";
import { unknownId } from "./unknown-id.ts";

export interface WaiversSource {
  readonly file: string;
  readonly text: string;
  /** Ids that a waiver may name; patterns must match one of them. */
  readonly requirements: readonly string[];
  readonly checks: readonly string[];
}

/** The waivers of a file, expiry as an instant. Throws UsageError with every fault, each with line and column. */
export function parseWaivers(source: WaiversSource): readonly Waiver[] {
  const located = locate(source.file, source.text);
  const shape = [...located.faults, ...(located.value === undefined ? [] : schemaFaults(WaiversFile, located))];
  const value = located.value as WaiversFile;
  const faults = shape.length > 0 ? shape : contentFaults(value, located, source);
  if (faults.length > 0) throw new UsageError(inOrder(faults), "Compare with standards/schemas/waivers.schema.json.");
  return value.waivers.map((waiver) => ({ ...waiver, expires: momentOf(waiver.expires) }));
}

function contentFaults({ waivers }: WaiversFile, located: Located, known: WaiversSource): InputFault[] {
  return waivers.flatMap((waiver, index) => {
    const path: Path = ["waivers", index];
    const { id, requirement, check } = waiver;
    const twice = waivers.findIndex((other) => other.id === id) < index;
    return [
      ...(twice ? [located.at([...path, "id"], `the waiver ${id} stands here twice`)] : []),
      ...((requirement === undefined) === (check === undefined)
        ? [located.at(path, `the waiver ${id} must name either a requirement or a check`)]
        : []),
      ...(requirement === undefined
        ? []
        : unknownId("requirement", "pattern", requirement, known.requirements, [...path, "requirement"], located)),
      ...(check === undefined ? [] : unknownId("check", "pattern", check, known.checks, [...path, "check"], located)),
      ...momentFaults(waiver, ["expires"], path, located),
    ];
  });
}
