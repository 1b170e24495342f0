import { afterAll, describe, expect, it } from "vitest";
import { fc } from "../../tests/support/fast-check.ts";
import { goodSignatures, mutated, mutations } from "../../tests/support/mutated-signatures.ts";
import { OpensshDesk } from "./openssh.testing.ts";
import { verifySignature } from "./verify.ts";

const desk = new OpensshDesk();
afterAll(() => desk.remove());
const signed = await goodSignatures(desk);

describe("any change", () => {
  it("leaves the untouched signatures good", () => {
    for (const question of signed) {
      expect(verifySignature(question).state).toBe("ok");
      expect(desk.verify({ ...question, allowedSigners: question.allowedSigners ?? "" }).accepted).toBe(true);
    }
  });

  // tests/command/ssh-keygen-referee.test.ts asks ssh-keygen the same
  it("of 1,000 makes a signature bad, never an exception", () => {
    const property = fc.property(mutations(signed.length), (mutation) => {
      const question = mutated(signed, mutation);
      fc.pre(question !== undefined);
      if (question) expect(verifySignature(question)).toMatchObject({ state: "bad", fingerprint: undefined });
    });
    fc.assert(property, { numRuns: 1000, seed: 20261123 });
  });

  it("of a single bit of an ed25519 signature file is found", () => {
    const [question] = signed;
    if (question === undefined) throw new Error("no signature");
    const bytes = Buffer.from(question.armored);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const armored = flipped.toString("latin1");
      expect(verifySignature({ ...question, armored }).state, `bit ${bit}`).toBe("bad");
    }
  });
});
