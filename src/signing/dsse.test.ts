import { spawnSync } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { bundleFromJSON } from "@sigstore/bundle";
import { toSignedEntity, Verifier } from "@sigstore/verify";
import { afterAll, describe, expect, it, test } from "vitest";
import { fc } from "../../tests/support/fast-check.ts";
import { changed, changes } from "../../tests/support/mutation.ts";
import type { Signer } from "../model/signer.ts";
import { agentSigner } from "./agent-signer.ts";
import { envelopeText, parseEnvelope, preAuthEncoding } from "./dsse.ts";
import { fileSigner } from "./file-signer.ts";
import { ephemeralSigner } from "./key-signer.ts";
import { OpensshDesk } from "./openssh.testing.ts";
import { parsePublicLine } from "./public-key.ts";
import { MalformedError } from "./ssh-wire.ts";
import { verifyEnvelope } from "./verify-dsse.ts";

const desk = new OpensshDesk();
afterAll(() => desk.remove());

const payloadType = "application/vnd.in-toto+json";
const payload = Buffer.from('{"_type":"https://in-toto.io/Statement/v1","n":"größer"}\n');
const principal = "my-cloud";
const namespace = "report@scs-conformance";

async function enveloped(signer: Signer, keyid = signer.fingerprint): Promise<string> {
  if (signer.signPlain === undefined) throw new Error("this signer signs no plain bytes");
  const sig = await signer.signPlain(preAuthEncoding(payloadType, payload));
  return envelopeText({ payloadType, payload, signatures: [{ keyid, sig }] });
}

function asked(text: string, allowedSigners: string | undefined, more: object = {}) {
  const isPayload = (bytes: Buffer) => bytes.equals(payload);
  const question = { text, payloadType, isPayload, namespace, principal, allowedSigners, beside: undefined };
  return verifyEnvelope({ ...question, revoked: undefined, at: undefined, ...more });
}

/** By the specification: `"DSSEv1" SP LEN(type) SP type SP LEN(body) SP body`, in another language and by another hand. */
const python = `
import base64, json, sys
e = json.load(sys.stdin)
t, b = e["payloadType"].encode(), base64.b64decode(e["payload"], validate=True)
sys.stdout.buffer.write(b"DSSEv1 %d %s %d %s" % (len(t), t, len(b), b))
`;

const hashes = {
  "ecdsa-384": "-sha384",
  "ecdsa-521": "-sha512",
  "ecdsa-256": "-sha256",
  "rsa-3072": "-sha256",
} as const;
const kinds = ["ed25519", "ecdsa-256", "ecdsa-384", "ecdsa-521", "rsa-3072"] as const;

describe.each(kinds)("an envelope signed with %s", (kind) => {
  const key = desk.key(kind);
  const pem = createPublicKey(parsePublicLine(key.publicLine).key.export({ format: "pem", type: "spki" }));
  const signers = async () => {
    const agent = await desk.agent([key]);
    const held = await agentSigner(desk.fingerprint(key), agent.socket);
    return { file: await fileSigner(key.path, async () => undefined), held, stop: agent.stop };
  };

  it("is good for verify, from a file and from an agent", async () => {
    const { file, held, stop } = await signers();
    try {
      for (const signer of [file, held]) {
        const allowed = `${principal} ${key.publicLine}\n`;
        for (let round = 0; round < (kind.startsWith("ecdsa") ? 8 : 1); round++) {
          expect(asked(await enveloped(signer), allowed)).toMatchObject({ state: "ok", fingerprint: file.fingerprint });
        }
      }
    } finally {
      await stop();
    }
  });

  test.runIf(spawnSync("python3", ["-c", "import json"]).status === 0)("is good for openssl", async () => {
    const text = await enveloped(await fileSigner(key.path, async () => undefined));
    const { stdout: encoded } = spawnSync("python3", ["-c", python], { input: text });
    const [signature] = parseEnvelope(text).signatures;
    const files = [
      desk.write(pem.export({ format: "pem", type: "spki" })),
      desk.write(signature?.sig ?? ""),
      desk.write(encoded),
    ] as const;
    const args =
      kind === "ed25519"
        ? ["pkeyutl", "-verify", "-pubin", "-inkey", files[0], "-rawin", "-in", files[2], "-sigfile", files[1]]
        : ["dgst", hashes[kind], "-verify", files[0], "-signature", files[1], files[2]];
    const said = spawnSync("openssl", args, { encoding: "utf8" });
    expect({ status: said.status, said: said.stdout.trim() }).toMatchObject({
      status: 0,
      said: expect.stringMatching(/OK|Successfully/),
    });
  });
});

