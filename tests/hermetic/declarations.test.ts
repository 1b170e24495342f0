/** Declarations and waivers from the provider's file to the verifier's answer, with OpenSSH's own signatures as referee. */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { evaluateEvidence } from "../../src/app/evaluate-evidence.ts";
import { signTarget } from "../../src/app/sign-target.ts";
import { verifyRun } from "../../src/app/verify-run.ts";
import { embeddedScope } from "../../src/catalogue/scope.ts";
import { sealEvidence } from "../../src/evidence/seal.ts";
import { sha256 } from "../../src/model/digest.ts";
import type { Evidence, Inputs } from "../../src/model/evidence.ts";
import type { Report } from "../../src/model/report.ts";
import { reportText } from "../../src/model/report-text.ts";
import { ephemeralSigner } from "../../src/signing/key-signer.ts";
import { OpensshDesk } from "../../src/signing/openssh.testing.ts";
import { checkedAt, gathering, inputs } from "../support/judging.ts";
import { scratchFolder } from "../support/scratch.ts";

const desk = new OpensshDesk();
afterAll(() => desk.remove());

const subject = "cloud-1.36";
const declarationNamespace = "declaration@scs-conformance";
const reviewNamespace = "declaration-review@scs-conformance";
const requirement = "scs-0214-v2/control-plane-hosts";
const now = () => new Date(Date.parse(checkedAt) + 60_000);
const passphrase = async () => undefined;

const text = `subject: ${subject}
declarant: Jane Doe, Cloud Inc.
declarations:
  - requirement: ${requirement}
    claim: holds
    statement: three hosts
    declaredAt: 2026-10-01
    validUntil: 2027-03-01
`;

const waivers = `waivers:
  - { id: W-1, requirement: ${requirement}, subject: cloud-*, reason: r, approver: a, expires: 2027-01-01 }
`;

interface Workplace {
  readonly folder: string;
  readonly file: string;
  readonly evidence: string;
}

/** Evidence of a cluster of which next to nothing was seen, and a declarations file, not signed yet. */
function workplace(): Workplace {
  const folder = scratchFolder();
  const scope = embeddedScope("scs-compatible-kaas");
  const given = inputs({ subject, scope: { ...scope, sha256: sha256(scope.text) } });
  const place = { folder, file: path.join(folder, "d.yaml"), evidence: path.join(folder, "evidence.json") };
  writeFileSync(place.evidence, Buffer.concat(sealEvidence(gathering(), given).parts));
  writeFileSync(place.file, text);
  writeFileSync(path.join(folder, "w.yaml"), waivers);
  return place;
}

const signer = ephemeralSigner();
const declarant = ephemeralSigner();
const body = ephemeralSigner();

async function evaluated(place: Workplace, name: string, over: { subject?: string; waivers?: string[] } = {}) {
  const folder = path.join(place.folder, name);
  return evaluateEvidence({
    file: place.evidence,
    inputs: { declarations: [place.file], ...over },
    signing: { signer, passphrase },
    folder,
    formats: [],
  });
}

async function verified(place: Workplace, name: string, given: { declare?: string; review?: string } = {}) {
  const signers = (key: string, line: string | undefined) => {
    const file = path.join(place.folder, key);
    if (line !== undefined) writeFileSync(file, `${line}\n`);
    return line === undefined ? undefined : file;
  };
  const { exitCode, layers } = await verifyRun({
    target: path.join(place.folder, name),
    allowedSigners: signers("allowed", `* ${signer.publicKey}`),
    declarationSigners: signers("declare", given.declare),
    reviewSigners: signers("review", given.review),
    now,
  });
  const bad = layers.filter(({ state }) => state !== "ok").map((layer) => `${layer.name} ${layer.state}`);
  return { exitCode, bad, layer: layers.find((layer) => layer.name === "declarations") };
}

const sign = (file: string, key: typeof signer, review = false) =>
  signTarget(file, { signing: { signer: key, passphrase }, review, now });

const resultIn = ({ report }: { report: Report }) => report.results.find((one) => one.requirement === requirement);

