/** Checks an armored SSHSIG: first whether it is intact, then whether its signer may. Reads no clock, asks nobody. */
import type { SignatureCheck } from "../model/signer.ts";
import type { Instant } from "../model/vocabulary.ts";
import { dearmor } from "./armor.ts";
import { fingerprintOf, type PublicKey, parsePublicBlob, UnsupportedKeyError } from "./public-key.ts";
import { type IntactSignature, verifyBytes } from "./raw-signature.ts";
import { parseRevocationList } from "./revocation-list.ts";
import { mayClaim } from "./signer-policy.ts";
import { MalformedError } from "./ssh-wire.ts";
import { parseSshsig, signedBytes } from "./sshsig.ts";

export interface SignatureQuestion {
  readonly armored: string;
  /** The exact bytes that were signed. */
  readonly message: Uint8Array;
  /** Namespace that the signature must be for. */
  readonly namespace: string;
  /** Who must have signed, as the allowed signers name them. */
  readonly principal: string;
  /** Text of an allowed signers file; undefined: `unchecked` at best. */
  readonly allowedSigners: string | undefined;
  /** Text of a list of revoked public keys. */
  readonly revoked: string | undefined;
  /** A trusted time of the signature; undefined: signers that are limited in time stay `unchecked`. */
  readonly at: Instant | undefined;
  /** Whether security keys must have been touched; OpenSSH does not ask, we do unless told otherwise. */
  readonly touchRequired?: boolean;
}

/** Never throws over the signature. UsageError for allowed signers or revoked keys that cannot be read. */
export function verifySignature(question: SignatureQuestion): SignatureCheck {
  try {
    const intact = checkIntact(question);
    if (!intact) return bad("the signature is not over these bytes, or not by the key it names");
    return checkSigner(question, intact.key, intact);
  } catch (error) {
    if (error instanceof UnsupportedKeyError) {
      const reason = `this signature cannot be checked here: ${error.message}`;
      return { state: "unchecked", reason, fingerprint: undefined };
    }
    if (error instanceof MalformedError) return bad(`the signature is broken: ${error.message}`);
    throw error;
  }
}

function checkIntact(question: SignatureQuestion): (IntactSignature & { readonly key: PublicKey }) | undefined {
  const parsed = parseSshsig(dearmor(question.armored));
  if (!parsed.namespace.equals(Buffer.from(question.namespace))) {
    throw new MalformedError(`it is for another namespace than ${question.namespace}`);
  }
  const key = parsePublicBlob(parsed.publicKey);
  const intact = verifyBytes(key, signedBytes(question.message, parsed), parsed.signature);
  return intact && { ...intact, key };
}

function checkSigner(question: SignatureQuestion, key: PublicKey, { touched }: IntactSignature): SignatureCheck {
  const fingerprint = fingerprintOf(key.blob);
  const { allowedSigners, revoked, principal, namespace, at } = question;
  if (revoked !== undefined && parseRevocationList(revoked).has(key.blob.toString("base64"))) {
    return { state: "untrusted", reason: "the signer's key is revoked", fingerprint };
  }
  if (!touched && question.touchRequired !== false) {
    return { state: "untrusted", reason: "the security key signed without being touched", fingerprint };
  }
  if (allowedSigners === undefined) {
    return { state: "unchecked", reason: "the signature is intact, no allowed signers were given", fingerprint };
  }
  return { ...mayClaim(allowedSigners, { key, principal, namespace, at }), fingerprint };
}

function bad(reason: string): SignatureCheck {
  return { state: "bad", reason, fingerprint: undefined };
}
