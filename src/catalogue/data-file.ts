/** Our data files below standards/: read by a schema, and put into the parameters of statements that name them. */
import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { UsageError } from "../model/faults.ts";
import type { Standard, Statement } from "../model/standard.ts";
import { CalendarDate } from "../model/vocabulary.ts";
import { inOrder } from "./in-order.ts";
import { locate } from "./located.ts";
import { schemaFaults } from "./schema-faults.ts";

/** Where the facts of a file are from. */
export const DataSource = Type.Object(
  {
    repository: Type.String(),
    file: Type.String(),
    commit: Type.String(),
    date: CalendarDate,
    licence: Type.String(),
    note: Type.String(),
  },
  { additionalProperties: false },
);

/** From its text, without the compiled form. Throws UsageError with every fault of the file. */
export function readDataFile<T extends TSchema>(schema: T, file: string, text: string): Static<T> {
  const located = locate(`standards/${file}`, text);
  const faults = [...located.faults, ...schemaFaults(schema, located)];
  if (faults.length > 0) throw new UsageError(inOrder(faults));
  return located.value as Static<T>;
}

/** Puts what a data file holds in the place of its name, wherever a statement has that as the value of the parameter. */
export function withDataFile(
  standard: Standard,
  parameter: string,
  reference: string,
  held: (statement: Statement) => NonNullable<Statement["parameters"]>[string],
): Standard {
  const refers = ({ parameters }: Statement) => parameters?.[parameter] === reference;
  const filled = (statement: Statement): Statement =>
    refers(statement)
      ? { ...statement, parameters: { ...statement.parameters, [parameter]: held(statement) } }
      : statement;
  const requirements = standard.requirements.map((requirement) =>
    requirement.statements.some(refers)
      ? { ...requirement, statements: requirement.statements.map(filled) }
      : requirement,
  );
  return { ...standard, requirements };
}
