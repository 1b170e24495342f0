/** Checks a DSSE envelope: first whether it is intact and over the payload that it must be over, then whether its signer may. */
import type { SignatureCheck } from "../model/signer.ts";
import { parseAllowedSigners } from "./allowed-signers.ts";
import { dearmor } from "./armor.ts";
import { type Envelope, parseEnvelope, preAuthEncoding } from "./dsse.ts";
import { verifyPlain } from "./plain-signature.ts";
import { fingerprintOf, type PublicKey, parsePublicBlob } from "./public-key.ts";
import { MalformedError } from "./ssh-wire.ts";
import { parseSshsig } from "./sshsig.ts";
import { type SignatureQuestion, signerCheck } from "./verify.ts";

export interface EnvelopeQuestion extends Omit<SignatureQuestion, "armored" | "message" | "touchRequired"> {
  readonly text: string;
  readonly payloadType: string;
  /** Whether these are the bytes that must have been signed. */
  readonly isPayload: (bytes: Buffer) => boolean;
  /** An armored SSHSIG beside it: an envelope holds no key, and this names one to try. Whom to trust it does not say. */
  readonly beside: string | undefined;
}

/** Never throws over the envelope. UsageError for allowed signers or revoked keys that cannot be read. */
export function verifyEnvelope(question: EnvelopeQuestion): SignatureCheck {
  try {
    const envelope = parseEnvelope(question.text);
    if (envelope.payloadType !== question.payloadType) return bad(`its payload is not ${question.payloadType}`);
    if (!question.isPayload(envelope.payload)) return bad("its payload is not the statement that the report gives");
    return checkSignature(question, envelope);
  } catch (error) {
    if (error instanceof MalformedError) return bad(`the envelope is broken: ${error.message}`);
    throw error;
  }
}

function checkSignature(question: EnvelopeQuestion, { payload, payloadType, signatures }: Envelope): SignatureCheck {
  const [signature, ...more] = signatures;
  if (signature === undefined || more.length > 0) return bad("it holds more than one signature");
  const keys = knownKeys(question);
  const bytes = preAuthEncoding(payloadType, payload);
  const key = keys.find(({ blob }) => fingerprintOf(blob) === signature.keyid);
  if (key === undefined) {
    // the name is not signed: somebody may have changed it
    const other = keys.some((one) => verifyPlain(one, bytes, signature.sig));
    return other ? bad("it names another key than the one that signed it") : noKey(question);
  }
  if (!verifyPlain(key, bytes, signature.sig)) {
    return bad("the signature is not over this payload, or not by the key it names");
  }
  return signerCheck(question, { key }, { touched: true });
}

/** Keys that may be tried: those of the allowed signers, and the one that signed the report beside. */
function knownKeys({ allowedSigners, beside }: EnvelopeQuestion): readonly PublicKey[] {
  const allowed = allowedSigners === undefined ? [] : parseAllowedSigners(allowedSigners).signers.map(({ key }) => key);
  return [...allowed, ...(beside === undefined ? [] : keyOf(beside))];
}

function keyOf(armored: string): readonly PublicKey[] {
  try {
    return [parsePublicBlob(parseSshsig(dearmor(armored)).publicKey)];
  } catch (error) {
    if (error instanceof MalformedError) return [];
    throw error;
  }
}

function noKey({ allowedSigners }: EnvelopeQuestion): SignatureCheck {
  const reason =
    allowedSigners === undefined
      ? "it holds no key, and no allowed signers were given to try"
      : "the key it names is not among the allowed signers";
  return { state: "unchecked", reason, fingerprint: undefined };
}

function bad(reason: string): SignatureCheck {
  return { state: "bad", reason, fingerprint: undefined };
}
