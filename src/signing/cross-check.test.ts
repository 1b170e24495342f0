import { afterAll, describe, expect, it } from "vitest";
import { fileSigner } from "./file-signer.ts";
import { OpensshDesk } from "./openssh.testing.ts";
import { verifySignature } from "./verify.ts";

const desk = new OpensshDesk();
afterAll(() => desk.remove());

const message = Buffer.from('{"verdict":"PASS"}\n');
const namespace = "report@scs-conformance";
const principal = "provider/cloud";
const never = async () => {
  throw new Error("asked for a passphrase without need");
};

const keys = ["ed25519", "ecdsa-256", "ecdsa-384", "ecdsa-521", "rsa-3072"].map((kind) => ({
  kind,
  key: desk.key(kind),
}));

describe.each(keys)("$kind against ssh-keygen", ({ kind, key }) => {
  const allowedSigners = `${principal} ${key.publicLine}\n`;
  const question = { message, namespace, principal, allowedSigners, revoked: undefined, at: undefined };

  it("signs what ssh-keygen accepts", async () => {
    const signer = await fileSigner(key.path, never);
    expect(signer.publicKey).toBe(key.publicLine);
    expect(signer.fingerprint).toBe(desk.fingerprint(key));
    for (let round = 0; round < (kind.startsWith("ecdsa") ? 12 : 1); round++) {
      const armored = await signer.sign(message, namespace);
      expect(desk.verify({ ...question, armored })).toMatchObject({ accepted: true });
      expect(verifySignature({ ...question, armored })).toMatchObject({ state: "ok", fingerprint: signer.fingerprint });
    }
  });

  it.each(["sha512", "sha256"])("accepts what ssh-keygen signs with %s", (hash) => {
    const armored = desk.sign(key, message, namespace, hash);
    expect(verifySignature({ ...question, armored })).toMatchObject({
      state: "ok",
      fingerprint: desk.fingerprint(key),
    });
    const other = Buffer.from('{"verdict":"FAIL"}\n');
    expect(verifySignature({ ...question, armored, message: other })).toMatchObject({
      state: "bad",
      fingerprint: undefined,
    });
    expect(verifySignature({ ...question, armored, namespace: "report" })).toMatchObject({ state: "bad" });
  });
});

it.each([0, 1, 17, 100_000])(
  "an ed25519 signature over %i bytes is byte for byte the one of ssh-keygen",
  async (length) => {
    const key = keys[0]?.key ?? desk.key("ed25519");
    const bytes = Buffer.alloc(length, "evidence");
    const signer = await fileSigner(key.path, never);
    expect(await signer.sign(bytes, "report")).toBe(desk.sign(key, bytes, "report"));
  },
);
