/** A private key in memory, with the public half that belongs to it. */
import { createPublicKey, type KeyObject } from "node:crypto";
import { curves, isCurveName } from "./curves.ts";
import { type PublicKey, parsePublicBlob } from "./public-key.ts";
import { MalformedError, mpint, string } from "./ssh-wire.ts";

export interface PrivateKey {
  readonly key: KeyObject;
  readonly publicKey: PublicKey;
}

/** Asks for the passphrase, at most once and only when the key needs one. */
export type AskPassphrase = () => Promise<string | undefined>;

/** The key needs another passphrase than the one given, or one at all. */
export class PassphraseError extends Error {
  override readonly name = "PassphraseError";
}

/** Derives the public half. MalformedError for kinds of keys that SSH cannot sign with. */
export function withPublicHalf(key: KeyObject): PrivateKey {
  return { key, publicKey: parsePublicBlob(publicBlobOf(key)) };
}

function publicBlobOf(key: KeyObject): Buffer {
  const { kty, crv, x = "", y = "", n = "", e = "" } = createPublicKey(key).export({ format: "jwk" });
  const bytes = (text: string) => Buffer.from(text, "base64url");
  if (kty === "OKP" && crv === "Ed25519") return Buffer.concat([string("ssh-ed25519"), string(bytes(x))]);
  if (kty === "RSA") return Buffer.concat([string("ssh-rsa"), mpint(bytes(e)), mpint(bytes(n))]);
  const curve = Object.keys(curves).find((name) => isCurveName(name) && curves[name].jwk === crv);
  if (kty !== "EC" || curve === undefined)
    throw new MalformedError("it is neither ed25519, ecdsa on a NIST curve nor rsa");
  const point = Buffer.concat([Buffer.of(4), bytes(x), bytes(y)]);
  return Buffer.concat([string(`ecdsa-sha2-${curve}`), string(curve), string(point)]);
}
