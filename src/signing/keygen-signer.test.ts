import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { UsageError } from "../model/faults.ts";
import { type KeygenOptions, keygenSigner } from "./keygen-signer.ts";
import { OpensshDesk } from "./openssh.testing.ts";
import { verifySignature } from "./verify.ts";

const desk = new OpensshDesk();
afterAll(() => desk.remove());

const message = Buffer.from("the report");
const namespace = "report@scs-conformance";
const environment = { PATH: process.env.PATH, HOME: desk.folder };
const unasked = async () => {
  throw new Error("asked for a passphrase without need");
};
const options = (more: Partial<KeygenOptions> = {}): KeygenOptions => ({ passphrase: unasked, environment, ...more });

/** A program of that name in a folder of its own, first on the path. */
function standIn(script: string): KeygenOptions["environment"] {
  const folder = path.join(desk.folder, `bin-${readdirSync(desk.folder).length}`);
  mkdirSync(folder);
  copyFileSync(desk.write(`#!/bin/sh\n${script}\n`), path.join(folder, "ssh-keygen"));
  chmodSync(path.join(folder, "ssh-keygen"), 0o700);
  return { ...environment, PATH: `${folder}:${process.env.PATH}` };
}

const accepted = (armored: string, publicLine: string) =>
  verifySignature({
    armored,
    message,
    namespace,
    principal: "p",
    allowedSigners: `p ${publicLine}\n`,
    revoked: undefined,
    at: undefined,
  });

describe("ssh-keygen as signer", () => {
  it.each(["ed25519", "ecdsa-384", "rsa-3072"])("signs with %s what verify accepts", async (kind) => {
    const key = desk.key(kind);
    const signer = await keygenSigner(key.path, options());
    expect(signer).toMatchObject({ fingerprint: desk.fingerprint(key), publicKey: key.publicLine });
    expect(signer.signPlain).toBeUndefined();
    expect(accepted(await signer.sign(message, namespace), key.publicLine)).toMatchObject({ state: "ok" });
  });

  it("asks once for the passphrase of an encrypted key, and leaves nothing of it behind", async () => {
    const key = desk.key("ed25519", "päss $HOME 'x'");
    let asked = 0;
    const passphrase = async () => {
      asked += 1;
      return "päss $HOME 'x'";
    };
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith("scs-conformance-askpass-"));
    const signer = await keygenSigner(key.path, options({ passphrase }));
    for (const _ of [1, 2]) {
      expect(accepted(await signer.sign(message, namespace), key.publicLine)).toMatchObject({ state: "ok" });
    }
    expect(asked).toBe(1);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith("scs-conformance-askpass-"))).toEqual(before);
  });

  it("leaves the question to the person's own askpass when nobody else knows the passphrase", async () => {
    const key = desk.key("ed25519", "own");
    const own = desk.write("#!/bin/sh\necho own\n");
    chmodSync(own, 0o700);
    const passphrase = async () => undefined;
    const asking = { ...environment, SSH_ASKPASS: own, SSH_ASKPASS_REQUIRE: "force" };
    const signer = await keygenSigner(key.path, options({ passphrase, environment: asking }));
    expect(accepted(await signer.sign(message, namespace), key.publicLine)).toMatchObject({ state: "ok" });
  });

  it("signs through an agent with the public half alone", async () => {
    const key = desk.key("ecdsa-256");
    const agent = await desk.agent([key]);
    const alone = desk.write(`${key.publicLine}\n`);
    try {
      const signer = await keygenSigner(
        alone,
        options({ environment: { ...environment, SSH_AUTH_SOCK: agent.socket } }),
      );
      expect(accepted(await signer.sign(message, namespace), key.publicLine)).toMatchObject({ state: "ok" });
    } finally {
      await agent.stop();
    }
  });

  it("signs with a certificate, named by the fingerprint of its key", async () => {
    const [key, authority] = [desk.key("ed25519"), desk.key("ed25519")];
    const file = desk.certificate(authority, key, ["-n", "p", "-V", "20261101:20261201"]);
    const signer = await keygenSigner(file, options());
    expect(signer.fingerprint).toBe(desk.fingerprint(key));
    const armored = await signer.sign(message, namespace);
    const allowedSigners = `p cert-authority ${authority.publicLine}\n`;
    const question = { armored, message, namespace, principal: "p", allowedSigners, at: "2026-11-23T10:00:00Z" };
    expect(verifySignature({ ...question, revoked: undefined })).toMatchObject({
      state: "ok",
      fingerprint: signer.fingerprint,
    });
    expect(desk.verify(question).accepted).toBe(true);
  });
});

