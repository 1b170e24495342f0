/** Declarations: read with the signatures beside them, kept byte for byte, and looked at again whenever evidence is judged. */
import path from "node:path";
import { parseDeclarations } from "../catalogue/declarations.ts";
import type { Declaration, Seal } from "../model/declaration.ts";
import { sha256 } from "../model/digest.ts";
import { type DeclarationSource, type Inputs, maxDeclarationFiles } from "../model/evidence.ts";
import { UsageError } from "../model/faults.ts";
import { verifySignature } from "../signing/verify.ts";
import { allFaults } from "./all-faults.ts";
import { requirementIds } from "./known-ids.ts";
import { readText } from "./read-file.ts";
import { signatureBeside } from "./stored-run.ts";

/** Of the signature in FILE.sig, by whom speaks for the subject. */
export const declarationNamespace = "declaration@scs-conformance";
/** Of the counter-signature in FILE.review.sig, by the assessment body. */
export const reviewNamespace = "declaration-review@scs-conformance";

export const maxDeclarationBytes = 1024 * 1024;

/** The files as inputs of judging. UsageError with the faults of all of them; a missing or broken signature is none. */
export async function declarationSources(files: readonly string[]): Promise<readonly DeclarationSource[]> {
  if (files.length > maxDeclarationFiles) {
    throw new UsageError(`${files.length} declarations files are too many.`, `Give ${maxDeclarationFiles} at most.`);
  }
  return allFaults(files, async (file) => {
    const text = await readText(file, maxDeclarationBytes);
    parseDeclarations({ file, text, requirements: requirementIds() });
    const signature = await signatureBeside(file);
    const review = await signatureBeside(`${file}.review`);
    return {
      name: path.basename(file),
      text,
      sha256: sha256(text),
      ...(signature === undefined ? {} : { signature }),
      ...(review === undefined ? {} : { review }),
    };
  });
}

/** What the files declare, with what came of their signatures. UsageError for evidence whose files cannot be read. */
export function declarationsOf({ declarationFiles = [] }: Inputs): readonly Declaration[] {
  return declarationFiles.flatMap((source) => {
    const { name, text } = source;
    const { subject, declarant, declarations } = parseDeclarations({ file: name, text });
    const signature = sealOf(source, source.signature, declarationNamespace);
    const review = sealOf(source, source.review, reviewNamespace);
    return declarations.map((one) => ({ ...one, subject, declarant, file: name, signature, review }));
  });
}

/** Whether a signature is over the bytes of the file, and by which key: all that judging asks. */
export function sealOf(
  { text }: Pick<DeclarationSource, "text">,
  armored: string | undefined,
  namespace: string,
): Seal {
  if (armored === undefined) return { state: "absent" };
  const { fingerprint, reason } = verifySignature({
    armored,
    message: Buffer.from(text, "utf8"),
    namespace,
    principal: "",
    allowedSigners: undefined,
    revoked: undefined,
    at: undefined,
    touchRequired: false,
  });
  return fingerprint === undefined ? { state: "broken", reason } : { state: "intact", fingerprint };
}
