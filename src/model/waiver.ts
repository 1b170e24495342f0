/** Waivers: reasoned, approved, expiring notes on known failures. They change no outcome and no verdict. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant, Moment, oneOf } from "./vocabulary.ts";

const strict = { additionalProperties: false };

const sentence = (description: string, maxLength: number) => Type.String({ minLength: 1, maxLength, description });

const fields = {
  id: Type.String({
    pattern: "^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$",
    maxLength: 100,
    description: "a name of your own, for instance of a ticket",
  }),
  requirement: Type.Optional(sentence("id of the requirement; * stands for any text within one standard", 200)),
  check: Type.Optional(sentence("instead of a requirement: id of the check that fails", 200)),
  subject: sentence("for which subject; * stands for any text, but never alone", 200),
  reason: sentence("why the failure is accepted, and what will end it", 4000),
  approver: sentence("who accepted it", 300),
};

/** A waivers file. A date stands for 00:00Z of its day: the first moment at which the waiver no longer holds. */
export const WaiversFile = Type.Object(
  { waivers: Type.Array(Type.Object({ ...fields, expires: Moment }, strict), { minItems: 1, maxItems: 1000 }) },
  strict,
);
export type WaiversFile = Static<typeof WaiversFile>;

/** One waiver as judging takes it: names either a requirement or a check. */
export const Waiver = Type.Object({ ...fields, expires: Instant }, strict);
export type Waiver = Static<typeof Waiver>;

/**
 * `used`: covers a failure. `unused`: valid, and nothing it names failed. `other-subject`: not for this one. Expired and too
 * broad ones cover nothing.
 */
const states = ["used", "unused", "expired", "too-broad", "other-subject"] as const;

/** What became of a waiver. `message` is one sentence in plain words, without a full stop. */
export const WaiverUse = Type.Object({
  id: Type.String(),
  state: oneOf(states),
  message: Type.String(),
});
export type WaiverUse = Static<typeof WaiverUse>;
