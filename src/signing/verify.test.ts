import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { armor } from "./armor.ts";
import { ephemeralSigner } from "./key-signer.ts";
import { OpensshDesk } from "./openssh.testing.ts";
import { withPublicHalf } from "./private-key.ts";
import { fingerprintOf } from "./public-key.ts";
import { signBytes } from "./raw-signature.ts";
import { mpint, string, uint32 } from "./ssh-wire.ts";
import { signedBytes, writeSshsig } from "./sshsig.ts";
import { verifySignature } from "./verify.ts";

const desk = new OpensshDesk();
afterAll(() => desk.remove());

const message = Buffer.from("the report");
const namespace = "report@scs-conformance";
const principal = "provider";
const frame = { namespace, hash: "sha512" } as const;
const open = { message, namespace, principal, allowedSigners: undefined, revoked: undefined, at: undefined };

describe("layers", () => {
  const signer = ephemeralSigner();
  const other = ephemeralSigner();
  const intact = { fingerprint: signer.fingerprint };

  it("say what is known, never more", async () => {
    const question = { ...open, armored: await signer.sign(message, namespace) };
    const allowed = (line: string) => verifySignature({ ...question, allowedSigners: line });
    expect(verifySignature(question)).toMatchObject({ state: "unchecked", ...intact });
    expect(allowed(`provider ${signer.publicKey}`)).toMatchObject({ state: "ok", ...intact });
    expect(allowed("")).toMatchObject({
      state: "untrusted",
      ...intact,
      reason: "the signer is not among the allowed signers",
    });
    expect(allowed(`provider ${other.publicKey}`)).toMatchObject({ state: "untrusted", ...intact });
    expect(allowed(`else ${signer.publicKey}`).reason).toBe('the signer is allowed, but not to sign for "provider"');
    expect(allowed(`provider typo ${signer.publicKey}`).reason).toContain("passed over: allowed signers:1: unknown");
  });

  it("put a revoked key before everything else", async () => {
    const armored = await signer.sign(message, namespace);
    const revoked = `# gone\n\n${signer.publicKey} a comment\n`;
    for (const allowedSigners of [undefined, `provider ${signer.publicKey}`]) {
      const check = verifySignature({ ...open, armored, allowedSigners, revoked });
      expect(check).toEqual({ state: "untrusted", ...intact, reason: "the signer's key is revoked" });
      const elsewhere = verifySignature({ ...open, armored, allowedSigners, revoked: other.publicKey });
      expect(elsewhere.state).toBe(allowedSigners ? "ok" : "unchecked");
    }
    const broken = { ...open, armored, revoked: `${other.publicKey}\nssh-ed25519 AAAA\n` };
    expect(() => verifySignature(broken)).toThrow("revoked keys:2: this is not a public key");
    expect(() => verifySignature({ ...broken, revoked: "SSHKRL\n\0\0" })).toThrow("not supported yet");
  });

  it("leave it open whether a limited key was valid when no time is known", async () => {
    const armored = await signer.sign(message, namespace);
    const limited = `provider valid-before="20270101Z" ${signer.publicKey}`;
    const question = { ...open, armored, allowedSigners: limited };
    expect(verifySignature(question)).toMatchObject({ state: "unchecked", ...intact });
    expect(verifySignature({ ...question, at: "2026-11-23T10:00:00Z" })).toMatchObject({ state: "ok" });
    const both = `${limited}\nprovider ${signer.publicKey}`;
    expect(verifySignature({ ...question, allowedSigners: both })).toMatchObject({ state: "ok" });
  });
});

