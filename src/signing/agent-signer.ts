/** Signing with a key that an ssh-agent holds: security keys, smart cards and keys that never touch this disk. */
import { readFile } from "node:fs/promises";
import { UsageError } from "../model/faults.ts";
import type { Signer } from "../model/signer.ts";
import { AgentError, listIdentities, requestSignature } from "./agent-client.ts";
import { armor } from "./armor.ts";
import { plainFromSsh, verifyPlain } from "./plain-signature.ts";
import { fingerprintOf, type PublicKey, parsePublicBlob, parsePublicLine, publicLineOf } from "./public-key.ts";
import { verifyBytes } from "./raw-signature.ts";
import { MalformedError } from "./ssh-wire.ts";
import { signedBytes, writeSshsig } from "./sshsig.ts";

/** How long to wait for the list of keys and for a signature (a person may have to touch a key), in milliseconds. */
export interface AgentPatience {
  readonly list: number;
  readonly sign: number;
}

const patience: AgentPatience = { list: 5_000, sign: 120_000 };
const startOne = "start one and ssh-add your key, or name a key file with --key";

/**
 * Finds a key in the agent behind `socket` (SSH_AUTH_SOCK) by `SHA256:...` fingerprint or by the path of its .pub file.
 * UsageError: no agent, no such key in it, a kind of key that is not supported, an agent that answers nonsense.
 */
export async function agentSigner(
  selector: string,
  socket: string | undefined,
  limits: AgentPatience = patience,
): Promise<Signer> {
  const wanted = await fingerprintFor(selector);
  if (socket === undefined || socket === "")
    throw new UsageError("there is no ssh-agent: SSH_AUTH_SOCK is not set", startOne);
  const key = await blaming(() => findKey(wanted, socket, limits.list));
  return {
    fingerprint: wanted,
    publicKey: publicLineOf(key),
    sign: (message, namespace) =>
      blaming(() => signWith(key, { message, namespace, socket, milliseconds: limits.sign })),
    // a security key signs its own frame around the bytes, never the bytes alone
    ...(key.application === undefined && {
      signPlain: (bytes) => blaming(() => signPlainWith(key, bytes, socket, limits.sign)),
    }),
  };
}

async function fingerprintFor(selector: string): Promise<string> {
  if (/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(selector)) return selector.replace(/=$/, "");
  if (selector.startsWith("SHA256:")) throw new UsageError("this is not a fingerprint, ssh-add -l prints them");
  const text = await readFile(selector, "utf8").catch(() => {
    throw new UsageError(
      [{ file: selector, message: "the public key cannot be read" }],
      "give a .pub file or SHA256:...",
    );
  });
  try {
    return fingerprintOf(parsePublicLine(text).blob);
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new UsageError([{ file: selector, message: `the public key cannot be used: ${error.message}` }]);
  }
}

async function findKey(wanted: string, socket: string, milliseconds: number): Promise<PublicKey> {
  const blobs = await listIdentities(socket, milliseconds);
  const blob = blobs.find((candidate) => fingerprintOf(candidate) === wanted);
  if (blob !== undefined) return parsePublicBlob(blob);
  const held = blobs.slice(0, 10).map(fingerprintOf);
  const has = held.length === 0 ? "it holds no keys or is locked" : `it holds ${held.join(", ")}`;
  throw new UsageError(`ssh-agent does not hold the key ${wanted}, ${has}`, "ssh-add the key, or choose another");
}

interface Request {
  readonly message: Uint8Array;
  readonly namespace: string;
  readonly socket: string;
  readonly milliseconds: number;
}

/** Nothing leaves unverified: an agent that signs other bytes, with another key or with SHA-1 is found out here. */
async function signWith(key: PublicKey, { message, namespace, socket, milliseconds }: Request): Promise<string> {
  const frame = { namespace, hash: "sha512" } as const;
  const bytes = signedBytes(message, frame);
  const signature = await requestSignature(socket, key.blob, bytes, milliseconds);
  if (!verifyBytes(key, bytes, signature)) throw new MalformedError("the signature is not by the key that was asked");
  return armor(writeSshsig(key.blob, frame, signature));
}

async function signPlainWith(key: PublicKey, bytes: Uint8Array, socket: string, milliseconds: number) {
  const wire = await requestSignature(socket, key.blob, Buffer.from(bytes), milliseconds, "sha256");
  const signature = plainFromSsh(key, wire);
  if (!verifyPlain(key, bytes, signature)) throw new MalformedError("the signature is not by the key that was asked");
  return signature;
}

async function blaming<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AgentError) throw new UsageError(`ssh-agent ${error.message}`, startOne);
    if (error instanceof MalformedError)
      throw new UsageError(`the answer of ssh-agent cannot be used: ${error.message}`);
    throw error;
  }
}
