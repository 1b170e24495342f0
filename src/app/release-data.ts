/** Release, end-of-life and CVE facts that a caller gives, or those that the suite carries. */
import { type KubernetesReleases, loadKubernetesReleases } from "../catalogue/releases.ts";
import { UsageError } from "../model/faults.ts";
import { verifySignature } from "../signing/verify.ts";
import { readText } from "./read-file.ts";
import { signatureBeside } from "./stored-run.ts";

export const dataNamespace = "data@scs-conformance";

const maxDataBytes = 8 * 1024 * 1024;

export interface ReleaseData extends KubernetesReleases {
  /** Fingerprint of the key whose intact signature lies beside the file; whether it may speak is the caller's to know. */
  readonly signedBy: string | undefined;
}

/**
 * A file beside which a signature lies is taken only when that fits. UsageError for one that does not, and for what is no data.
 */
export async function releaseData(file: string | undefined): Promise<ReleaseData> {
  if (file === undefined) return { ...loadKubernetesReleases(), signedBy: undefined };
  const text = await readText(file, maxDataBytes);
  const armored = await signatureBeside(file);
  const signedBy = armored === undefined ? undefined : signerOf(file, text, armored);
  return { ...loadKubernetesReleases(text, file), signedBy };
}

function signerOf(file: string, text: string, armored: string): string | undefined {
  const check = verifySignature({
    armored,
    message: Buffer.from(text, "utf8"),
    namespace: dataNamespace,
    principal: "data",
    allowedSigners: undefined,
    revoked: undefined,
    at: undefined,
  });
  if (check.state !== "bad") return check.fingerprint;
  throw new UsageError(
    [{ file: `${file}.sig`, message: `does not fit the data: ${check.reason}` }],
    "The data were changed after they were signed: make them anew with `data update`, or remove the signature if you changed them yourself.",
  );
}