describe("sign, for a declarations file", () => {
  it.each(["ed25519", "ecdsa-256", "rsa-3072"])(
    "makes with %s what ssh-keygen accepts, and accepts what it makes",
    async (kind) => {
      const place = workplace();
      const key = desk.key(kind);
      const { files, fingerprint } = await signTarget(place.file, {
        signing: { key: key.path, passphrase },
        review: false,
        now,
      });
      expect(files).toEqual([`${place.file}.sig`]);
      const question = {
        message: readFileSync(place.file),
        principal: subject,
        allowedSigners: `${subject} ${key.publicLine}\n`,
      };
      const armored = readFileSync(`${place.file}.sig`, "utf8");
      expect(desk.verify({ ...question, armored, namespace: declarationNamespace })).toMatchObject({ accepted: true });
      expect(desk.verify({ ...question, armored, namespace: reviewNamespace })).toMatchObject({ accepted: false });
      writeFileSync(`${place.file}.sig`, desk.sign(key, Buffer.from(text), declarationNamespace));
      expect(resultIn(await evaluated(place, "run"))).toMatchObject({
        outcome: "pass",
        declaration: { signedBy: fingerprint },
      });
    },
  );

  it("counter-signs for the assessment body, in a namespace of its own", async () => {
    const place = workplace();
    const [own, other] = [desk.key("ed25519"), desk.key("ed25519")];
    await signTarget(place.file, { signing: { key: own.path, passphrase }, review: false, now });
    const review = { signing: { key: other.path, passphrase }, review: true, now };
    expect((await signTarget(place.file, review)).files).toEqual([`${place.file}.review.sig`]);
    const armored = readFileSync(`${place.file}.review.sig`, "utf8");
    const question = { message: Buffer.from(text), principal: subject, allowedSigners: `* ${other.publicLine}\n` };
    expect(desk.verify({ ...question, armored, namespace: reviewNamespace })).toMatchObject({ accepted: true });
    writeFileSync(`${place.file}.review.sig`, desk.sign(other, Buffer.from(text), reviewNamespace));
    expect(resultIn(await evaluated(place, "run"))?.declaration).toMatchObject({
      reviewed: true,
      reviewedBy: desk.fingerprint(other),
    });
  });

  it.each([
    [
      "a file with faults",
      (file: string) => writeFileSync(file, text.replace("-hosts", "-host")),
      declarant,
      false,
      /did you mean/,
    ],
    ["a review of what nobody signed", () => undefined, body, true, /not signed by its declarant/],
    [
      "a review of what was changed since",
      async (file: string) => {
        await sign(file, declarant);
        writeFileSync(file, text.replace("three", "four"));
      },
      body,
      true,
      /not over these bytes/,
    ],
    ["a review by the declarant", (file: string) => sign(file, declarant), declarant, true, /this very key/],
    ["a review of a folder", (file: string) => rmSync(file), body, true, /no declarations file/],
  ] as const)("refuses %s", async (_, prepare, key, review, message) => {
    const { file } = workplace();
    await prepare(file);
    await expect(sign(file, key, review)).rejects.toThrow(message);
  });
});

