/** Reads standards: shape, digests, dates and references, all faults of a file at once. */
import type { Catalogue } from "../model/catalogue.ts";
import { digestOf, sha256 } from "../model/digest.ts";
import { type InputFault, UsageError } from "../model/faults.ts";
import { Standard } from "../model/standard.ts";
import { compiledValue } from "./compiled.ts";
import { embeddedFiles, standardFiles } from "./embedded.ts";
import { withStandardFlavors } from "./flavors.ts";
import { inOrder } from "./in-order.ts";
import { locate } from "./located.ts";
import { withTolerated } from "./ok-to-fail.ts";
import { schemaFaults } from "./schema-faults.ts";
import { standardFaults } from "./standard-faults.ts";

/** A standard from the text of its file. Throws UsageError with every fault, each with line and column. */
export function parseStandard(file: string, text: string): Standard {
  const { standard, faults } = readStandard(file, text);
  if (!standard) throw new UsageError(faults, "Compare with standards/schemas/standard.schema.json.");
  return standard;
}

let loaded: Catalogue | undefined;

/** The standards that the suite carries. Throws UsageError with the faults of all files. */
export function loadCatalogue(): Catalogue {
  loaded ??= buildCatalogue();
  return loaded;
}

function buildCatalogue(): Catalogue {
  const read = Object.entries(standardFiles).map(([file, text]) => {
    const ready = compiledValue(text);
    if (ready !== undefined) return { standard: withLists(ready as Standard), faults: [] };
    return readStandard(`standards/${file}`, text);
  });
  const faults = read.flatMap((result) => result.faults);
  if (faults.length > 0) throw new UsageError(faults);
  const standards = read.flatMap(({ standard }) => (standard ? [standard] : []));
  standards.sort((a, b) => (a.id < b.id ? -1 : 1));
  const digests = Object.entries(embeddedFiles).map(([file, text]) => [file, sha256(text)] as const);
  return { standards, sha256: digestOf(Object.fromEntries(digests)) };
}

/** Lists that stand in files of their own, in the place of their names. */
const withLists = (standard: Standard): Standard => withStandardFlavors(withTolerated(standard));

function readStandard(file: string, text: string): { standard?: Standard; faults: readonly InputFault[] } {
  const located = locate(file, text);
  if (located.value === undefined) return { faults: located.faults };
  const shape = [...located.faults, ...schemaFaults(Standard, located)];
  if (shape.length > 0) return { faults: inOrder(shape) };
  const standard = located.value as Standard;
  const faults = standardFaults(standard, located);
  return faults.length > 0 ? { faults: inOrder(faults) } : { standard: withLists(standard), faults };
}
