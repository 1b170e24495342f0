import { generateKeyPairSync } from "node:crypto";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { UsageError } from "../model/faults.ts";
import { fileSigner } from "./file-signer.ts";
import { OpensshDesk } from "./openssh.testing.ts";
import { verifySignature } from "./verify.ts";

const desk = new OpensshDesk();
afterAll(() => desk.remove());

const passphrase = "pässwörd ☃";
const message = Buffer.from("bytes");
const plain = desk.key("ed25519");
const encrypted = desk.key("ed25519", passphrase, ["-a", "2"]);
const never = async () => {
  throw new Error("asked for a passphrase without need");
};
const give = (text: string | undefined) => async () => text;

async function works(path: string, answer: () => Promise<string | undefined>): Promise<string> {
  const signer = await fileSigner(path, answer);
  const armored = await signer.sign(message, "report");
  const question = { armored, message, namespace: "report", principal: "p", allowedSigners: `p ${signer.publicKey}\n` };
  expect(verifySignature({ ...question, revoked: undefined, at: undefined })).toMatchObject({ state: "ok" });
  expect(desk.verify(question)).toMatchObject({ accepted: true });
  return signer.publicKey;
}

async function refusal(path: string, answer: () => Promise<string | undefined> = never): Promise<string> {
  const error = await fileSigner(path, answer).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  const text = error instanceof UsageError ? error.message : "";
  expect(text).not.toContain(passphrase);
  return text;
}

describe("encrypted keys", () => {
  it.each([
    "aes256-ctr",
    "aes192-ctr",
    "aes128-ctr",
    "aes256-cbc",
    "aes128-cbc",
    "aes256-gcm@openssh.com",
    "aes128-gcm@openssh.com",
  ])("open with %s and a passphrase in UTF-8", async (cipher) => {
    const path = desk.rewritten(encrypted, ["-P", passphrase, "-N", passphrase, "-Z", cipher, "-a", "2"]);
    expect(await works(path, give(passphrase))).toBe(encrypted.publicLine);
    expect(await refusal(path, give("wrong"))).toContain("passphrase is wrong");
  });

  it("of the other kinds open too", async () => {
    for (const kind of ["ecdsa-256", "ecdsa-521", "rsa-2048"]) {
      const key = desk.key(kind, passphrase, ["-a", "1"]);
      expect(await works(key.path, give(passphrase))).toBe(key.publicLine);
    }
  });

  it("ask for the passphrase they need", async () => {
    expect(await refusal(encrypted.path, give(undefined))).toContain("no passphrase was given");
    expect(await refusal(encrypted.path, give(""))).toContain("no passphrase was given");
  });

  it("name a cipher that is not supported", async () => {
    const path = desk.rewritten(encrypted, [
      ...["-P", passphrase, "-N", passphrase],
      "-Z",
      "chacha20-poly1305@openssh.com",
    ]);
    expect(await refusal(path, give(passphrase))).toContain("its cipher is not supported");
  });
});

describe("PEM keys", () => {
  const kinds = {
    ed25519: generateKeyPairSync("ed25519"),
    ecdsa: generateKeyPairSync("ec", { namedCurve: "P-384" }),
    rsa: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  };

  it.each(Object.entries(kinds))("%s in PKCS#8 signs, in the clear and encrypted", async (_, { privateKey }) => {
    const clear = desk.write(privateKey.export({ format: "pem", type: "pkcs8" }));
    const line = await works(clear, never);
    const locked = desk.write(privateKey.export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase }));
    expect(await works(locked, give(passphrase))).toBe(line);
    expect(await refusal(locked, give("wrong"))).toContain("passphrase is wrong");
    expect(await refusal(locked, give(undefined))).toContain("no passphrase was given");
  });

  it("in the formats that ssh-keygen -m PEM writes sign", async () => {
    for (const kind of ["rsa-2048", "ecdsa-256"]) {
      const key = desk.key(kind, passphrase, ["-m", "PEM"]);
      expect(await works(key.path, give(passphrase))).toBe(key.publicLine);
      expect(await refusal(key.path, give("wrong"))).toContain("passphrase is wrong");
    }
  });

  it("of kinds that SSH does not know are refused", async () => {
    const strange = [generateKeyPairSync("ec", { namedCurve: "secp256k1" }), generateKeyPairSync("x25519")];
    for (const { privateKey } of strange) {
      const path = desk.write(privateKey.export({ format: "pem", type: "pkcs8" }));
      expect(await refusal(path)).toContain("neither ed25519, ecdsa on a NIST curve nor rsa");
    }
  });
});

describe("files that cannot be used", () => {
  it("say why, and name the file", async () => {
    const missing = join(desk.folder, "missing");
    expect(await refusal(missing)).toBe(`${missing}: the private key cannot be read: there is no such file`);
    expect(await refusal(desk.folder)).toContain("it is a folder");
    expect(await refusal(desk.write("hello"))).toContain("neither in OpenSSH's format nor PEM");
    expect(await refusal(desk.write(Buffer.alloc(70_000)))).toContain("larger than 65536 bytes");
    expect(await refusal(desk.write(`${plain.publicLine}\n`))).toContain("it is a public key");
    const small = desk.key("rsa-1024");
    expect(await refusal(small.path)).toContain("an RSA key needs 2048 bits, this one has 1024");
  });

  it.each(["644", "640", "604", "660"])("are open to others: mode %s, as ssh-keygen refuses them", async (mode) => {
    const path = desk.write(readFileSync(plain.path));
    chmodSync(path, Number.parseInt(mode, 8));
    expect(await refusal(path)).toContain(`others may read this private key (mode 0${mode})`);
    expect(() => desk.sign({ path, publicLine: "" }, message, "report")).toThrow("UNPROTECTED PRIVATE KEY FILE");
  });

  it("are broken: any changed byte or cut is refused, and never as a wrong passphrase when there is none", async () => {
    const text = readFileSync(plain.path, "utf8");
    const bytes = Buffer.from(text.split("\n").slice(1, -2).join(""), "base64");
    const wrap = (blob: Buffer) =>
      `-----BEGIN OPENSSH PRIVATE KEY-----\n${blob.toString("base64")}\n-----END OPENSSH PRIVATE KEY-----\n`;
    expect(await works(desk.write(wrap(bytes)), never)).toBe(plain.publicLine);
    const comment = bytes.indexOf("somebody");
    for (let at = 0; at < bytes.length; at++) {
      if (at >= comment && at < comment + 8) continue;
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x41;
      expect(await refusal(desk.write(wrap(changed), "changed")), `byte ${at}`).not.toContain("passphrase is wrong");
    }
    for (let length = 0; length < bytes.length; length += 7) {
      expect(await refusal(desk.write(wrap(bytes.subarray(0, length)), "cut"))).toContain("cannot be used");
    }
  });
});