describe("evaluate and verify", () => {
  const declare = `${subject} namespaces="${declarationNamespace}" ${declarant.publicKey}`;
  const review = `* namespaces="${reviewNamespace}" ${body.publicKey}`;

  it.each([
    ["who may", true, { declare }, 0, "ok", /1 declared, not reviewed/],
    ["nobody said who may", true, {}, 2, "unchecked", /--declaration-signers/],
    ["who may not", true, { declare: `* ${body.publicKey}` }, 4, "untrusted", /not among the allowed/],
    [
      "who may for another subject",
      true,
      { declare: declare.replace("cloud", "other") },
      4,
      "untrusted",
      /not to sign for/,
    ],
    [
      "who may in another namespace",
      true,
      { declare: `* namespaces="x" ${declarant.publicKey}` },
      4,
      "untrusted",
      /namespace/,
    ],
    [
      "who has ended",
      true,
      { declare: `* valid-before="20260101Z" ${declarant.publicKey}` },
      4,
      "untrusted",
      /no longer valid/,
    ],
    ["nobody", false, { declare }, 0, "none", /none of those that were given counts/],
  ] as const)("signed by %s", async (_, signed, given, exitCode, state, detail) => {
    const place = workplace();
    if (signed) await sign(place.file, declarant);
    await evaluated(place, "run");
    const answer = await verified(place, "run", given);
    expect(answer).toMatchObject({ exitCode, layer: { state, detail: expect.stringMatching(detail) } });
  });

  it.each([
    ["by the body", { declare, review }, 0, "ok", /all counter-signed/],
    ["by whom nobody named", { declare }, 2, "unchecked", /--review-signers/],
    ["by another", { declare, review: `* ${signer.publicKey}` }, 4, "untrusted", /not among the allowed/],
  ] as const)("counter-signed %s", async (_, given, exitCode, state, detail) => {
    const place = workplace();
    await sign(place.file, declarant);
    await sign(place.file, body, true);
    await evaluated(place, "run");
    const answer = await verified(place, "run", given);
    expect(answer).toMatchObject({ exitCode, layer: { state, detail: expect.stringMatching(detail) } });
  });

  it("says why one does not count, and says nothing of declarations where there are none", async () => {
    const place = workplace();
    await sign(place.file, declarant);
    const { report } = await evaluated(place, "other", { subject: "another-cloud" });
    expect(report.declarations).toMatchObject([
      { requirement, reason: "other-subject", signedBy: declarant.fingerprint },
    ]);
    writeFileSync(place.file, text.replace("three", "four"));
    expect((await evaluated(place, "changed")).report.declarations).toMatchObject([{ reason: "broken-signature" }]);
    expect(await verified(place, "changed")).toMatchObject({
      layer: { state: "none", lines: [expect.stringMatching(/control-plane-hosts \(d\.yaml\) does not count: /)] },
    });
    await evaluateEvidence({
      file: place.evidence,
      inputs: {},
      signing: { signer, passphrase },
      folder: path.join(place.folder, "bare"),
      formats: [],
    });
    expect(await verified(place, "bare")).toEqual({ exitCode: 0, bad: [], layer: undefined });
  });

  it("gives the same bytes from the same files, and from the evidence alone", async () => {
    const place = workplace();
    await sign(place.file, declarant);
    const first = await evaluated(place, "one", { waivers: [path.join(place.folder, "w.yaml")] });
    const second = await evaluated(place, "two", { waivers: [path.join(place.folder, "w.yaml")] });
    expect(second.text).toBe(first.text);
    rmSync(place.file);
    const again = await evaluateEvidence({
      file: path.join(place.folder, "one", "evidence.json"),
      inputs: {},
      signing: { signer, passphrase },
      folder: path.join(place.folder, "three"),
      formats: [],
    });
    expect(again.text).toBe(first.text);
    expect(first.report.waivers).toMatchObject([{ id: "W-1", state: "unused" }]);
  });

  it("tells the faults of all files at once", async () => {
    const place = workplace();
    const second = path.join(place.folder, "e.yaml");
    writeFileSync(place.file, text.replace("holds", "hold"));
    writeFileSync(second, text.replace("-hosts", "-host"));
    const asked = evaluateEvidence({
      file: place.evidence,
      inputs: { declarations: [place.file, second] },
      signing: { passphrase },
      folder: path.join(place.folder, "run"),
      formats: [],
    });
    await expect(asked).rejects.toThrow(/d\.yaml:5:12: [^\n]*\n[^\n]*e\.yaml:4:18: /);
  });

  it("refuses one waiver in two files", async () => {
    const place = workplace();
    const [one, two] = [path.join(place.folder, "w.yaml"), path.join(place.folder, "v.yaml")];
    cpSync(one, two);
    await expect(evaluated(place, "run", { waivers: [one, two] })).rejects.toThrow(/W-1 stands in .*w\.yaml as well/);
  });
});

