/** sign, for a declarations file: the declarant's signature, or the counter-signature of the assessment body. */
import { promises as fs } from "node:fs";
import { looksLikeDeclarations, parseDeclarations } from "../catalogue/declarations.ts";
import { UsageError } from "../model/faults.ts";
import type { Signer } from "../model/signer.ts";
import { declarationNamespace, maxDeclarationBytes, reviewNamespace, sealOf } from "./declarations.ts";
import { openSigner } from "./key.ts";
import { requirementIds } from "./known-ids.ts";
import type { SigningOptions } from "./options.ts";
import { readCapped, readText } from "./read-file.ts";
import type { SignedRun } from "./sign-run.ts";
import { signatureBeside } from "./stored-run.ts";
import { writeWhole } from "./write-file.ts";

/** Whether the target of `sign` is a declarations file. A run's folder and report.json are none. */
export async function isDeclarations(target: string): Promise<boolean> {
  const stat = await fs.stat(target).catch(() => undefined);
  if (!stat?.isFile() || stat.size > maxDeclarationBytes) return false;
  return looksLikeDeclarations(Buffer.from(await readCapped(target, maxDeclarationBytes)).toString("utf8"));
}

/**
 * Writes FILE.sig, or FILE.review.sig with `review`. UsageError for a file with faults: nobody signs what would be refused; and
 * for a counter-signature over what its declarant has not signed, or by the declarant's own key.
 */
export async function signDeclarations(file: string, signing: SigningOptions, review: boolean): Promise<SignedRun> {
  const text = await readText(file, maxDeclarationBytes);
  parseDeclarations({ file, text, requirements: requirementIds() });
  const signature = sealOf({ text }, await signatureBeside(file), declarationNamespace);
  const refuse = (message: string, advice: string): never => {
    throw new UsageError([{ file, message }], advice);
  };
  if (review && signature.state !== "intact") {
    const why = signature.state === "absent" ? "is not signed by its declarant" : signature.reason;
    refuse(why, "The declarant signs first: scs-conformance sign FILE --key KEY.");
  }
  const signer: Signer | undefined = await openSigner(signing);
  if (!signer) throw new UsageError("No key was named.", "Give --key FILE or --agent FINGERPRINT.");
  if (review && signature.state === "intact" && signature.fingerprint === signer.fingerprint) {
    refuse("was signed by this very key", "Whoever declares cannot review; sign with the assessment body's key.");
  }
  const written = review ? `${file}.review.sig` : `${file}.sig`;
  const namespace = review ? reviewNamespace : declarationNamespace;
  await writeWhole(written, await signer.sign(Buffer.from(text, "utf8"), namespace));
  return { fingerprint: signer.fingerprint, files: [written] };
}
