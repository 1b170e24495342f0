/** Signatures by keys and certificates of several kinds, and the question about one of them once something was changed. */

import { armor, dearmor } from "../../src/signing/armor.ts";
import { fileSigner } from "../../src/signing/file-signer.ts";
import type { OpensshDesk } from "../../src/signing/openssh.testing.ts";
import type { SignatureQuestion } from "../../src/signing/verify.ts";
import { fc } from "./fast-check.ts";
import { type Change, changed, changes } from "./mutation.ts";

const message = Buffer.from('{"subject":"cloud","verdict":"FAIL"}\n');
const namespace = "report";
const principal = "cloud";

export interface Mutation {
  readonly which: number;
  /** What is changed: the bytes of the signature, its whole text, or what it is over. */
  readonly part: "blob" | "armor" | "message";
  readonly change: Change;
}

/** Questions that are answered with `ok`. */
export async function goodSignatures(desk: OpensshDesk): Promise<readonly SignatureQuestion[]> {
  const question = { message, namespace, principal, revoked: undefined, at: "2026-11-23T10:00:00Z" };
  const plain = ["ed25519", "ecdsa-256", "rsa-2048"].map(async (kind) => {
    const key = desk.key(kind);
    const signer = await fileSigner(key.path, async () => undefined);
    const armored = await signer.sign(message, namespace);
    return { ...question, armored, allowedSigners: `* ${key.publicLine}\n` };
  });
  const certified = ["ed25519", "ecdsa-256"].map((kind) => {
    const [key, authority] = [desk.key(kind), desk.key(kind)];
    const path = desk.certificate(authority, key, ["-n", principal, "-V", "20261101:20261201"]);
    const armored = desk.sign({ ...key, path }, message, namespace);
    return { ...question, armored, allowedSigners: `* cert-authority ${authority.publicLine}\n` };
  });
  return [...(await Promise.all(plain)), ...certified];
}

export function mutations(count: number): fc.Arbitrary<Mutation> {
  return fc.record({
    which: fc.nat(count - 1),
    part: fc.constantFrom("blob", "message", "armor"),
    change: changes,
  });
}

/** Undefined when the change left everything as it was. */
export function mutated(signed: readonly SignatureQuestion[], mutation: Mutation): SignatureQuestion | undefined {
  const question = signed[mutation.which];
  if (question === undefined) throw new Error(`there is no signature ${mutation.which}`);
  const other = applied(question, mutation);
  return other.armored === question.armored && other.message === question.message ? undefined : other;
}

function applied(question: SignatureQuestion, { part, change }: Mutation): SignatureQuestion {
  const { armored } = question;
  if (part === "blob") return { ...question, armored: armor(changed(dearmor(armored), change)) };
  if (part === "armor") return { ...question, armored: changed(Buffer.from(armored), change).toString("latin1") };
  const bytes = changed(message, change);
  return bytes.equals(message) ? question : { ...question, message: bytes };
}
