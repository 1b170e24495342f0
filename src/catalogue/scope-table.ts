/** Our tables beside the scope definitions: testcase to requirements, module to standard, and earlier days. */
import { type Static, Type } from "@sinclair/typebox";
import { StandardId } from "../model/standard.ts";
import { CalendarDate } from "../model/vocabulary.ts";
import { compiledValue } from "./compiled.ts";
import { readDataFile } from "./data-file.ts";
import { scopeTableFiles } from "./embedded.ts";

const strict = { additionalProperties: false };
const byName = <T extends Parameters<typeof Type.Record>[1]>(value: T) => Type.Record(Type.String(), value);

const ScopeTable = Type.Object(
  {
    uuid: Type.String(),
    /** Path of the definition below standards/scopes/. */
    definition: Type.String(),
    description: Type.String(),
    submittable: Type.Boolean(),
    testcases: byName(Type.Array(Type.String({ pattern: `${StandardId.pattern?.slice(0, -1)}/[a-z0-9-]+$` }))),
    modules: byName(StandardId),
    /** Targets that modules of a version had during a span of days. */
    memberships: Type.Optional(
      Type.Array(
        Type.Object(
          {
            version: Type.String(),
            from: Type.Optional(CalendarDate),
            until: Type.Optional(CalendarDate),
            modules: byName(byName(Type.Array(Type.String()))),
          },
          strict,
        ),
      ),
    ),
  },
  strict,
);
export type ScopeTable = Static<typeof ScopeTable> & { readonly name: string };

let loaded: readonly ScopeTable[] | undefined;

/** The tables by the short names of their scopes. Throws UsageError with every fault. */
export function scopeTables(): readonly ScopeTable[] {
  loaded ??= Object.entries(scopeTableFiles).map(([file, text]) => {
    return { name: scopeName(file), ...(compiledValue(text) ?? readTable(file, text)) } as ScopeTable;
  });
  return loaded;
}

/** A table from its text, without the compiled form. Throws UsageError with every fault. */
export function readTable(file: string, text: string): Static<typeof ScopeTable> {
  return readDataFile(ScopeTable, file, text);
}

/** `scs-compatible-kaas` of `scopes/scs-compatible-kaas.yaml`. */
export function scopeName(file: string): string {
  return file.replace(/^.*\//, "").replace(/\.yaml$/, "");
}
