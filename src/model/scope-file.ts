/** The form in which upstream writes certificate definitions (SovereignCloudStack/standards Tests/scs-compatible-*.yaml). */
import { type Static, Type } from "@sinclair/typebox";
import { AnyJson } from "./json.ts";
import { CalendarDate, Lifetime, ScopeStatus } from "./vocabulary.ts";

const strict = { additionalProperties: false };
const text = Type.String();
const ids = Type.Array(Type.String({ minLength: 1 }));

/** Testcase ids by target (`main`, `recommended`, `preview`). */
const Targets = Type.Record(Type.String(), ids);

const TestcaseEntry = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    /** A week when absent. */
    lifetime: Type.Optional(Lifetime),
    section: Type.Optional(text),
    description: Type.Optional(text),
    url: Type.Optional(text),
  },
  strict,
);

/** What upstream's runner calls for some testcases; without `executable` the testcases are manual. */
const Script = Type.Object(
  {
    executable: Type.Optional(text),
    args: Type.Optional(text),
    env: Type.Optional(Type.Record(Type.String(), text)),
    testcases: Type.Array(TestcaseEntry),
  },
  strict,
);

const ModuleEntry = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    name: Type.Optional(text),
    url: Type.Optional(text),
    /** Parameters that an include has to give: names, or names with what they mean. */
    parameters: Type.Optional(Type.Union([ids, Type.Record(Type.String(), text)])),
    targets: Type.Optional(Targets),
  },
  strict,
);

const Include = Type.Union([
  Type.String(),
  Type.Object({ ref: Type.String(), parameters: Type.Optional(Type.Record(Type.String(), AnyJson)) }, strict),
]);

const VersionEntry = Type.Object(
  {
    version: Type.String({ minLength: 1 }),
    stabilized_at: Type.Optional(CalendarDate),
    include: Type.Array(Include),
    /** Testcases beyond those of the included modules. */
    targets: Type.Optional(Targets),
  },
  strict,
);

export const Uuid = Type.String({ pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" });

export const ScopeFile = Type.Object(
  {
    uuid: Uuid,
    name: Type.String({ minLength: 1 }),
    url: Type.Optional(text),
    prerequisite: Type.Optional(AnyJson),
    /** Names that a run has to assign; a mapping of one name to a value gives its default. */
    variables: Type.Optional(Type.Array(Type.Union([Type.String(), Type.Record(Type.String(), AnyJson)]))),
    scripts: Type.Array(Script),
    modules: Type.Array(ModuleEntry),
    /** The newest entry not after a day rules that day; a version it does not list is deprecated. */
    timeline: Type.Array(
      Type.Object({ date: CalendarDate, versions: Type.Record(Type.String(), ScopeStatus) }, strict),
    ),
    versions: Type.Array(VersionEntry, { minItems: 1 }),
  },
  strict,
);
export type ScopeFile = Static<typeof ScopeFile>;
