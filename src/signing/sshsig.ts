/** The SSHSIG blob and the bytes it signs (PROTOCOL.sshsig, sections 1 and 2). */
import { createHash } from "node:crypto";
import { MalformedError, string, uint32, WireReader } from "./ssh-wire.ts";

const magic = Buffer.from("SSHSIG");
const version = 1;

export type HashName = "sha256" | "sha512";

export interface Sshsig {
  /** Key that claims to have signed, in SSH wire form. */
  readonly publicKey: Buffer;
  readonly namespace: Buffer;
  readonly reserved: Buffer;
  readonly hash: HashName;
  /** Algorithm and signature, in SSH wire form. */
  readonly signature: Buffer;
}

type Frame = Pick<Sshsig, "hash"> & { readonly namespace: string | Buffer; readonly reserved?: Buffer };

/** What the key signs for a message: a digest inside a frame that no other SSH use shares. */
export function signedBytes(message: Uint8Array, frame: Frame): Buffer {
  const digest = createHash(frame.hash).update(message).digest();
  const reserved = frame.reserved ?? Buffer.alloc(0);
  return Buffer.concat([magic, string(frame.namespace), string(reserved), string(frame.hash), string(digest)]);
}

export function writeSshsig(publicKey: Buffer, frame: Frame, signature: Buffer): Buffer {
  const reserved = frame.reserved ?? Buffer.alloc(0);
  return Buffer.concat([
    magic,
    uint32(version),
    ...[publicKey, frame.namespace, reserved, frame.hash, signature].map((part) => string(part)),
  ]);
}

/** Takes the blob apart. MalformedError unless it is version 1, has a namespace, a known hash and nothing behind it. */
export function parseSshsig(blob: Uint8Array): Sshsig {
  const reader = new WireReader(blob);
  if (!reader.take(magic.length, "preamble").equals(magic)) throw new MalformedError("it does not begin with SSHSIG");
  const found = reader.uint32("version");
  if (found !== version) throw new MalformedError(`version ${found} of the format is not known, ${version} is`);
  const publicKey = reader.string("public key");
  const namespace = reader.string("namespace");
  if (namespace.length === 0) throw new MalformedError("its namespace is empty");
  const reserved = reader.string("reserved field");
  const hash = reader.name("hash name");
  if (hash !== "sha256" && hash !== "sha512") throw new MalformedError("its hash is neither sha256 nor sha512");
  const signature = reader.string("signature");
  reader.end("signature");
  return { publicKey, namespace, reserved, hash, signature };
}