describe("what goes wrong is one line", () => {
  const encrypted = desk.key("ed25519", "right");
  const plain = desk.key("ed25519");
  const signed = async (file: string, more: Partial<KeygenOptions> = {}) =>
    (await keygenSigner(file, options(more))).sign(message, namespace);
  const line = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof UsageError)) throw error;
    expect(error.faults).toHaveLength(1);
    expect(error.faults[0]?.message).not.toMatch(/\n|@@@/);
    return error.faults[0]?.message;
  };

  it("a wrong passphrase", async () => {
    const passphrase = async () => "wrong";
    expect(await line(signed(encrypted.path, { passphrase }))).toMatch(
      /^ssh-keygen did not sign: .*incorrect passphrase/,
    );
  });

  it("nobody to ask", async () => {
    const passphrase = async () => undefined;
    expect(await line(signed(encrypted.path, { passphrase }))).toMatch(/^ssh-keygen did not sign: /);
  });

  it("a public key whose private half nobody holds", async () => {
    const alone = desk.write(`${plain.publicLine}\n`);
    expect(await line(signed(alone))).toMatch(/No private key found/);
  });

  it("a key that others may read", async () => {
    const open = desk.write(readFileSync(plain.path));
    chmodSync(open, 0o644);
    expect(await line(signed(open))).toMatch(/too open/);
  });

  it.each([
    ["no such file", path.join(desk.folder, "nowhere"), "the key cannot be read"],
    ["no key", desk.write("hello"), "the key cannot be used"],
    ["a folder", desk.folder, "the key cannot be read"],
  ])("%s", async (_, file, message) => {
    expect(await line(signed(file))).toContain(message);
  });

  it("no ssh-keygen", async () => {
    const bare = { PATH: path.join(desk.folder, "nothing") };
    expect(await line(signed(plain.path, { environment: bare }))).toBe("there is no ssh-keygen on this machine");
  });

  it("one that never ends is ended", async () => {
    const hanging = standIn("exec sleep 600");
    expect(await line(signed(plain.path, { environment: hanging, milliseconds: 200 }))).toMatch(
      /did not end within 0\.2 s/,
    );
  });

  it.each([
    ["prints nothing", "exit 0", /cannot be used: it does not start with/],
    ["prints without end", "yes", /cannot be used|did not sign/],
    ["says terrible things", "printf '\\033[2Jno\\n::error::x\\n' >&2; exit 1", /did not sign: \?\[2Jno; ::error::x/],
  ])("one that %s", async (_, script, message) => {
    expect(await line(signed(plain.path, { environment: standIn(script), milliseconds: 2_000 }))).toMatch(message);
  });

  it("one that signs with another key, or other bytes", async () => {
    const other = desk.key("ed25519");
    const program = (file: string, what: string) =>
      standIn(`cat >/dev/null; printf ${what} | ${"/usr/bin/ssh-keygen"} -q -Y sign -f ${file} -n ${namespace}`);
    expect(await line(signed(plain.path, { environment: program(other.path, "x") }))).toMatch(/by another key/);
    expect(await line(signed(plain.path, { environment: program(plain.path, "x") }))).toMatch(/not over these bytes/);
  });
});

it("a touch that it waits for is said on", async () => {
  const key = desk.key("ed25519");
  const script = `SSH_ASKPASS_PROMPT=none "$SSH_ASKPASS" "Confirm user presence for key ED25519-SK x"; exec /usr/bin/ssh-keygen "$@"`;
  const said: string[] = [];
  const signer = await keygenSigner(
    key.path,
    options({ environment: standIn(script), notice: (text) => said.push(text) }),
  );
  expect(accepted(await signer.sign(message, namespace), key.publicLine)).toMatchObject({ state: "ok" });
  expect(said).toEqual(["Confirm user presence for key ED25519-SK x"]);
});
