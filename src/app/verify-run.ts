/** verify: every layer between a signature and a verdict, each answered for itself. */
import type { OpenedEvidence } from "../evidence/open.ts";
import { UsageError } from "../model/faults.ts";
import { instantAt, millisecondsOf } from "../model/instant.ts";
import { reportText } from "../model/report-text.ts";
import type { SignatureCheck } from "../model/signer.ts";
import type { Instant } from "../model/vocabulary.ts";
import { verifySignature } from "../signing/verify.ts";
import { readText } from "./read-file.ts";
import { recompute } from "./recompute.ts";
import { reportNamespace } from "./run-files.ts";
import { evidenceBeside, readRun, type StoredRun, signatureBeside } from "./stored-run.ts";

export interface Layer {
  readonly name: "bytes" | "digests" | "signature" | "signer" | "time" | "recomputation";
  readonly state: "ok" | "bad" | "untrusted" | "unchecked" | "differs";
  /** One clause in plain words. */
  readonly detail: string;
  /** Further lines: differences, one each. */
  readonly lines?: readonly string[];
}

export interface VerifyOptions {
  readonly target: string;
  readonly allowedSigners?: string | undefined;
  readonly revoked?: string | undefined;
  /** When the signature is known to have existed; defaults to now. */
  readonly at?: Instant | undefined;
  readonly now: () => Date;
}

export interface Verification {
  readonly report: StoredRun["report"] | undefined;
  readonly layers: readonly Layer[];
  readonly exitCode: 0 | 2 | 4;
}

const maxSignersBytes = 4 * 1024 * 1024;
/** Clocks of two machines differ by less than this. */
const clockTolerance = 5 * 60_000;

export async function verifyRun(options: VerifyOptions): Promise<Verification> {
  const allowedSigners = await optionalText(options.allowedSigners);
  const revoked = await optionalText(options.revoked);
  const run = await readRun(options.target).catch(unreadable);
  if (!("report" in run)) return finished(undefined, [run]);
  const signature = await signatureBeside(run.file);
  const evidence = await evidenceBeside(run).catch(unreadable);
  const checked =
    signature === undefined
      ? undefined
      : verifySignature({
          armored: signature,
          message: Buffer.from(run.text, "utf8"),
          namespace: reportNamespace,
          principal: run.report.subject,
          allowedSigners,
          revoked,
          at: options.at ?? instantAt(options.now().getTime()),
        });
  return finished(run.report, [
    bytes(run),
    digests(run, evidence),
    signatureLayer(run, checked),
    signerLayer(checked, allowedSigners),
    time(run, options.now()),
    recomputation(run, evidence),
  ]);
}

/** What cannot be read is a bad layer, a missing file of the caller's stays a usage error. */
function unreadable(error: unknown): Layer {
  if (error instanceof UsageError && !/does not exist$/.test(error.message)) {
    return { name: "bytes", state: "bad", detail: error.message.split("\n")[0] ?? "cannot be read" };
  }
  throw error;
}

function finished(report: Verification["report"], layers: readonly Layer[]): Verification {
  const has = (...states: Layer["state"][]) => layers.some((layer) => states.includes(layer.state));
  return { report, layers, exitCode: has("bad", "untrusted") ? 4 : has("unchecked", "differs") ? 2 : 0 };
}

function bytes({ text, report }: StoredRun): Layer {
  const own = reportText(report) === text;
  return own
    ? { name: "bytes", state: "ok", detail: "report.json has the form in which it was sealed" }
    : { name: "bytes", state: "bad", detail: "report.json was written anew after it was sealed" };
}

function digests({ report }: StoredRun, evidence: OpenedEvidence | Layer | undefined): Layer {
  const name = "digests";
  if (!evidence) return { name, state: "unchecked", detail: "there is no evidence.json beside the report" };
  if ("state" in evidence) return { ...evidence, name };
  if (evidence.sha256 !== report.evidence.sha256) {
    return { name, state: "bad", detail: "evidence.json is not the file that the report was made from" };
  }
  if (evidence.broken.length > 0) {
    return { name, state: "bad", detail: `the digest of ${evidence.broken.join(", ")} does not hold` };
  }
  return { name, state: "ok", detail: `evidence.json is the file the report names (${evidence.sha256.slice(0, 12)})` };
}

function signatureLayer({ report }: StoredRun, check: SignatureCheck | undefined): Layer {
  const name = "signature";
  if (!check) return { name, state: "bad", detail: "there is no report.json.sig beside the report" };
  if (check.state === "bad") return { name, state: "bad", detail: check.reason };
  if (check.fingerprint === undefined) return { name, state: "unchecked", detail: check.reason };
  const gathered =
    report.gatheredBy === check.fingerprint ? ", who also gathered" : `; gathered by ${report.gatheredBy}`;
  return { name, state: "ok", detail: `intact, by ${check.fingerprint}${gathered}` };
}

function signerLayer(check: SignatureCheck | undefined, allowedSigners: string | undefined): Layer {
  const name = "signer";
  if (!check || check.state === "bad") {
    return { name, state: "unchecked", detail: "without an intact signature there is no signer" };
  }
  if (allowedSigners === undefined) {
    return { name, state: "unchecked", detail: "give --allowed-signers FILE to say who may sign for this subject" };
  }
  return { name, state: check.state, detail: check.reason };
}

function time({ report }: StoredRun, now: Date): Layer {
  const name = "time";
  if (millisecondsOf(report.checkedAt) > now.getTime() + clockTolerance) {
    return { name, state: "bad", detail: `says it was checked on ${report.checkedAt}, which has not come yet` };
  }
  const detail = `checked at ${report.checkedAt} by the gatherer's own word`;
  return { name, state: "ok", detail: report.hypothetical ? `${detail}; judged as of ${report.asOf}` : detail };
}

function recomputation(run: StoredRun, evidence: OpenedEvidence | Layer | undefined): Layer {
  const name = "recomputation";
  if (!evidence) return { name, state: "unchecked", detail: "without evidence.json nothing can be judged again" };
  if ("state" in evidence) return { name, state: "unchecked", detail: "the evidence cannot be read" };
  try {
    const again = recompute(run.text, run.report, evidence);
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
    return { name, state: "bad", detail: error.message.split("\n")[0] ?? "the evidence cannot be judged" };
  }
}

async function optionalText(file: string | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : readText(file, maxSignersBytes);
}