describe("what is changed afterwards", () => {
  type Change = (inputs: Inputs, report: Report) => void;
  const source = ({ declarationFiles = [] }: Inputs) => declarationFiles[0] ?? { name: "", text: "", sha256: "" };
  const declare = `* ${declarant.publicKey}`;

  /** A signed run, changed by somebody who seals and signs all of it anew. */
  async function forged(change: Change, { resealed = true, judgedAnew = false } = {}) {
    const place = workplace();
    await sign(place.file, declarant);
    await evaluated(place, "run");
    const file = (name: string) => path.join(place.folder, "run", name);
    const evidence = JSON.parse(readFileSync(file("evidence.json"), "utf8")) as Evidence;
    const report = JSON.parse(readFileSync(file("report.json"), "utf8")) as Report;
    change(evidence.inputs, report);
    const sealed = sealEvidence(evidence.facts.gathering, evidence.inputs);
    writeFileSync(file("evidence.json"), Buffer.concat(sealed.parts));
    if (resealed) {
      const forgery = reportText({ ...report, evidence: { ...report.evidence, sha256: sealed.sha256 } });
      writeFileSync(file("report.json"), forgery);
      writeFileSync(file("report.json.sig"), await signer.sign(Buffer.from(forgery), "report@scs-conformance"));
      rmSync(file("report.scs.yaml"));
    }
    if (judgedAnew) {
      rmSync(place.file);
      cpSync(file("evidence.json"), place.evidence);
      rmSync(path.join(place.folder, "run"), { recursive: true });
      const anew = { file: place.evidence, inputs: {}, signing: { signer, passphrase }, formats: [] };
      await evaluateEvidence({ ...anew, folder: path.join(place.folder, "run") });
    }
    return verified(place, "run", { declare });
  }

  const reworded: Change = (given) => {
    const file = source(given);
    file.text = file.text.replace("three", "four");
    file.sha256 = sha256(file.text);
  };
  const resigned: Change = (given) => {
    const file = source(given);
    file.signature = desk.sign(desk.key("ed25519"), Buffer.from(file.text), declarationNamespace);
  };
  const flipped: Change = (given) => {
    const file = source(given);
    const lines = (file.signature ?? "").split("\n");
    lines[4] = (lines[4] ?? "").replace(/^./, (letter) => (letter === "A" ? "B" : "A"));
    file.signature = lines.join("\n");
  };
  const dropped: Change = (given) => {
    delete source(given).signature;
  };
  const unreadable: Change = (given) => {
    const file = source(given);
    file.text = "declarations: {";
    file.sha256 = sha256(file.text);
  };
  const misnamed: Change = (_, report) => {
    for (const { declaration } of report.results) if (declaration) declaration.signedBy = body.fingerprint;
  };
  const reviewed: Change = (_, report) => {
    for (const { declaration } of report.results) if (declaration) declaration.reviewed = true;
  };

  it.each([
    ["nothing", () => undefined, []],
    ["the statement", reworded, ["recomputation bad", "declarations bad"]],
    [
      "the statement, with its old digest",
      (given: Inputs) => {
        source(given).text += "\n";
      },
      ["digests bad", "recomputation bad", "declarations bad"],
    ],
    ["the signature", flipped, ["recomputation bad", "declarations bad"]],
    ["the signature, dropped", dropped, ["recomputation bad", "declarations bad"]],
    ["the signature, by another key", resigned, ["recomputation bad", "declarations bad"]],
    ["the file, to no YAML", unreadable, ["recomputation bad", "declarations bad"]],
    ["the signer that the report names", misnamed, ["recomputation bad", "declarations bad"]],
    ["the report, to one that was reviewed", reviewed, ["recomputation bad", "declarations bad"]],
  ] as const)("all sealed anew: %s", async (_, change, bad) => {
    expect(await forged(change)).toMatchObject({ bad, exitCode: bad.length > 0 ? 4 : 0 });
  });

  it("without a seal the digest of the evidence tells", async () => {
    expect(await forged(reworded, { resealed: false })).toMatchObject({
      exitCode: 4,
      bad: expect.arrayContaining(["digests bad"]),
    });
  });

  it("judged anew as well: another key is untrusted, and no signature counts for nothing", async () => {
    expect(await forged(resigned, { judgedAnew: true })).toMatchObject({
      exitCode: 4,
      bad: ["declarations untrusted"],
    });
    expect(await forged(dropped, { judgedAnew: true })).toMatchObject({ exitCode: 0, bad: ["declarations none"] });
  });
});
