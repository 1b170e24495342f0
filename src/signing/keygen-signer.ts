/**
 * Signing by the system's `ssh-keygen -Y sign`: keys that OpenSSH can reach and this program cannot, such as security keys in its
 * own hand, OpenSSH certificates, and keys behind a PKCS#11 module that an agent holds.
 */
import { readFile } from "node:fs/promises";
import { UsageError } from "../model/faults.ts";
import type { Signer } from "../model/signer.ts";
import { dearmor } from "./armor.ts";
import { plainKeyOf } from "./certificate.ts";
import { type KeygenEnvironment, runKeygen } from "./keygen-process.ts";
import { isOpensshKey, opensshHeader } from "./openssh-key.ts";
import type { AskPassphrase } from "./private-key.ts";
import { fingerprintOf, type PublicKey, parsePublicBlob, publicBlobOfLine, UnsupportedKeyError } from "./public-key.ts";
import { verifyBytes } from "./raw-signature.ts";
import { MalformedError } from "./ssh-wire.ts";
import { parseSshsig, signedBytes } from "./sshsig.ts";

export interface KeygenOptions {
  readonly passphrase: AskPassphrase;
  readonly environment: KeygenEnvironment;
  /** Told what ssh-keygen says to the person while it signs: that a security key waits for a touch. */
  readonly notice?: ((text: string) => void) | undefined;
  /** How long it may take, in milliseconds: a person may have to touch a key. */
  readonly milliseconds?: number;
}

const patience = 120_000;
const largest = 65_536;

/**
 * `file` is a private key, or a public one (`.pub`, `-cert.pub`) whose private half an agent holds or lies beside it. The
 * passphrase is asked for once, and only if that file is encrypted. UsageError, one line: no ssh-keygen, no such key, a refusal.
 */
export async function keygenSigner(file: string, options: KeygenOptions): Promise<Signer> {
  const { blob, encrypted } = await describeKey(file);
  const secret = encrypted ? await options.passphrase() : undefined;
  return {
    fingerprint: fingerprintOf(plainKeyOf(blob)),
    publicKey: publicLine(blob),
    sign: async (message, namespace) => {
      const run = { ...options, secret, milliseconds: options.milliseconds ?? patience };
      const armored = await runKeygen(["-q", "-Y", "sign", "-f", file, "-n", namespace], message, run);
      const fault = faultOf(armored, blob, message, namespace);
      if (fault !== undefined) throw new UsageError(`what ssh-keygen signed cannot be used: ${fault}`);
      return armored;
    },
  };
}

interface Described {
  readonly blob: Buffer;
  readonly encrypted: boolean;
}

async function describeKey(file: string): Promise<Described> {
  const own = await keyText(file);
  if (own === undefined)
    throw new UsageError([{ file, message: "the key cannot be read" }], "Name a key file with --key.");
  try {
    if (isOpensshKey(own)) {
      const { publicBlob, encrypted } = opensshHeader(own);
      return { blob: publicBlob, encrypted };
    }
    // other forms do not say whose they are; the public half beside does
    const line = own.includes("PRIVATE KEY") ? await keyText(`${file}.pub`) : own;
    return { blob: publicBlobOfLine(line ?? ""), encrypted: /ENCRYPTED/.test(own) };
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new UsageError(
      [{ file, message: `the key cannot be used: ${error.message}` }],
      "Name a private key in OpenSSH's format, or a public one (.pub, -cert.pub) that an agent holds.",
    );
  }
}

async function keyText(file: string): Promise<string | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined || text.length > largest ? undefined : text;
}

function publicLine(blob: Buffer): string {
  const length = blob.readUInt32BE();
  return `${blob.toString("latin1", 4, 4 + length)} ${blob.toString("base64")}`;
}

/** Nothing leaves unverified, as far as this program knows the kind of key. */
function faultOf(armored: string, blob: Buffer, message: Uint8Array, namespace: string): string | undefined {
  try {
    const parsed = parseSshsig(dearmor(armored));
    if (!parsed.publicKey.equals(blob)) return "it is by another key than was named";
    if (!parsed.namespace.equals(Buffer.from(namespace))) return "it is for another namespace";
    const key: PublicKey = parsePublicBlob(plainKeyOf(blob));
    const intact = verifyBytes(key, signedBytes(message, parsed), parsed.signature);
    return intact === undefined ? "the signature is not over these bytes" : undefined;
  } catch (error) {
    if (error instanceof UnsupportedKeyError) return undefined;
    if (error instanceof MalformedError) return error.message;
    throw error;
  }
}
