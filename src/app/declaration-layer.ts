/** verify's layer for declarations: whether those that a report counts were signed, and by somebody who may. */
import type { DeclarationSource } from "../model/evidence.ts";
import type { Report, Result } from "../model/report.ts";
import type { SignatureCheck } from "../model/signer.ts";
import type { Instant } from "../model/vocabulary.ts";
import { verifySignature } from "../signing/verify.ts";
import { declarationNamespace, reviewNamespace } from "./declarations.ts";
import type { EvidenceBeside } from "./stored-run.ts";
import type { Layer } from "./verify-layers.ts";

export interface DeclarationPolicy {
  /** Texts of allowed signers files: who may declare for the subject, and who may counter-sign. */
  readonly declarationSigners: string | undefined;
  readonly reviewSigners: string | undefined;
  readonly revoked: string | undefined;
  readonly at: Instant;
}

type Counted = NonNullable<Result["declaration"]>;

const name = "declarations";

/** No layer when neither the report nor its evidence holds a declaration. */
export function declarations(
  report: Report,
  evidence: EvidenceBeside | undefined,
  policy: DeclarationPolicy,
): readonly Layer[] {
  const counted = report.results.flatMap((result) => (result.declaration ? [result.declaration] : []));
  const given = evidence?.opened?.evidence.inputs.declarationFiles ?? [];
  if (counted.length === 0) {
    if (given.length === 0) return [];
    return [
      {
        name,
        state: "none",
        detail: "none of those that were given counts, for the reasons below",
        lines: uncounted(report),
      },
    ];
  }
  if (!evidence?.opened) {
    return [{ name, state: "unchecked", detail: "their signatures stand in evidence.json, which is not to be had" }];
  }
  const checks = [
    ...signers(counted, given, report.subject, policy),
    ...reviewers(counted, given, report.subject, policy),
  ];
  const worst = (["bad", "untrusted", "unchecked"] as const).find((state) => checks.some((one) => one.state === state));
  const open = checks.filter((one) => one.state === worst).map((one) => one.reason);
  const [first = "", ...rest] = open;
  if (worst !== undefined) return [{ name, state: worst, detail: first, lines: [...rest, ...uncounted(report)] }];
  const unreviewed = counted.filter((one) => !one.reviewed).length;
  const standing = unreviewed === 0 ? "all counter-signed" : `${unreviewed} declared, not reviewed`;
  const detail = `${counted.length} by signers who may speak for the subject; ${standing}`;
  return [{ name, state: "ok", detail, lines: uncounted(report) }];
}

/** Why each of the others did not count, as the report says; recomputation has held that against the evidence. */
function uncounted({ declarations: others = [] }: Report): readonly string[] {
  return others.map(({ requirement, file, message }) => `${requirement} (${file}) does not count: ${message}`);
}

function signers(
  counted: readonly Counted[],
  given: readonly DeclarationSource[],
  subject: string,
  { declarationSigners, ...policy }: DeclarationPolicy,
): readonly SignatureCheck[] {
  const question = { ...policy, subject, allowedSigners: declarationSigners, namespace: declarationNamespace };
  const advice = "give --declaration-signers FILE to say who may declare for this subject";
  return unique(counted.map((one) => one.signedBy)).map((by) =>
    ruling(
      by,
      given.map((source) => [source.text, source.signature] as const),
      question,
      advice,
    ),
  );
}

function reviewers(
  counted: readonly Counted[],
  given: readonly DeclarationSource[],
  subject: string,
  { reviewSigners, ...policy }: DeclarationPolicy,
): readonly SignatureCheck[] {
  const question = { ...policy, subject, allowedSigners: reviewSigners, namespace: reviewNamespace };
  const advice = "give --review-signers FILE to say who is the assessment body";
  const claimed = counted.filter((one) => one.reviewed).map((one) => one.reviewedBy ?? "nobody");
  return unique(claimed).map((by) =>
    ruling(
      by,
      given.map((source) => [source.text, source.review] as const),
      question,
      advice,
    ),
  );
}

interface Question extends Pick<DeclarationPolicy, "revoked" | "at"> {
  readonly subject: string;
  readonly namespace: string;
  readonly allowedSigners: string | undefined;
}

/** What is to be said of the key that a report names: `bad` when no signature in the evidence is by it. */
function ruling(
  by: string,
  signed: readonly (readonly [text: string, armored: string | undefined])[],
  { subject, ...question }: Question,
  advice: string,
): SignatureCheck {
  const checks = signed.flatMap(([text, armored]) =>
    armored === undefined
      ? []
      : [verifySignature({ ...question, armored, message: Buffer.from(text, "utf8"), principal: subject })],
  );
  const own = checks.find((check) => check.fingerprint === by);
  if (!own) {
    const broken = checks.find((check) => check.state === "bad");
    const why = broken ? ` (${broken.reason})` : "";
    return { state: "bad", reason: `the evidence holds no intact signature by ${by}${why}`, fingerprint: undefined };
  }
  if (question.allowedSigners === undefined && own.state === "unchecked") return { ...own, reason: advice };
  return own.state === "bad" ? own : { ...own, reason: `${by}: ${own.reason}` };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
