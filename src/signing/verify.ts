/** Checks an armored SSHSIG: first whether it is intact, then whether its signer may. Reads no clock, asks nobody. */
import type { SignatureCheck } from "../model/signer.ts";
import type { Instant } from "../model/vocabulary.ts";
import { dearmor } from "./armor.ts";
import { type Certificate, isCertificate, parseCertificate } from "./certificate.ts";
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
    return signerCheck(question, intact, intact);
  } catch (error) {
    if (error instanceof UnsupportedKeyError) {
      const reason = `this signature cannot be checked here: ${error.message}`;
      return { state: "unchecked", reason, fingerprint: undefined };
    }
    if (error instanceof MalformedError) return bad(`the signature is broken: ${error.message}`);
    throw error;
  }
}

/** A key that made an intact signature, and the certificate it came with, if it came with one. */
interface Speaker {
  readonly key: PublicKey;
  readonly certificate?: Certificate;
}

function checkIntact(question: SignatureQuestion): (IntactSignature & Speaker) | undefined {
  const parsed = parseSshsig(dearmor(question.armored));
  if (!parsed.namespace.equals(Buffer.from(question.namespace))) {
    throw new MalformedError(`it is for another namespace than ${question.namespace}`);
  }
  const speaker = speakerOf(parsed.publicKey);
  const intact = verifyBytes(speaker.key, signedBytes(question.message, parsed), parsed.signature);
  return intact && { ...intact, ...speaker };
}

function speakerOf(blob: Buffer): Speaker {
  if (!isCertificate(blob)) return { key: parsePublicBlob(blob) };
  const certificate = parseCertificate(blob);
  return { key: certificate.key, certificate };
}

/** What is to be said of who made an intact signature. */
export function signerCheck(
  question: Omit<SignatureQuestion, "armored" | "message">,
  { key, certificate }: Speaker,
  { touched }: IntactSignature,
): SignatureCheck {
  const fingerprint = fingerprintOf(key.blob);
  const { allowedSigners, revoked, principal, namespace, at } = question;
  const revokedKeys = revoked === undefined ? new Set<string>() : parseRevocationList(revoked);
  if (revokedKeys.has(key.blob.toString("base64"))) {
    return { state: "untrusted", reason: "the signer's key is revoked", fingerprint };
  }
  if (certificate && revokedKeys.has(certificate.authority.blob.toString("base64"))) {
    return { state: "untrusted", reason: "the key of the authority that certified the signer is revoked", fingerprint };
  }
  if (!touched && question.touchRequired !== false) {
    return { state: "untrusted", reason: "the security key signed without being touched", fingerprint };
  }
  if (allowedSigners === undefined) {
    return { state: "unchecked", reason: "the signature is intact, no allowed signers were given", fingerprint };
  }
  return { ...mayClaim(allowedSigners, { key, certificate, principal, namespace, at }), fingerprint };
}

function bad(reason: string): SignatureCheck {
  return { state: "bad", reason, fingerprint: undefined };
}
