/** What a provider's declarations are worth on a day, and why one does not count. */
import type { Declaration, UncountedDeclaration, UncountedReason } from "../model/declaration.ts";
import { expiryOf } from "../model/instant.ts";
import type { Result } from "../model/report.ts";
import type { Instant, Outcome } from "../model/vocabulary.ts";
import type { RequirementInForce } from "./requirements.ts";

export interface Objection {
  readonly reason: UncountedReason;
  readonly message: string;
}

/**
 * Why a declaration counts for nothing, looked at by itself: it must be signed, for this subject, in date. It counts at most
 * to the end of the period after its quarter, because manual checks are repeated quarterly (scs-0004-v1).
 */
export function objectionTo(declaration: Declaration, subject: string, asOf: Instant): Objection | undefined {
  const { declaredAt, validUntil, signature } = declaration;
  const quarterly = expiryOf(declaredAt, "quarter");
  if (declaration.subject !== subject) {
    return { reason: "other-subject", message: `it is for ${declaration.subject}, the report is about ${subject}` };
  }
  if (signature.state === "absent") return { reason: "unsigned", message: "there is no signature beside its file" };
  if (signature.state === "broken") return { reason: "broken-signature", message: signature.reason };
  if (asOf < declaredAt) {
    return { reason: "not-yet", message: `it was declared on ${declaredAt}, after the day that is judged, ${asOf}` };
  }
  if (asOf >= validUntil) return { reason: "expired", message: `it was valid until ${validUntil}` };
  if (asOf >= quarterly) {
    const message = `it counted until ${quarterly}: at most to the end of the quarter after its own, whatever it says itself`;
    return { reason: "expired", message };
  }
  return undefined;
}

/** The declaration that counts for a requirement: a question must ask for it, and no testcase decide it. The newest wins. */
export function countingDeclaration(
  declarations: readonly Declaration[],
  { id, requirement, binding }: RequirementInForce,
  subject: string,
  asOf: Instant,
): Declaration | undefined {
  if (requirement.question === undefined || binding === "tested") return undefined;
  return declarations
    .filter((declaration) => declaration.requirement === id && !objectionTo(declaration, subject, asOf))
    .reduce<Declaration | undefined>(
      (newest, each) => (newest && newest.declaredAt >= each.declaredAt ? newest : each),
      undefined,
    );
}

/** A measurement wins over a declaration: true when it says the opposite. */
export function contradicts(outcome: Outcome, { claim }: Pick<Declaration, "claim">): boolean {
  return outcome === "fail" || (claim === "not-applicable" && outcome === "pass");
}

/** What a report says of the declaration that counts. */
export function declarationIn(declaration: Declaration, measured: Outcome): Result["declaration"] {
  const { signature, review, evidence } = declaration;
  if (signature.state !== "intact") return undefined;
  // whoever signs his own word twice has not been reviewed
  const own = review.state === "intact" && review.fingerprint === signature.fingerprint;
  const reviewFault = own ? "the declarant's own key signed it" : review.state === "broken" ? review.reason : undefined;
  const reviewed = review.state === "intact" && !own;
  return {
    claim: declaration.claim,
    declarant: declaration.declarant,
    statement: declaration.statement,
    ...(evidence ? { evidence } : {}),
    declaredAt: declaration.declaredAt,
    validUntil: declaration.validUntil,
    signedBy: signature.fingerprint,
    reviewed,
    ...(reviewed ? { reviewedBy: review.fingerprint } : {}),
    ...(reviewFault === undefined ? {} : { reviewFault }),
    contradicted: contradicts(measured, declaration),
  };
}

export interface Judgement {
  readonly declarations: readonly Declaration[];
  /** All requirements of the catalogue, by id. */
  readonly known: ReadonlySet<string>;
  readonly inForce: readonly RequirementInForce[];
  readonly results: readonly Result[];
  readonly subject: string;
  readonly asOf: Instant;
}

/** Every declaration that did not count, in the order in which they were given. */
export function uncountedDeclarations(judgement: Judgement): readonly UncountedDeclaration[] {
  return judgement.declarations.flatMap((declaration) => {
    const objection = objectionTo(declaration, judgement.subject, judgement.asOf) ?? misplaced(declaration, judgement);
    if (!objection) return [];
    const { requirement, file, declaredAt, signature } = declaration;
    const signedBy = signature.state === "intact" ? { signedBy: signature.fingerprint } : {};
    return [{ requirement, file, declaredAt, ...signedBy, ...objection }];
  });
}

/** Sound by itself, and yet not what decides. */
function misplaced(declaration: Declaration, judgement: Judgement): Objection | undefined {
  const { declarations, known, inForce, results, subject, asOf } = judgement;
  const { requirement: id } = declaration;
  const ruling = inForce.find((candidate) => candidate.id === id);
  const result = results.find((candidate) => candidate.requirement === id);
  if (!known.has(id)) return { reason: "unknown-requirement", message: "no standard here has this requirement" };
  if (!ruling || !result) {
    return {
      reason: "not-judged",
      message: "the requirement was not selected, or is not in force on the day that is judged",
    };
  }
  if (ruling.binding === "tested") {
    return { reason: "tested", message: "a testcase decides this requirement, so only a measurement counts" };
  }
  if (ruling.requirement.question === undefined) {
    return { reason: "no-question", message: "nobody is asked about this requirement; its check decides it alone" };
  }
  const counting = countingDeclaration(declarations, ruling, subject, asOf);
  if (counting !== undefined && counting !== declaration) {
    return { reason: "superseded", message: `the one of ${counting.declaredAt} in ${counting.file} counts` };
  }
  if (result.declaration?.contradicted !== true) return undefined;
  return { reason: "contradicted", message: `what was measured says otherwise: ${result.because}` };
}
