/** The standard flavors of SCS as data: mandatory and recommended ones, with their figures. */
import { type Static, Type } from "@sinclair/typebox";
import { UsageError } from "../model/faults.ts";
import { StandardFlavor } from "../model/flavors/standard-flavor.ts";
import type { Standard, Statement } from "../model/standard.ts";
import { CalendarDate } from "../model/vocabulary.ts";
import { compiledValue } from "./compiled.ts";
import { flavorsFile } from "./embedded.ts";
import { inOrder } from "./in-order.ts";
import { locate } from "./located.ts";
import { schemaFaults } from "./schema-faults.ts";

const strict = { additionalProperties: false };

const Flavors = Type.Object(
  {
    source: Type.Object(
      {
        repository: Type.String(),
        file: Type.String(),
        commit: Type.String(),
        date: CalendarDate,
        licence: Type.String(),
        note: Type.String(),
      },
      strict,
    ),
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
  const requirements = standard.requirements.map((requirement) => {
    if (requirement.statements.every((statement) => statement.parameters?.flavors !== reference)) return requirement;
    return { ...requirement, statements: requirement.statements.map(filled) };
  });
  return { ...standard, requirements };
}

function filled(statement: Statement): Statement {
  if (statement.parameters?.flavors !== reference) return statement;
  return { ...statement, parameters: { ...statement.parameters, flavors: [...loadStandardFlavors()] } };
}

/** The list from its text, without the compiled form. */
export function readFlavors(file: string, text: string): Static<typeof Flavors> {
  const located = locate(`standards/${file}`, text);
  const faults = [...located.faults, ...schemaFaults(Flavors, located)];
  if (faults.length > 0) throw new UsageError(inOrder(faults));
  return located.value as Static<typeof Flavors>;
}
