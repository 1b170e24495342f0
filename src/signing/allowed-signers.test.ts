import { afterAll, describe, expect, it } from "vitest";
import { UsageError } from "../model/faults.ts";
import { ephemeralSigner } from "./key-signer.ts";
import { OpensshDesk } from "./openssh.testing.ts";
import { verifySignature } from "./verify.ts";

const desk = new OpensshDesk();
afterAll(() => desk.remove());

const message = Buffer.from("bytes");
const namespace = "report@scs-conformance";
const signer = ephemeralSigner();
const other = ephemeralSigner();
const armored = await signer.sign(message, namespace);
const K = signer.publicKey;
const O = other.publicKey;
const long = "x".repeat(1022);

/** Allowed signers, who is asked for (default `p`), when (default 2026-11-23T10:00:00Z), whether they may. */
const table: readonly [string, { as?: string; at?: string; revoked?: string }, boolean][] = [
  // principals
  [`p ${K}`, {}, true],
  [`P ${K}`, {}, false],
  [`q ${K}`, {}, false],
  [`a,p,b ${K}`, {}, true],
  [`a, p ${K}`, {}, false],
  [`* ${K}`, {}, true],
  [`*,!p ${K}`, {}, false],
  [`!p,* ${K}`, {}, false],
  [`!q,* ${K}`, {}, true],
  [`!q ${K}`, {}, false],
  [`p, ${K}`, {}, true],
  [`,p ${K}`, {}, true],
  [`? ${K}`, {}, true],
  [`?? ${K}`, {}, false],
  [`?? ${K}`, { as: "ü" }, true],
  [`? ${K}`, { as: "ü" }, false],
  [`*@scs.community ${K}`, { as: "mail@scs.community" }, true],
  [`*@scs.community ${K}`, { as: "mail@SCS.community" }, false],
  [`a*b*c ${K}`, { as: "aXXbYYc" }, true],
  [`a*b*c ${K}`, { as: "aXXbYY" }, false],
  [`a**?c ${K}`, { as: "abc" }, true],
  [`"p" ${K}`, {}, true],
  [`"a,p" ${K}`, {}, true],
  [`"a cloud" ${K}`, { as: "a cloud" }, true],
  [`"a,a cloud" ${K}`, { as: "a cloud" }, true],
  [`a" cloud" ${K}`, { as: "a cloud" }, true],
  [`"p ${K}`, {}, false],
  [`"p"${K}`, {}, true],
  [`"p",q ${K}`, {}, false],
  [`[p] ${K}`, {}, false],
  [`${long},p ${K}`, {}, true],
  [`${long}x,p ${K}`, {}, false],
  [K, {}, false],
  [K, { as: "ssh-ed25519" }, false],
  // lines
  ["", {}, false],
  [`# p ${K}`, {}, false],
  [`#p ${K}`, { as: "#p" }, false],
  [`   \t p \t ${K}\t comment with "quotes`, {}, true],
  [`p ${K}\r`, {}, true],
  [`\r\np ${K} comment\r\n`, {}, true],
  [`\n\n# hello\n\np ${O}\np ${K}\n`, {}, true],
  [`p nonsense\np ${K}`, {}, true],
  [`p bad-option ${K}\np ${K}`, {}, true],
  [`p ${O}`, {}, false],
  [`p ${K.replace(" ", "\t")}`, {}, true],
  [`p ${K.replace(" ", "   ")}`, {}, true],
  [`p ${K.replace("ssh-ed25519", "ssh-rsa")}`, {}, false],
  [`p ${K.replace("ssh-ed25519", "SSH-ED25519")}`, {}, false],
  [`p ${K.slice(0, -4)}`, {}, false],
  [`p ${K.slice(0, -1)}!`, {}, false],
  ["p ssh-ed25519", {}, false],
  ["p", {}, false],
  [`p * ${K}`, {}, false],
  // namespaces
  [`p namespaces="${namespace}" ${K}`, {}, true],
  [`p namespaces="report" ${K}`, {}, false],
  [`p namespaces="file,report@*" ${K}`, {}, true],
  [`p namespaces="*,!report@*" ${K}`, {}, false],
  [`p NameSpaces="${namespace}" ${K}`, {}, true],
  [`p namespaces=${namespace} ${K}`, {}, false],
  [`p namespaces="" ${K}`, {}, false],
  [`p namespaces="x ${K}`, {}, false],
  [`p namespaces="*",namespaces="*" ${K}`, {}, false],
  [`p namespaces="a b,*" ${K}`, {}, true],
  [`p namespaces="a\\"b,*" ${K}`, {}, true],
  [`p namespaces="report"\np namespaces="*" ${K}`, {}, true],
  [`p namespaces="report" ${K}\np ${K}`, {}, true],
  // options
  [`p cert-authority ${K}`, {}, false],
  [`p cert-authority ${K}\np ${K}`, {}, true],
  [`p CERT-AUTHORITY,namespaces="*" ${K}`, {}, false],
  [`p namespaces="*", ${K}`, {}, false],
  [`p namespaces="*",,valid-before="20270101Z" ${K}`, {}, true],
  [`p namespaces="*",,valid-before="20200101Z" ${K}`, {}, false],
  [`p ,namespaces="*" ${K}`, {}, true],
  [`p cert-authorityx ${K}`, {}, false],
  [`p namespaces="*" valid-before="20270101Z" ${K}`, {}, false],
  [`p unknown ${K}`, {}, false],
  [`p namespaces="*",unknown="x" ${K}`, {}, false],
  [`p no-touch-required ${K}`, {}, false],
  // windows
  [`p valid-after="20261123100000Z" ${K}`, {}, true],
  [`p valid-after="20261123100001Z" ${K}`, {}, false],
  [`p valid-before="20261123100000Z" ${K}`, {}, true],
  [`p valid-before="20261123095959Z" ${K}`, {}, false],
  [`p valid-after="20260101Z",valid-before="20270101Z" ${K}`, {}, true],
  [`p valid-after="202611231000Z" ${K}`, {}, true],
  [`p valid-after="202611231001z" ${K}`, {}, false],
  [`p valid-after="20261123Z" ${K}`, { at: "2026-11-23T00:00:00Z" }, true],
  [`p valid-after="20261123Z" ${K}`, { at: "2026-11-22T23:59:59Z" }, false],
  [`p valid-before="20261123Z" ${K}`, { at: "2026-11-23T00:00:01Z" }, false],
  [`p valid-after="20270101Z",valid-before="20260101Z" ${K}`, {}, false],
  [`p valid-after="20260101Z",valid-before="20260101Z" ${K}`, { at: "2026-01-01T00:00:00Z" }, false],
  [`p valid-after="20260101Z",valid-after="20260101Z" ${K}`, {}, false],
  [`p valid-after="2026-01-01Z" ${K}`, {}, false],
  [`p valid-after="2026010Z" ${K}`, {}, false],
  [`p valid-after="20261301Z" ${K}`, {}, false],
  [`p valid-after="" ${K}`, {}, false],
  [`p valid-after=20260101Z ${K}`, {}, false],
  [`p valid-after="20270101Z" ${K}\np valid-before="20261201Z" ${K}`, {}, true],
  // revoked
  [`p ${K}`, { revoked: "" }, true],
  [`p ${K}`, { revoked: `# none\n${O}\n` }, true],
  [`p ${K}`, { revoked: `${O}\n  ${K} with a comment\n` }, false],
];

