/** Opens the encrypted part of an openssh-key-v1 file (PROTOCOL.key, section 2; key derivation: bcrypt_pbkdf). */
import { createDecipheriv } from "node:crypto";
import { type AskPassphrase, PassphraseError } from "./private-key.ts";
import { MalformedError, WireReader } from "./ssh-wire.ts";

interface Cipher {
  readonly node: string;
  readonly key: number;
  readonly iv: number;
  /** Length of the authentication tag that follows the encrypted part. */
  readonly tag: number;
}

const ciphers: { readonly [name: string]: Cipher | undefined } = {
  "aes128-ctr": { node: "aes-128-ctr", key: 16, iv: 16, tag: 0 },
  "aes192-ctr": { node: "aes-192-ctr", key: 24, iv: 16, tag: 0 },
  "aes256-ctr": { node: "aes-256-ctr", key: 32, iv: 16, tag: 0 },
  "aes128-cbc": { node: "aes-128-cbc", key: 16, iv: 16, tag: 0 },
  "aes192-cbc": { node: "aes-192-cbc", key: 24, iv: 16, tag: 0 },
  "aes256-cbc": { node: "aes-256-cbc", key: 32, iv: 16, tag: 0 },
  "aes128-gcm@openssh.com": { node: "aes-128-gcm", key: 16, iv: 12, tag: 16 },
  "aes256-gcm@openssh.com": { node: "aes-256-gcm", key: 32, iv: 12, tag: 16 },
};

/** About a minute of work; ssh-keygen writes 16 (`-a`). */
const mostRounds = 4096;

export interface EncryptedPart {
  readonly cipher: string;
  readonly kdf: string;
  readonly kdfOptions: Buffer;
  readonly encrypted: Buffer;
  /** What follows the encrypted part in the file. */
  readonly rest: Buffer;
}

/** The private part in the clear. PassphraseError when none is given or (where the cipher can tell) it is the wrong one. */
export async function openPrivatePart(part: EncryptedPart, passphrase: AskPassphrase): Promise<Buffer> {
  const cipher = Object.hasOwn(ciphers, part.cipher) ? ciphers[part.cipher] : undefined;
  if (cipher === undefined) {
    throw new MalformedError("its cipher is not supported, change it with ssh-keygen -p -Z aes256-ctr");
  }
  if (part.kdf !== "bcrypt") throw new MalformedError("its key derivation is not bcrypt");
  if (part.rest.length !== cipher.tag) throw new MalformedError("it does not end where it should");
  if (part.encrypted.length % 16 !== 0) throw new MalformedError("its encrypted part is cut");
  const options = new WireReader(part.kdfOptions);
  const salt = options.string("salt");
  const rounds = options.uint32("rounds");
  options.end("rounds");
  if (salt.length === 0 || rounds === 0 || rounds > mostRounds)
    throw new MalformedError("its key derivation is out of range");
  const given = await passphrase();
  if (given === undefined || given === "")
    throw new PassphraseError("the key is encrypted and no passphrase was given");
  const derived = await derive(given, salt, rounds, cipher.key + cipher.iv);
  try {
    return decrypt(cipher, derived, part);
  } finally {
    derived.fill(0);
  }
}

/** Loaded only here: most keys are not encrypted. */
async function derive(passphrase: string, salt: Buffer, rounds: number, length: number): Promise<Buffer> {
  const { default: bcrypt } = await import("bcrypt-pbkdf");
  const secret = Buffer.from(passphrase, "utf8");
  const derived = Buffer.alloc(length);
  const failed = bcrypt.pbkdf(secret, secret.length, salt, salt.length, derived, length, rounds) !== 0;
  secret.fill(0);
  if (failed) throw new MalformedError("its key derivation is out of range");
  return derived;
}

function decrypt(cipher: Cipher, derived: Buffer, part: EncryptedPart): Buffer {
  const key = derived.subarray(0, cipher.key);
  const iv = derived.subarray(cipher.key);
  if (cipher.tag > 0) return decryptAuthenticated(cipher, key, iv, part);
  const decipher = createDecipheriv(cipher.node, key, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(part.encrypted), decipher.final()]);
}

function decryptAuthenticated(cipher: Cipher, key: Buffer, iv: Buffer, part: EncryptedPart): Buffer {
  const name = cipher.key === 16 ? "aes-128-gcm" : "aes-256-gcm";
  const decipher = createDecipheriv(name, key, iv, { authTagLength: cipher.tag }).setAuthTag(part.rest);
  const clear = decipher.update(part.encrypted);
  try {
    return Buffer.concat([clear, decipher.final()]);
  } catch {
    throw new PassphraseError("the passphrase is wrong, or the file was changed");
  }
}
