/** Signers whose private key is in this process. */
import { generateKeyPairSync } from "node:crypto";
import type { Signer } from "../model/signer.ts";
import { armor } from "./armor.ts";
import { signPlain } from "./plain-signature.ts";
import { type PrivateKey, withPublicHalf } from "./private-key.ts";
import { fingerprintOf, publicLineOf } from "./public-key.ts";
import { signBytes, verifyBytes } from "./raw-signature.ts";
import { MalformedError } from "./ssh-wire.ts";
import { signedBytes, writeSshsig } from "./sshsig.ts";

/** MalformedError when what the private half signs does not verify under the public half: a damaged file, found before work starts. */
export function keySigner(key: PrivateKey): Signer {
  const { publicKey } = key;
  if (!agrees(key)) throw new MalformedError("its public and its private half do not belong together");
  return {
    fingerprint: fingerprintOf(publicKey.blob),
    publicKey: publicLineOf(publicKey),
    sign: async (message, namespace) => {
      const frame = { namespace, hash: "sha512" } as const;
      return armor(writeSshsig(publicKey.blob, frame, signBytes(key, signedBytes(message, frame))));
    },
    signPlain: async (bytes) => signPlain(key, bytes),
  };
}

/** A fresh ed25519 key that is gone with the process: for demonstrations. */
export function ephemeralSigner(): Signer {
  return keySigner(withPublicHalf(generateKeyPairSync("ed25519").privateKey));
}

function agrees(key: PrivateKey): boolean {
  const sample = Buffer.from("scs-conformance self-test");
  return verifyBytes(key.publicKey, sample, signBytes(key, sample)) !== undefined;
}
