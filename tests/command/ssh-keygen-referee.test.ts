/** 1,000 changed signatures, and what they are over, before ssh-keygen and before us: neither accepts one. */

import { expect, it } from "vitest";
import { verifySignature } from "../../src/signing/verify.ts";
import { fc } from "../support/fast-check.ts";
import { goodSignatures, mutated, mutations } from "../support/mutated-signatures.ts";
import { withDesk } from "../support/openssh-desk.ts";

it("ssh-keygen and verify refuse every one of 1,000 changes", { timeout: 600_000 }, async () => {
  const desk = withDesk();
  const signed = await goodSignatures(desk);
  // in the armor, ssh-keygen overlooks what stands behind the last line; we do not
  const inside = mutations(signed.length).filter(({ part }) => part !== "armor");
  const property = fc.property(inside, (mutation) => {
    const question = mutated(signed, mutation);
    fc.pre(question !== undefined);
    if (question === undefined) return;
    const accepted = desk.verify({ ...question, allowedSigners: question.allowedSigners ?? "" });
    expect({ accepted: accepted.accepted, ours: verifySignature(question).state }).toEqual({
      accepted: false,
      ours: "bad",
    });
  });
  fc.assert(property, { numRuns: 1000, seed: 20261123 });
});
