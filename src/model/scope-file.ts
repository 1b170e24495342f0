/** The forms in which upstream writes certificate definitions (SovereignCloudStack/standards Tests/scs-compatible-*.yaml). */
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

/** What both forms have. */
const head = {
  uuid: Uuid,
  name: Type.String({ minLength: 1 }),
  url: Type.Optional(text),
  prerequisite: Type.Optional(AnyJson),
  /** Names that a run has to assign; a mapping of one name to a value gives its default. */
  variables: Type.Optional(Type.Array(Type.Union([Type.String(), Type.Record(Type.String(), AnyJson)]))),
  scripts: Type.Array(Script),
};

/** The newest entry not after a day rules that day; a version it does not list is deprecated. */
const timeline = Type.Array(
  Type.Object({ date: CalendarDate, versions: Type.Record(Type.String(), ScopeStatus) }, strict),
);

/** Today's form. */
export const ScopeFile = Type.Object(
  { ...head, modules: Type.Array(ModuleEntry), timeline, versions: Type.Array(VersionEntry, { minItems: 1 }) },
  strict,
);
export type ScopeFile = Static<typeof ScopeFile>;

/** Testcases, and other groups, that stand together; an empty one is a standard without testcases. */
const GroupEntry = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    name: Type.Optional(text),
    url: Type.Optional(text),
    /** Ids of testcases and of groups. */
    include: Type.Optional(ids),
  },
  strict,
);

const ComingVersion = Type.Object(
  {
    version: Type.String({ minLength: 1 }),
    /** Id of the group, or testcase, that the version amounts to. */
    test: Type.String({ minLength: 1 }),
    /** Whether the monitor sorts the version's testcases to the top; nothing depends on it here. */
    attn: Type.Optional(AnyJson),
    stabilized_at: Type.Optional(CalendarDate),
  },
  strict,
);

/** The coming form, of upstream's branch feat/revamp-testing: groups instead of modules, one test for each version, no targets. */
export const ComingScopeFile = Type.Object(
  { ...head, groups: Type.Array(GroupEntry), timeline, versions: Type.Array(ComingVersion, { minItems: 1 }) },
  strict,
);
export type ComingScopeFile = Static<typeof ComingScopeFile>;
