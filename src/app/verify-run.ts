/** verify: every layer between a signature and a verdict, each answered for itself. */
import { UsageError } from "../model/faults.ts";
import { instantAt } from "../model/instant.ts";
import { notYet } from "../model/not-yet.ts";
import type { Report } from "../model/report.ts";
import type { Instant } from "../model/vocabulary.ts";
import { verifySignature } from "../signing/verify.ts";
import { declarations } from "./declaration-layer.ts";
import { envelopes } from "./envelope-layer.ts";
import { names, readOpenings } from "./names-layer.ts";
import { readStored, readText } from "./read-file.ts";
import { reportNamespace } from "./run-files.ts";
import { statements } from "./statement-layer.ts";
import { evidenceBeside, maxReportBytes, parseRun, reportFile, type StoredRun, signatureBeside } from "./stored-run.ts";
import { bytes, digests, type Layer, monitorForm, recomputation, signature, signer, time } from "./verify-layers.ts";

export type { Layer };

export interface VerifyOptions {
  readonly target: string;
  readonly allowedSigners?: string | undefined;
  /** Who may declare for which subject, and who may counter-sign, in the form of allowed signers. */
  readonly declarationSigners?: string | undefined;
  readonly reviewSigners?: string | undefined;
  readonly revoked?: string | undefined;
  /** What opens names that stand as commitments. */
  readonly openings?: string | undefined;
  /** When the signature is known to have existed; defaults to now. */
  readonly at?: Instant | undefined;
  readonly now: () => Date;
}

export interface Verification {
  readonly report: Report | undefined;
  readonly layers: readonly Layer[];
  readonly exitCode: 0 | 2 | 4;
}

const maxSignersBytes = 4 * 1024 * 1024;

/** Texts of the files that say whose word counts. */
export interface SignerTexts {
  readonly allowedSigners: string | undefined;
  readonly declarationSigners: string | undefined;
  readonly reviewSigners: string | undefined;
  readonly revoked: string | undefined;
}

/** UsageError only for files that the caller names and that cannot be read; what stands in them is a layer's matter. */
export async function verifyRun(options: VerifyOptions): Promise<Verification> {
  refuseTimeToCome(options);
  return verifyBy(options, await signerTexts(options));
}

export function refuseTimeToCome({ at, now }: Pick<VerifyOptions, "at" | "now">): void {
  if (at === undefined || !notYet(at, now())) return;
  throw new UsageError(
    `--verify-time ${at} has not come yet.`,
    "Name a time at which you know that the signature was there, such as the day the report was handed in.",
  );
}

/** UsageError for a file that cannot be read. */
export async function signerTexts(files: Pick<VerifyOptions, keyof SignerTexts>): Promise<SignerTexts> {
  return {
    allowedSigners: await optionalText(files.allowedSigners),
    declarationSigners: await optionalText(files.declarationSigners),
    reviewSigners: await optionalText(files.reviewSigners),
    revoked: await optionalText(files.revoked),
  };
}

/** The same with the signers at hand. */
export async function verifyBy(
  options: Pick<VerifyOptions, "target" | "at" | "now" | "openings">,
  { allowedSigners, declarationSigners, reviewSigners, revoked }: SignerTexts,
): Promise<Verification> {
  const openings = options.openings === undefined ? undefined : await readOpenings(options.openings);
  const at = options.at ?? instantAt(options.now().getTime());
  const file = await reportFile(options.target);
  const run = parsed(file, await readStored(file, maxReportBytes));
  if (typeof run === "string") return finished(undefined, unreadable(run));
  const armored = await signatureBeside(run.file);
  const evidence = await evidenceBeside(run.folder);
  const checked =
    armored === undefined
      ? undefined
      : verifySignature({
          armored,
          message: Buffer.from(run.text, "utf8"),
          namespace: reportNamespace,
          principal: run.report.subject,
          allowedSigners,
          revoked,
          at,
        });
  return finished(run.report, [
    bytes(run),
    digests(run, evidence),
    signature(run, checked),
    signer(checked, allowedSigners),
    time(run, options.now(), options.at),
    recomputation(run, evidence),
    ...declarations(run.report, evidence, { declarationSigners, reviewSigners, revoked, at }),
    ...statements(evidence, checked),
    ...names(evidence, openings),
    ...(await envelopes(run, { allowedSigners, revoked, at, armored })),
    ...(await monitorForm(run)),
  ]);
}

/** The report, or why these bytes are none. */
function parsed(file: string, content: Uint8Array): StoredRun | string {
  try {
    return parseRun(file, content);
  } catch (error) {
    if (error instanceof UsageError) return error.faults[0]?.message ?? "cannot be read";
    throw error;
  }
}

function unreadable(fault: string): readonly Layer[] {
  const others = ["digests", "signature", "signer", "time", "recomputation"] as const;
  return [
    { name: "bytes", state: "bad", detail: `report.json ${fault}` },
    ...others.map((name) => ({ name, state: "unchecked", detail: "there is no report to hold it against" }) as const),
  ];
}

function finished(report: Report | undefined, layers: readonly Layer[]): Verification {
  return { report, layers, exitCode: exitCodeFor(layers) };
}

/** 4: something does not hold · 2: something could not be checked here · 0: all hold. */
export function exitCodeFor(layers: readonly Layer[]): Verification["exitCode"] {
  const has = (...states: Layer["state"][]) => layers.some((layer) => states.includes(layer.state));
  return has("bad", "untrusted") ? 4 : has("unchecked", "differs") ? 2 : 0;
}

export async function optionalText(file: string | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : readText(file, maxSignersBytes);
}
