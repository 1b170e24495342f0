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
