/** One report as a matrix takes it: every layer of `verify`, as of the day of the matrix. */
import type { FoundReport } from "../../engine/matrix/matrix-of.ts";
import { sha256 } from "../../model/digest.ts";
import { millisecondsOf } from "../../model/instant.ts";
import type { Instant } from "../../model/vocabulary.ts";
import { verifySignature } from "../../signing/verify.ts";
import { readStored } from "../read-file.ts";
import { reportNamespace } from "../run-files.ts";
import { maxReportBytes, reportFile, signatureBeside } from "../stored-run.ts";
import { type Layer, type SignerTexts, verifyBy } from "../verify-run.ts";
import type { FoundRun } from "./find-runs.ts";

/** These have to be there and right; the time is the matrix's own to judge. */
const needed: readonly Layer["name"][] = ["bytes", "digests", "signature", "recomputation"];

/** UsageError for a report that cannot be read at all, and for texts of signers that nobody can read. */
export async function lookAtRun(
  { folder, place }: FoundRun,
  asOf: Instant,
  signers: SignerTexts,
): Promise<FoundReport> {
  const file = await reportFile(folder);
  const content = await readStored(file, maxReportBytes);
  const now = () => new Date(millisecondsOf(asOf));
  const { report, layers } = await verifyBy({ target: folder, at: asOf, now }, signers);
  return {
    place,
    sha256: sha256(content),
    report,
    signedBy: report && (await signerOf(file, content, report.subject)),
    refused: faultIn(layers, signers.allowedSigners !== undefined),
  };
}

function faultIn(layers: readonly Layer[], signersGiven: boolean): string | undefined {
  const broken = layers.find(({ name, state }) => {
    if (name === "time") return false;
    if (state === "bad" || state === "untrusted") return true;
    return (needed.includes(name) || (name === "signer" && signersGiven)) && state !== "ok";
  });
  return broken && `${broken.name}: ${broken.detail}`;
}

async function signerOf(file: string, message: Uint8Array, principal: string): Promise<string | undefined> {
  const armored = await signatureBeside(file);
  if (armored === undefined) return undefined;
  const open = { allowedSigners: undefined, revoked: undefined, at: undefined };
  return verifySignature({ armored, message, namespace: reportNamespace, principal, ...open }).fingerprint;
}