describe("allowed signers, row by row as ssh-keygen decides", () => {
  it.each(table)("%j for %j: %s", (allowedSigners, { as = "p", at = "2026-11-23T10:00:00Z", revoked }, expected) => {
    const question = { armored, message, namespace, principal: as, allowedSigners, revoked, at };
    const ours = verifySignature(question);
    const referee = desk.verify(question);
    expect(referee, referee.output).toMatchObject({ accepted: expected });
    expect(ours, referee.output).toMatchObject({ state: expected ? "ok" : "untrusted" });
  });
});

describe("where we are stricter than ssh-keygen", () => {
  const ask = (allowedSigners: string) =>
    verifySignature({
      armored,
      message,
      namespace,
      principal: "p",
      allowedSigners,
      revoked: undefined,
      at: "2026-11-23T10:00:00Z",
    });

  it("a time without Z is refused, each with its line", () => {
    const text = `p valid-after="20260101" ${K}\np ${K}\nq valid-before="202601010000" ${O}\n`;
    expect(() => ask(text)).toThrow(UsageError);
    expect(() => ask(text)).toThrow(
      /allowed signers:1: valid-after .*write Z\nallowed signers:3: valid-before .*write Z/,
    );
  });

  it("files beyond any use are refused before they cost time", () => {
    expect(() => ask("p x\n".repeat(300_000))).toThrow("too many");
    expect(() => ask("\n".repeat(10_001))).toThrow("too many");
  });

  it("a date that does not exist voids its line", () => {
    expect(ask(`p valid-after="20260231Z" ${K}`)).toMatchObject({ state: "untrusted" });
  });
});
