/** Specs whose failure SCS tolerates, and how they become parameters of the checks that read results. */
import { type Static, Type } from "@sinclair/typebox";
import { UsageError } from "../model/faults.ts";
import type { Standard, Statement } from "../model/standard.ts";
import { CalendarDate } from "../model/vocabulary.ts";
import { compiledValue } from "./compiled.ts";
import { okToFailFile } from "./embedded.ts";
import { inOrder } from "./in-order.ts";
import { locate } from "./located.ts";
import { schemaFaults } from "./schema-faults.ts";

const strict = { additionalProperties: false };

const ToleratedSpec = Type.Object(
  {
    id: Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" }),
    /** First day, and first day on which it is no longer tolerated. */
    from: CalendarDate,
    until: Type.Optional(CalendarDate),
    /** ECMAScript expression over the name of a spec. */
    regex: Type.String({ minLength: 1 }),
    reason: Type.String({ minLength: 1 }),
  },
  strict,
);
export type ToleratedSpec = Static<typeof ToleratedSpec>;

const OkToFail = Type.Object(
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
    entries: Type.Array(ToleratedSpec),
  },
  strict,
);

let loaded: readonly ToleratedSpec[] | undefined;

/** The dated list of tolerated specs. Throws UsageError with every fault of its file. */
export function loadOkToFail(): readonly ToleratedSpec[] {
  loaded ??= Object.entries(okToFailFile).flatMap(([file, text]) => {
    const ready = compiledValue(text) as Static<typeof OkToFail> | undefined;
    return (ready ?? readOkToFail(file, text)).entries;
  });
  return loaded;
}

/** The list from its text, without the compiled form. */
export function readOkToFail(file: string, text: string): Static<typeof OkToFail> {
  const located = locate(`standards/${file}`, text);
  const faults = [...located.faults, ...schemaFaults(OkToFail, located)];
  if (faults.length > 0) throw new UsageError(inOrder(faults));
  return located.value as Static<typeof OkToFail>;
}

/** How a standard's file writes "the list of standards/data/ok-to-fail.yaml" as the value of a parameter. */
const reference = "data/ok-to-fail.yaml";

/** Puts the list in the place of its name, wherever a statement refers to it: the entries tolerated while it rules. */
export function withTolerated(standard: Standard): Standard {
  const requirements = standard.requirements.map((requirement) => {
    if (requirement.statements.every((statement) => statement.parameters?.okToFail !== reference)) return requirement;
    return { ...requirement, statements: requirement.statements.map(filled) };
  });
  return { ...standard, requirements };
}

function filled(statement: Statement): Statement {
  if (statement.parameters?.okToFail !== reference) return statement;
  const okToFail = loadOkToFail()
    .filter((entry) => statement.until === undefined || entry.from < statement.until)
    .filter((entry) => entry.until === undefined || entry.until > statement.from)
    .map(({ regex, reason }) => ({ pattern: regex, reason }));
  return { ...statement, parameters: { ...statement.parameters, okToFail } };
}
