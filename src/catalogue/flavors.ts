/** The standard flavors of SCS as data: mandatory and recommended ones, with their figures. */
import { type Static, Type } from "@sinclair/typebox";
import { StandardFlavor } from "../model/flavors/standard-flavor.ts";
import type { Standard } from "../model/standard.ts";
import { compiledValue } from "./compiled.ts";
import { DataSource, readDataFile, withDataFile } from "./data-file.ts";
import { flavorsFile } from "./embedded.ts";

const strict = { additionalProperties: false };

const Flavors = Type.Object(
  {
    source: DataSource,
    flavors: Type.Array(StandardFlavor),
  },
  strict,
);

/** All of them, mandatory ones first. Throws UsageError with every fault of the file. */
export function loadStandardFlavors(): readonly StandardFlavor[] {
  return Object.entries(flavorsFile).flatMap(([file, text]) => {
    const ready = compiledValue(text) as Static<typeof Flavors> | undefined;
    return (ready ?? readFlavors(file, text)).flavors;
  });
}

/** How a standard's file writes "the table of standards/data/flavors.yaml" as the value of a parameter. */
const reference = "data/flavors.yaml";

/** Puts the table in the place of its name, wherever a statement refers to it. */
export function withStandardFlavors(standard: Standard): Standard {
  return withDataFile(standard, "flavors", reference, () => [...loadStandardFlavors()]);
}

/** The list from its text, without the compiled form. */
export function readFlavors(file: string, text: string): Static<typeof Flavors> {
  return readDataFile(Flavors, file, text);
}
