import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type Change, changed, changes } from "../../tests/support/mutation.ts";
import { armor, dearmor } from "./armor.ts";
import { fileSigner } from "./file-signer.ts";
import { OpensshDesk } from "./openssh.testing.ts";
import { verifySignature } from "./verify.ts";

const desk = new OpensshDesk();
afterAll(() => desk.remove());

const message = Buffer.from('{"subject":"cloud","verdict":"FAIL"}\n');
const namespace = "report";
const principal = "cloud";
const at = "2026-11-23T10:00:00Z";
const plain = await Promise.all(
  ["ed25519", "ecdsa-256", "rsa-2048"].map(async (kind) => {
    const key = desk.key(kind);
    const signer = await fileSigner(key.path, async () => undefined);
    return { allowedSigners: `* ${key.publicLine}\n`, armored: await signer.sign(message, namespace) };
  }),
);
const certified = ["ed25519", "ecdsa-256"].map((kind) => {
  const [key, authority] = [desk.key(kind), desk.key(kind)];
  const path = desk.certificate(authority, key, ["-n", principal, "-V", "20261101:20261201"]);
  const armored = desk.sign({ ...key, path }, message, namespace);
  return { allowedSigners: `* cert-authority ${authority.publicLine}\n`, armored };
});
const signed = [...plain, ...certified];

const mutation = fc.record({
  which: fc.nat(signed.length - 1),
  part: fc.constantFrom("blob", "message", "armor"),
  change: changes,
});

function mutate({ which, part, change: one }: { which: number; part: string; change: Change }) {
  const { armored, allowedSigners } = signed[which] ?? { armored: "", allowedSigners: "" };
  const question = {
    armored,
    message,
    namespace,
    principal,
    allowedSigners,
    revoked: undefined,
    at,
  };
  const texts = {
    blob: () => armor(changed(dearmor(armored), one)),
    armor: () => changed(Buffer.from(armored), one).toString("latin1"),
  };
  const mutated =
    part === "message"
      ? { ...question, message: changed(message, one) }
      : { ...question, armored: part === "blob" ? texts.blob() : texts.armor() };
  return { mutated, same: mutated.armored === armored && mutated.message.equals(message) };
}

describe("any change", () => {
  it("leaves the untouched signatures good", () => {
    for (const { armored, allowedSigners } of signed) {
      const question = {
        armored,
        message,
        namespace,
        principal,
        allowedSigners,
        revoked: undefined,
        at,
      };
      expect(verifySignature(question).state).toBe("ok");
      expect(desk.verify(question).accepted).toBe(true);
    }
  });

  it("of 1,000 makes a signature bad, never an exception", () => {
    const property = fc.property(mutation, (one) => {
      const { mutated, same } = mutate(one);
      fc.pre(!same);
      expect(verifySignature(mutated)).toMatchObject({ state: "bad", fingerprint: undefined });
    });
    fc.assert(property, { numRuns: 1000, seed: 20261123 });
  });

  it("of blob or message is refused by ssh-keygen too", () => {
    const inside = mutation.filter(({ part }) => part !== "armor");
    const property = fc.property(inside, (one) => {
      const { mutated, same } = mutate(one);
      fc.pre(!same);
      expect(desk.verify(mutated).accepted).toBe(false);
    });
    fc.assert(property, { numRuns: 150, seed: 20261123 });
  });

  it("of a single bit of an ed25519 signature file is found", () => {
    const { armored = "", allowedSigners } = signed[0] ?? {};
    const bytes = Buffer.from(armored);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const text = flipped.toString("latin1");
      const question = {
        armored: text,
        message,
        namespace,
        principal,
        allowedSigners,
        revoked: undefined,
        at,
      };
      expect(verifySignature(question).state, `bit ${bit}`).toBe("bad");
    }
  });
});
