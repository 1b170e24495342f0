import { afterAll, describe, expect, it } from "vitest";
import { armor, dearmor } from "./armor.ts";
import { parseCertificate, plainKeyOf } from "./certificate.ts";
import { type KeyFile, OpensshDesk } from "./openssh.testing.ts";
import { publicBlobOfLine } from "./public-key.ts";
import { MalformedError } from "./ssh-wire.ts";
import { verifySignature } from "./verify.ts";

const desk = new OpensshDesk();
afterAll(() => desk.remove());

const message = Buffer.from("the report");
const namespace = "report@scs-conformance";
const principal = "my-cloud";
const at = "2026-11-23T10:00:00Z";
const during = ["-n", principal, "-V", "20261101:20261201"];

const authority = desk.key("ed25519");
const stranger = desk.key("ed25519");
const allowed = `${principal} cert-authority ${authority.publicLine}\n`;

function certified(key: KeyFile, args: readonly string[], by = authority): string {
  return desk.sign({ ...key, path: desk.certificate(by, key, args) }, message, namespace);
}

/** Our answer, and whether ssh-keygen gives the same. */
function asked(armored: string, more: object = {}) {
  const question = { armored, message, namespace, principal, allowedSigners: allowed, revoked: undefined, at, ...more };
  const { state, reason, fingerprint } = verifySignature(question);
  return { state, reason, fingerprint, accepted: desk.verify(question).accepted };
}

describe("a certificate", () => {
  const kinds = ["ed25519", "ecdsa-256", "ecdsa-384", "ecdsa-521", "rsa-3072"];

  it.each(kinds)("of %s lets its key speak for whom it names, as ssh-keygen says too", (kind) => {
    const key = desk.key(kind);
    const fingerprint = desk.fingerprint(key);
    expect(asked(certified(key, during))).toMatchObject({ state: "ok", accepted: true, fingerprint });
  });

  it.each(kinds)("by an authority with %s counts", (kind) => {
    const by = desk.key(kind);
    const armored = certified(desk.key("ed25519"), during, by);
    const allowedSigners = `* cert-authority ${by.publicLine}\n`;
    expect(asked(armored, { allowedSigners })).toMatchObject({ state: "ok", accepted: true });
  });

  const key = desk.key("ed25519");
  const good = certified(key, during);
  const other = { principal: "other", allowedSigners: `* cert-authority ${authority.publicLine}\n` };

  it.each<[string, string, object, RegExp]>([
    ["by another authority", certified(key, during, stranger), {}, /authority .* is not among the allowed signers/],
    ["for another subject", good, other, /does not name the subject/],
    [
      "whose authority may not speak for it",
      good,
      { ...other, allowedSigners: allowed },
      /allowed, but not to sign for "other"/,
    ],
    ["for everybody", certified(key, ["-V", "20261101:20261201"]), {}, /does not name the subject/],
    ["before its time", good, { at: "2026-10-31T23:59:59Z" }, /not valid yet/],
    ["at its end", good, { at: "2026-12-01T00:00:00Z" }, /no longer valid/],
    ["of a host", certified(key, ["-h", ...during]), {}, /a host's/],
    [
      "whose key is allowed, not its authority",
      good,
      { allowedSigners: `${principal} ${key.publicLine}\n` },
      /is not among/,
    ],
    [
      "whose authority is allowed as a plain key",
      good,
      { allowedSigners: `${principal} ${authority.publicLine}\n` },
      /is not among/,
    ],
    ["whose key is revoked", good, { revoked: `${key.publicLine}\n` }, /key is revoked/],
    ["whose authority is revoked", good, { revoked: `${authority.publicLine}\n` }, /authority .* revoked/],
    [
      "for another namespace",
      good,
      { allowedSigners: `${principal} cert-authority,namespaces="file" ${authority.publicLine}\n` },
      /does not allow the namespace/,
    ],
  ])("%s does not, for ssh-keygen neither", (_, armored, more, reason) => {
    expect(asked(armored, more)).toMatchObject({
      state: "untrusted",
      accepted: false,
      reason: expect.stringMatching(reason),
    });
  });

  it("with a limit that is not known does not, although ssh-keygen overlooks it", () => {
    const limited = certified(key, [...during, "-O", "force-command=true"]);
    expect(asked(limited)).toMatchObject({
      state: "untrusted",
      reason: expect.stringContaining("limited by an option"),
    });
  });

  it("ends, so without a trusted time nobody can tell", () => {
    const question = { armored: good, message, namespace, principal, allowedSigners: allowed, revoked: undefined };
    expect(verifySignature({ ...question, at: undefined })).toMatchObject({ state: "unchecked" });
    expect(verifySignature({ ...question, at, allowedSigners: undefined })).toMatchObject({ state: "unchecked" });
  });

  it("lends a plain signature of its key nothing", () => {
    expect(asked(desk.sign(key, message, namespace))).toMatchObject({ state: "untrusted", accepted: false });
  });

  it("is broken by any change of a byte, for ssh-keygen too", () => {
    const blob = dearmor(good);
    const begin = blob.indexOf("my-cloud") - 60;
    for (let offset = begin; offset < begin + 250; offset += 7) {
      const changed = Buffer.from(blob);
      changed[offset] = (changed[offset] ?? 0) ^ 0x11;
      const { state, accepted } = asked(armor(changed));
      expect({ offset, state: state === "ok", accepted }).toEqual({ offset, state: false, accepted: false });
    }
  });
});

describe("the bytes of a certificate", () => {
  const key = desk.key("rsa-2048");
  const blob = publicBlobOfLine(desk.read(desk.certificate(authority, key, during)));

  it("hold the plain key, with the same fingerprint", () => {
    expect(plainKeyOf(blob)).toEqual(publicBlobOfLine(key.publicLine));
    expect(parseCertificate(blob)).toMatchObject({ ofUser: true, principals: [principal], criticalOptions: [] });
  });

  it.each([
    ["cut", blob.subarray(0, -1)],
    ["with more behind", Buffer.concat([blob, Buffer.of(0)])],
    ["with another principal", Buffer.from(blob.toString("latin1").replace(principal, "my-clouD"), "latin1")],
  ])("%s are refused", (_, bytes) => {
    expect(() => parseCertificate(bytes)).toThrow(MalformedError);
  });
});
