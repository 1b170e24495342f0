/** Signing and what came of checking a signature: the ports between the seal and whoever holds a key. */

/** A private key that can sign, wherever it lives: a file, an ssh-agent, memory. */
export interface Signer {
  /** `SHA256:` and unpadded base64 of the SHA-256 of the public key, as ssh-keygen prints it. */
  readonly fingerprint: string;
  /** One line as in a .pub file, `ssh-ed25519 AAAA...`, without a comment. */
  readonly publicKey: string;
  /**
   * An armored SSHSIG (PROTOCOL.sshsig) over the exact bytes, with SHA-512, lines of 70 characters and a final newline.
   * UsageError when the key cannot sign now: an agent that is gone, locked or told no.
   */
  sign(message: Uint8Array, namespace: string): Promise<string>;
  /**
   * A signature over the exact bytes without SSH's frame, as DSSE carries it: Ed25519, ECDSA in DER with the hash of its curve,
   * RSASSA-PKCS1-v1_5 with SHA-256. Absent: this key makes SSHSIG only (security keys, `ssh-keygen`). UsageError as above.
   */
  readonly signPlain?: (bytes: Uint8Array) => Promise<Buffer>;
}

/**
 * `ok`: intact and by a signer who may. `bad`: not a signature over these bytes. `untrusted`: intact, by a signer who may not.
 * `unchecked`: nothing here could tell.
 */
export type SignatureState = "ok" | "bad" | "untrusted" | "unchecked";

/**
 * What came of checking one signature. `reason` is one sentence in plain words, without a full stop.
 * A fingerprint stands there only when the signature is intact under that key; a key that merely claims to have signed is never named.
 */
export type SignatureCheck =
  | { readonly state: "ok" | "untrusted"; readonly reason: string; readonly fingerprint: string }
  | { readonly state: "unchecked"; readonly reason: string; readonly fingerprint: string | undefined }
  | { readonly state: "bad"; readonly reason: string; readonly fingerprint: undefined };
