/** What a provider's declaration is worth for one requirement on a day. */
import type { Declaration } from "../model/evidence.ts";
import { expiryOf } from "../model/instant.ts";
import type { Instant, Outcome } from "../model/vocabulary.ts";

/**
 * The declaration that counts: signed, for this subject, in date. It counts at most to the end of the period after its
 * quarter, because manual checks are repeated quarterly (scs-0004-v1). The newest wins.
 */
export function validDeclaration(
  declarations: readonly Declaration[],
  requirement: string,
  subject: string,
  asOf: Instant,
): Declaration | undefined {
  return declarations
    .filter((declaration) => declaration.requirement === requirement && declaration.subject === subject)
    .filter(
      ({ signedBy, declaredAt, validUntil }) =>
        signedBy !== undefined && declaredAt <= asOf && asOf < validUntil && asOf < expiryOf(declaredAt, "quarter"),
    )
    .sort((a, b) => (a.declaredAt < b.declaredAt ? 1 : -1))[0];
}

/** A measurement wins over a declaration: true when it says the opposite. */
export function contradicts(outcome: Outcome, declaration: Declaration): boolean {
  return outcome === "fail" || (declaration.claim === "not-applicable" && outcome === "pass");
}
