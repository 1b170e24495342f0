/** What each layer of a report has to say, once everything about it has been read. */
import { UsageError } from "../model/faults.ts";
import { millisecondsOf } from "../model/instant.ts";
import { notYet } from "../model/not-yet.ts";
import { reportText } from "../model/report-text.ts";
import type { SignatureCheck } from "../model/signer.ts";
import type { Instant } from "../model/vocabulary.ts";
import { verifySignature } from "../signing/verify.ts";
import { derivedFile } from "./derived-file.ts";
import { recompute } from "./recompute.ts";
import { monitorNamespace } from "./run-files.ts";
import { type EvidenceBeside, type StoredRun, signatureBeside } from "./stored-run.ts";
import { tool } from "./tool.ts";

export interface Layer {
  readonly name:
    | "bytes"
    | "digests"
    | "signature"
    | "signer"
    | "time"
    | "reports"
    | "recomputation"
    | "declarations"
    | "statement"
    | "names"
    | "envelope"
    | "monitor form";
  /** `none`: there is nothing of the kind that counts. */
  readonly state: "ok" | "bad" | "untrusted" | "unchecked" | "differs" | "none";
  /** One clause in plain words. */
  readonly detail: string;
  /** Further lines: differences, one each. */
  readonly lines?: readonly string[];
}

export function bytes({ text, report }: StoredRun): Layer {
  const own = reportText(report) === text;
  return own
    ? { name: "bytes", state: "ok", detail: "report.json has the form in which it was sealed" }
    : { name: "bytes", state: "bad", detail: "report.json was written anew after it was sealed" };
}

export function digests({ report }: StoredRun, evidence: EvidenceBeside | undefined): Layer {
  const name = "digests";
  if (!evidence) return { name, state: "unchecked", detail: "there is no evidence.json beside the report" };
  if (evidence.sha256 !== report.evidence.sha256) {
    return { name, state: "bad", detail: "evidence.json is not the file that the report was made from" };
  }
  const [broken] = evidence.opened?.broken ?? [];
  if (broken !== undefined) return { name, state: "bad", detail: `the digest of ${broken} does not hold` };
  const detail = `evidence.json is the file the report names (${evidence.sha256.slice(0, 12)})`;
  const reduced = evidence.opened?.evidence.facts.gathering.reduced;
  if (!reduced) return { name, state: "ok", detail };
  const whole = `a part for review of the evidence ${reduced.evidence.slice(0, 12)}, ${reduced.leftOut.length} facts left out`;
  return { name, state: "ok", detail: `${detail}, ${whole}` };
}

export function signature({ report }: StoredRun, check: SignatureCheck | undefined): Layer {
  const name = "signature";
  if (!check) return { name, state: "bad", detail: "there is no report.json.sig beside the report" };
  if (check.state === "bad") return { name, state: "bad", detail: check.reason };
  if (check.fingerprint === undefined) return { name, state: "unchecked", detail: check.reason };
  return {
    name,
    state: "ok",
    detail: `intact, by ${check.fingerprint}${gatherer(report.gatheredBy, check.fingerprint)}`,
  };
}

/** Invented evidence recomputes too: who gathered is what a signature vouches for. */
function gatherer(gatheredBy: string, fingerprint: string): string {
  if (gatheredBy === fingerprint) return ", who also gathered the evidence";
  return gatheredBy === "unsigned"
    ? "; who gathered the evidence is not said"
    : `; the evidence says it was gathered by ${gatheredBy}`;
}

export function signer(check: SignatureCheck | undefined, allowedSigners: string | undefined): Layer {
  const name = "signer";
  if (!check || check.state === "bad") {
    return { name, state: "unchecked", detail: "without an intact signature there is no signer" };
  }
  if (allowedSigners === undefined && check.state !== "untrusted") {
    return { name, state: "unchecked", detail: "give --allowed-signers FILE to say who may sign for this subject" };
  }
  return { name, state: check.state, detail: check.reason };
}

/** What the report says of its own time is a claim; `at` is when the signature is known to have existed, on the caller's word. */
export function time({ report }: StoredRun, now: Date, at: Instant | undefined): Layer {
  const name = "time";
  if (notYet(report.checkedAt, now)) {
    return { name, state: "bad", detail: `says it was checked on ${report.checkedAt}, which has not come yet` };
  }
  if (at !== undefined && notYet(report.checkedAt, new Date(millisecondsOf(at)))) {
    const detail = `says it was checked on ${report.checkedAt}, after its signature is known to have existed (${at})`;
    return { name, state: "bad", detail };
  }
  const judged = at === undefined ? "" : `; its signature existed at ${at}, by yours`;
  const detail = `checked at ${report.checkedAt} by the gatherer's own word${judged}`;
  return { name, state: "ok", detail: report.hypothetical ? `${detail}; judged as of ${report.asOf}` : detail };
}

export function recomputation(run: StoredRun, evidence: EvidenceBeside | undefined): Layer {
  const name = "recomputation";
  if (!evidence) return { name, state: "unchecked", detail: "without evidence.json nothing can be judged again" };
  if (!evidence.opened) {
    // another version may have gathered facts that this one does not know
    const foreign = run.report.tool.sha256 !== tool.sha256;
    return {
      name,
      state: foreign ? "unchecked" : "bad",
      detail: `evidence.json cannot be read here: ${evidence.fault}`,
    };
  }
  try {
    const again = recompute(run.text, run.report, evidence.opened);
    switch (again.kind) {
      case "identical":
        return { name, state: "ok", detail: `judged again, the same bytes: ${run.report.verdict}` };
      case "different":
        return { name, state: "bad", detail: "the evidence does not give this report", lines: again.differences };
      case "other-version": {
        const agrees = again.differences.length === 0;
        const detail = agrees
          ? `every outcome agrees; byte for byte it takes ${again.by}`
          : `this version judges otherwise; byte for byte it takes ${again.by}`;
        return { name, state: agrees ? "ok" : "differs", detail, lines: again.differences };
      }
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { name, state: "bad", detail: error.faults[0]?.message ?? "the evidence cannot be judged" };
  }
}

/** report.scs.yaml beside the report: what it says, and whether its own signature is intact. Nothing when there is none. */
export async function monitorForm(run: StoredRun): Promise<readonly Layer[]> {
  const name = "monitor form";
  const { report } = run;
  // another version may word it otherwise; what binds stands in report.json
  if (report.tool.sha256 !== tool.sha256 || report.tool.version !== tool.version) return [];
  const { scsYaml } = await import("../../reporters/scs-yaml.ts");
  const found = await derivedFile(run, scsYaml);
  if (found === undefined) return [];
  const { content, file, holds } = found;
  if (!holds) return [{ name, state: "bad", detail: "report.scs.yaml is not what the report gives" }];
  const armored = await signatureBeside(file);
  if (armored === undefined)
    return [{ name, state: "ok", detail: "report.scs.yaml is what the report gives, unsigned" }];
  const check = verifySignature({
    armored,
    message: content,
    namespace: monitorNamespace,
    principal: report.subject,
    allowedSigners: undefined,
    revoked: undefined,
    at: undefined,
  });
  return check.state === "bad"
    ? [{ name, state: "bad", detail: `report.scs.yaml.sig: ${check.reason}` }]
    : [
        {
          name,
          state: "ok",
          detail: `report.scs.yaml is what the report gives, signed by ${check.fingerprint ?? "a key"}`,
        },
      ];
}
