/** Specs whose failure is tolerated by a dated list of the standard: none is tolerated in silence. */
import { type Static, Type } from "@sinclair/typebox";
import type { Finding } from "../finding.ts";

export const OkToFail = Type.Array(Type.Object({ pattern: Type.String(), reason: Type.String() }), {
  default: [],
  description: "regular expressions over spec names, each with the reason why its failure is tolerated",
});

export interface Sifted {
  /** Specs that no pattern matches. */
  readonly counting: readonly string[];
  /** One per tolerated spec. */
  readonly tolerated: readonly Finding[];
}

/** Splits specs that did not pass. `actual` says what became of them: `failed`, `not executed`. */
export function siftTolerated(names: readonly string[], list: Static<typeof OkToFail>, actual: string): Sifted {
  const entries = list.map(({ pattern, reason }) => ({ pattern: new RegExp(pattern), reason }));
  const reasons = names.map((name) => ({ name, reason: entries.find(({ pattern }) => pattern.test(name))?.reason }));
  return {
    counting: reasons.filter(({ reason }) => reason === undefined).map(({ name }) => name),
    tolerated: reasons
      .filter(({ reason }) => reason !== undefined)
      .map(({ name, reason }) => ({
        code: "tolerated-failure",
        subject: { kind: "Spec", name },
        expected: "passed",
        actual,
        message: `Tolerated: ${reason}`,
      })),
  };
}
