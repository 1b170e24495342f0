/** Private keys in PEM: PKCS#8, PKCS#1 and SEC1, encrypted or not, as openssl and older tools write them. */
import { createPrivateKey, type KeyObject } from "node:crypto";
import { type AskPassphrase, PassphraseError, type PrivateKey, withPublicHalf } from "./private-key.ts";
import { MalformedError } from "./ssh-wire.ts";

export function isPemKey(text: string): boolean {
  return /^-----BEGIN (RSA |EC |ENCRYPTED )?PRIVATE KEY-----\r?$/m.test(text);
}

/** The key of a file. MalformedError for a broken file, PassphraseError for the passphrase. */
export async function readPemKey(text: string, passphrase: AskPassphrase): Promise<PrivateKey> {
  if (!isEncrypted(text)) return withPublicHalf(open(text, undefined));
  const given = await passphrase();
  if (given === undefined || given === "")
    throw new PassphraseError("the key is encrypted and no passphrase was given");
  return withPublicHalf(open(text, given));
}

function isEncrypted(text: string): boolean {
  return text.includes("-----BEGIN ENCRYPTED PRIVATE KEY-----") || /^Proc-Type: 4,ENCRYPTED\r?$/m.test(text);
}

function open(text: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: text, format: "pem", ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    // a wrong passphrase shows as bad padding or, a few times in a thousand, as nonsense behind a good one
    if (passphrase !== undefined) throw new PassphraseError("the passphrase is wrong, or the file is broken");
    throw new MalformedError("it is not a private key that OpenSSL can read");
  }
}
