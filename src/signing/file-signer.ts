/** Signing with a private key file, as `ssh-keygen -Y sign -f` does. */
import { type FileHandle, open } from "node:fs/promises";
import { UsageError } from "../model/faults.ts";
import type { Signer } from "../model/signer.ts";
import { keySigner } from "./key-signer.ts";
import { isOpensshKey, readOpensshKey } from "./openssh-key.ts";
import { isPemKey, readPemKey } from "./pem-key.ts";
import { type AskPassphrase, PassphraseError, type PrivateKey } from "./private-key.ts";
import { MalformedError } from "./ssh-wire.ts";

/** A 16384-bit RSA key in PEM takes 13 KiB. */
const largest = 65_536;

/**
 * Reads a private key (openssh-key-v1 or PEM; ed25519, ecdsa, rsa >= 2048) and asks for the passphrase only if it has one.
 * UsageError, naming the file and never what is in it: missing, unreadable, open to others, broken, unsupported, wrong passphrase.
 */
export async function fileSigner(path: string, passphrase: AskPassphrase): Promise<Signer> {
  const text = await readPrivateFile(path);
  try {
    return keySigner(await parseKey(text, passphrase));
  } catch (error) {
    if (error instanceof PassphraseError)
      throw fault(path, error.message, "give the passphrase that the key was encrypted with");
    if (error instanceof MalformedError) throw fault(path, `this private key cannot be used: ${error.message}`);
    throw error;
  }
}

function parseKey(text: string, passphrase: AskPassphrase): Promise<PrivateKey> {
  if (isOpensshKey(text)) return readOpensshKey(text, passphrase);
  if (isPemKey(text)) return readPemKey(text, passphrase);
  if (/^(ssh|ecdsa|sk)-\S+ /.test(text)) {
    throw new MalformedError("it is a public key, name the file without .pub, or sign through ssh-agent");
  }
  throw new MalformedError("it is neither in OpenSSH's format nor PEM");
}

async function readPrivateFile(path: string): Promise<string> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw fault(path, `the private key cannot be read: ${whyNot(error)}`);
  });
  try {
    await refuseOpenToOthers(path, file);
    return await readAtMost(path, file);
  } finally {
    await file.close();
  }
}

/** As ssh-keygen: only a file of one's own is held to it. */
async function refuseOpenToOthers(path: string, file: FileHandle): Promise<void> {
  const status = await file.stat();
  if (status.isDirectory()) throw fault(path, "the private key cannot be read: it is a folder");
  const own = process.getuid !== undefined && status.uid === process.getuid();
  if (!own || (status.mode & 0o077) === 0) return;
  const mode = (status.mode & 0o777).toString(8).padStart(4, "0");
  throw fault(path, `others may read this private key (mode ${mode})`, "run chmod 600 on it");
}

async function readAtMost(path: string, file: FileHandle): Promise<string> {
  const buffer = Buffer.alloc(largest + 1);
  let length = 0;
  while (length <= largest) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
    if (bytesRead === 0) return buffer.toString("utf8", 0, length);
    length += bytesRead;
  }
  throw fault(path, `the private key cannot be used: it is larger than ${largest} bytes`);
}

function whyNot(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return typeof code === "string" ? code : "unknown reason";
}

function fault(file: string, message: string, advice?: string): UsageError {
  return new UsageError([{ file, message }], advice);
}