/** Sigstore's library takes these; for the larger curves it knows one hash, and not that of the curve. */
it.each(["ed25519", "ecdsa-256", "rsa-3072"])("sigstore verifies what %s signed, and nothing else", async (kind) => {
  const key = desk.key(kind);
  const publicKey = createPublicKey(parsePublicLine(key.publicLine).key.export({ format: "pem", type: "spki" }));
  const trust = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [] };
  const found = { ...trust, publicKey: () => ({ publicKey, validFor: () => true }) };
  const verifier = new Verifier(found, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 });
  const check = (text: string) => {
    const bundle = bundleFromJSON({
      mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
      verificationMaterial: { publicKey: { hint: "" }, tlogEntries: [] },
      dsseEnvelope: JSON.parse(text),
    });
    return verifier.verify(toSignedEntity(bundle));
  };
  const text = await enveloped(await fileSigner(key.path, async () => undefined));
  expect(check(text).key).toBeDefined();
  const other = { ...JSON.parse(text), payload: Buffer.from("{}").toString("base64") };
  expect(() => check(JSON.stringify(other))).toThrow();
});

describe("an answer", async () => {
  const [signer, other] = [ephemeralSigner(), ephemeralSigner()];
  const text = await enveloped(signer);
  const allowed = `${principal} ${signer.publicKey}\n`;
  const beside = await signer.sign(Buffer.from("report"), namespace);
  const reworked = (how: (envelope: { [field: string]: unknown }) => object) =>
    `${JSON.stringify(how(JSON.parse(text)), null, 2)}\n`;

  it.each<[string, string, string | undefined, object, string, RegExp]>([
    ["without allowed signers, and no key at hand", text, undefined, {}, "unchecked", /holds no key/],
    [
      "without allowed signers, by the key of the signature beside",
      text,
      undefined,
      { beside },
      "unchecked",
      /is intact/,
    ],
    [
      "by a key that is not allowed",
      text,
      `${principal} ${other.publicKey}\n`,
      {},
      "unchecked",
      /not among the allowed/,
    ],
    [
      "by a key that is not allowed, and signed the report",
      text,
      `${principal} ${other.publicKey}\n`,
      { beside },
      "untrusted",
      /not among/,
    ],
    ["for another subject", text, `else ${signer.publicKey}\n`, {}, "untrusted", /not to sign for/],
    ["by a revoked key", text, allowed, { revoked: `${signer.publicKey}\n` }, "untrusted", /revoked/],
    [
      "at a time when the key may not",
      text,
      `${principal} valid-before="20200101Z" ${signer.publicKey}\n`,
      { at: "2026-11-23T10:00:00Z" },
      "untrusted",
      /no longer valid/,
    ],
    [
      "over another payload than the report gives",
      text,
      allowed,
      { isPayload: () => false },
      "bad",
      /not the statement/,
    ],
    ["of another type", text, allowed, { payloadType: "text/plain" }, "bad", /payload is not text/],
    [
      "by an allowed key in the name of a key that nobody knows",
      await enveloped(signer, `SHA256:${"A".repeat(43)}`),
      allowed,
      {},
      "bad",
      /names another key/,
    ],
    [
      "in the name of another key",
      await enveloped(other, signer.fingerprint),
      allowed,
      {},
      "bad",
      /not over this payload/,
    ],
    [
      "with two signatures",
      reworked((e) => ({ ...e, signatures: [e.signatures, e.signatures].flat() })),
      allowed,
      {},
      "bad",
      /more than one/,
    ],
    ["with none", reworked((e) => ({ ...e, signatures: [] })), allowed, {}, "bad", /no signature/],
    ["with a field more", reworked((e) => ({ ...e, x: 1 })), allowed, {}, "bad", /form/],
    ["that is no object", "[]\n", allowed, {}, "bad", /not an object/],
    ["that is no JSON", "{", allowed, {}, "bad", /not JSON/],
    ["without end", " ".repeat(5_000_000), allowed, {}, "bad", /too long/],
  ])("%s", (_, given, allowedSigners, more, state, reason) => {
    expect(asked(given, allowedSigners, more)).toMatchObject({ state, reason: expect.stringMatching(reason) });
  });

  it("is good for what nobody changed", () => {
    expect(asked(text, allowed)).toMatchObject({ state: "ok", fingerprint: signer.fingerprint });
  });
});

describe("any change of 1,000", () => {
  it("to an envelope makes it bad, never an exception", async () => {
    const signed = await Promise.all(
      ["ed25519", "ecdsa-256", "rsa-2048"].map(async (kind) => {
        const key = desk.key(kind);
        const text = await enveloped(await fileSigner(key.path, async () => undefined));
        return { text, allowed: `* ${key.publicLine}\n` };
      }),
    );
    const property = fc.property(fc.constantFrom(...signed), changes, ({ text, allowed }, change) => {
      const mutated = changed(Buffer.from(text), change).toString("latin1");
      fc.pre(mutated !== text);
      const { state } = asked(mutated, allowed);
      expect(state).toBe("bad");
    });
    fc.assert(property, { numRuns: 1000, seed: 20261123 });
  });

  it("leaves the untouched one good", async () => {
    const signer = ephemeralSigner();
    expect(asked(await enveloped(signer), `* ${signer.publicKey}\n`).state).toBe("ok");
  });
});

it("reads only what it writes", () => {
  const envelope = { payloadType, payload, signatures: [{ keyid: "k", sig: Buffer.from("s") }] };
  expect(parseEnvelope(envelopeText(envelope))).toEqual(envelope);
  expect(() => parseEnvelope(JSON.stringify(JSON.parse(envelopeText(envelope))))).toThrow(MalformedError);
});