describe("policy", () => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const key = withPublicHalf(privateKey);
  const blob = key.publicKey.blob;
  const good = signBytes(key, signedBytes(message, frame));
  const check = (bytes: Buffer) => verifySignature({ ...open, armored: armor(bytes) });
  const sshsig = (version: number, parts: readonly (string | Buffer)[]) =>
    Buffer.concat([Buffer.from("SSHSIG"), uint32(version), ...parts.map((part) => string(part))]);

  it.each([
    ["nothing unusual", writeSshsig(blob, frame, good), "unchecked", "intact"],
    ["bytes behind", Buffer.concat([writeSshsig(blob, frame, good), Buffer.of(0)]), "bad", "1 bytes follow"],
    ["another version", sshsig(2, [blob, namespace, "", "sha512", good]), "bad", "version 2"],
    ["an empty namespace", sshsig(1, [blob, "", "", "sha512", good]), "bad", "namespace is empty"],
    ["another namespace", sshsig(1, [blob, "file", "", "sha512", good]), "bad", "another namespace"],
    ["another hash", sshsig(1, [blob, namespace, "", "sha1", good]), "bad", "neither sha256 nor sha512"],
    ["a swapped hash", sshsig(1, [blob, namespace, "", "sha256", good]), "bad", "not over these bytes"],
    ["a filled reserved field", sshsig(1, [blob, namespace, "x", "sha512", good]), "bad", "not over these bytes"],
    ["a wrong algorithm", writeSshsig(blob, frame, Buffer.concat([string("ssh-rsa"), string("")])), "bad", "algorithm"],
    ["no signature", writeSshsig(blob, frame, Buffer.alloc(0)), "bad", "ends inside"],
    ["a cut certificate", writeSshsig(string("ssh-ed25519-cert-v01@openssh.com"), frame, good), "bad", "ends inside"],
    [
      "a certificate of another kind",
      writeSshsig(string("ssh-dss-cert-v01@openssh.com"), frame, good),
      "unchecked",
      "certificate is not supported",
    ],
    ["a key of the future", writeSshsig(string("ssh-mldsa44-ed25519@openssh.com"), frame, good), "unchecked", "ML-DSA"],
    ["a key of nobody", writeSshsig(string("ssh-ed25518"), frame, good), "bad", "ssh-ed25518 is not known"],
    ["a DSA key", writeSshsig(string("ssh-dss"), frame, good), "bad", "too weak"],
  ])("with %s", (_, bytes, state, reason) => {
    const found = check(bytes);
    expect(found.state).toBe(state);
    expect(found.reason).toContain(reason);
    expect(found.fingerprint).toBe(found.reason.includes("intact") ? fingerprintOf(blob) : undefined);
  });

  it("refuses RSA below 2048 bits, and RSA with SHA-1, though the numbers agree", () => {
    const numbers = (k: KeyObject) => {
      const { n = "", e = "" } = k.export({ format: "jwk" });
      return [e, n].map((text) => mpint(Buffer.from(text, "base64url")));
    };
    const bytes = signedBytes(message, frame);
    const signed = (bits: number, algorithm: string, hash: string) => {
      const rsa = generateKeyPairSync("rsa", { modulusLength: bits });
      const rsaBlob = Buffer.concat([string("ssh-rsa"), ...numbers(rsa.publicKey)]);
      const value = sign(hash, bytes, rsa.privateKey);
      return check(writeSshsig(rsaBlob, frame, Buffer.concat([string(algorithm), string(value)])));
    };
    expect(signed(2048, "rsa-sha2-256", "sha256").state).toBe("unchecked");
    expect(signed(1024, "rsa-sha2-512", "sha512").reason).toContain("an RSA key needs 2048 bits");
    expect(signed(2048, "ssh-rsa", "sha1").reason).toContain("SHA-1");
  });
});

describe("security keys, made in software", () => {
  const application = "ssh:";
  const sha256 = (data: Uint8Array) => createHash("sha256").update(data).digest();
  const kinds = {
    "sk-ssh-ed25519@openssh.com": generateKeyPairSync("ed25519").privateKey,
    "sk-ecdsa-sha2-nistp256@openssh.com": generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey,
  };

  it.each(Object.entries(kinds))("%s counts when it was touched", (type, privateKey) => {
    const { blob } = withPublicHalf(privateKey).publicKey;
    const inner = blob.subarray(4 + blob.readUInt32BE());
    const publicBlob = Buffer.concat([string(type), inner, string(application)]);
    const signed = (flags: number) => {
      const tail = Buffer.concat([Buffer.of(flags), uint32(7)]);
      const bytes = Buffer.concat([sha256(Buffer.from(application)), tail, sha256(signedBytes(message, frame))]);
      const pair = () => {
        const value = sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" });
        return Buffer.concat([mpint(value.subarray(0, 32)), mpint(value.subarray(32))]);
      };
      const value = type.includes("ed25519") ? sign(null, bytes, privateKey) : pair();
      return armor(writeSshsig(publicBlob, frame, Buffer.concat([string(type), string(value), tail])));
    };
    const allowedSigners = `provider ${type} ${publicBlob.toString("base64")}\n`;
    const question = { ...open, allowedSigners };
    expect(verifySignature({ ...question, armored: signed(1) }).state).toBe("ok");
    expect(verifySignature({ ...question, armored: signed(0) })).toMatchObject({ state: "untrusted" });
    expect(verifySignature({ ...question, armored: signed(0), touchRequired: false }).state).toBe("ok");
    for (const flags of [0, 1]) {
      const referee = desk.verify({ armored: signed(flags), message, namespace, principal, allowedSigners });
      expect(referee).toMatchObject({ accepted: true });
    }
  });
});
