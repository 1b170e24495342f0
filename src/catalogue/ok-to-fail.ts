/** Specs whose failure SCS tolerates, and how they become parameters of the checks that read results. */
import { type Static, Type } from "@sinclair/typebox";
import type { Standard } from "../model/standard.ts";
import { CalendarDate } from "../model/vocabulary.ts";
import { compiledValue } from "./compiled.ts";
import { DataSource, readDataFile, withDataFile } from "./data-file.ts";
import { okToFailFile } from "./embedded.ts";

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
    source: DataSource,
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
  return readDataFile(OkToFail, file, text);
}

/** How a standard's file writes "the list of standards/data/ok-to-fail.yaml" as the value of a parameter. */
const reference = "data/ok-to-fail.yaml";

/** Puts the list in the place of its name, wherever a statement refers to it: the entries tolerated while it rules. */
export function withTolerated(standard: Standard): Standard {
  return withDataFile(standard, "okToFail", reference, (statement) =>
    loadOkToFail()
      .filter((entry) => statement.until === undefined || entry.from < statement.until)
      .filter((entry) => entry.until === undefined || entry.until > statement.from)
      .map(({ regex, reason }) => ({ pattern: regex, reason })),
  );
}
