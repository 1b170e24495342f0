/** Standards as data: every normative statement of an SCS document version, dated. */
import { type Static, Type } from "@sinclair/typebox";
import { AnyJsonObject } from "./json.ts";
import { CalendarDate, DocumentStatus, Level, Lifetime, Sha256 } from "./vocabulary.ts";

/** What the norm says from one text revision on. A requirement without a statement for a day is not in force that day. */
export const Statement = Type.Object(
  {
    /** Date of the text revision that brought this statement. */
    from: CalendarDate,
    /** First day on which it is no longer in the text. */
    until: Type.Optional(CalendarDate),
    level: Level,
    /** The key word as written, `MUST`, `RECOMMENDED`, lower case where the text has it so. */
    keyword: Type.String(),
    section: Type.String(),
    anchor: Type.String(),
    /** The sentence, links and line breaks removed. Excerpt under CC BY-SA 4.0. */
    text: Type.String(),
    sha256: Sha256,
    /** Parameters of the check while this statement rules. */
    parameters: Type.Optional(AnyJsonObject),
  },
  { additionalProperties: false },
);
export type Statement = Static<typeof Statement>;

export const Requirement = Type.Object(
  {
    /** Unique in its standard: `control-plane-hosts`. */
    id: Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" }),
    /** What is required, as a short noun phrase. */
    title: Type.String(),
    /** Id of the check that decides it. */
    check: Type.Optional(Type.String({ pattern: "^[a-z0-9-]+/[a-z0-9-]+$" })),
    /** What a person is asked when no check decides it. */
    question: Type.Optional(Type.String()),
    /** Why no kubeconfig can show it, or shows it only in part. */
    limits: Type.Optional(Type.String()),
    lifetime: Lifetime,
    statements: Type.Array(Statement, { minItems: 1 }),
  },
  { additionalProperties: false },
);
export type Requirement = Static<typeof Requirement>;

/** `scs-0214-v2`; a draft of SCS without a number `draft-load-balancer-v1`; a text of ours `proposed-ipv6-v1`. */
export const StandardId = Type.String({ pattern: "^(scs-\\d{4}|(draft|proposed)(-[a-z0-9]+)+)-v\\d+$" });

/** A sentence with a key word that is no requirement, with the reason. */
const SetAside = Type.Object(
  {
    text: Type.String(),
    sha256: Sha256,
    /** The one key word that is set aside, when the sentence is a requirement by another. */
    keyword: Type.Optional(Type.String()),
    reason: Type.String(),
  },
  { additionalProperties: false },
);
export type SetAside = Static<typeof SetAside>;

export const Standard = Type.Object(
  {
    id: StandardId,
    title: Type.String(),
    track: Type.Union([Type.Literal("KaaS"), Type.Literal("IaaS"), Type.Literal("Global")]),
    url: Type.String(),
    /** Status by date, oldest first. */
    status: Type.Array(Type.Object({ from: CalendarDate, status: DocumentStatus }, { additionalProperties: false }), {
      minItems: 1,
    }),
    /** Day from which a draft is no longer pursued: its pull request was closed. */
    withdrawn: Type.Optional(CalendarDate),
    source: Type.Object(
      {
        repository: Type.String(),
        file: Type.String(),
        licence: Type.String(),
        attribution: Type.String(),
        /** Text revisions that this file knows, oldest first. */
        revisions: Type.Array(
          Type.Object(
            {
              date: CalendarDate,
              commit: Type.Optional(Type.String()),
              sha256: Type.Optional(Sha256),
              note: Type.Optional(Type.String()),
            },
            { additionalProperties: false },
          ),
          { minItems: 1 },
        ),
      },
      { additionalProperties: false },
    ),
    requirements: Type.Array(Requirement),
    /** Sentences that demand nothing. */
    notNormative: Type.Optional(Type.Array(SetAside)),
    /** Sentences that demand something which neither a cluster shows nor its provider can be asked for. */
    notTestable: Type.Optional(Type.Array(SetAside)),
  },
  { additionalProperties: false },
);
export type Standard = Static<typeof Standard>;
