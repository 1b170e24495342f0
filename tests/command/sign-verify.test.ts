/** Signing and verifying as two people with ssh-keygen would: both ways, every layer, every exit code. */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { jsonText } from "../../src/model/report-text.ts";
import type { KeyFile, OpensshDesk } from "../../src/signing/openssh.testing.ts";
import { run } from "../support/command.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { withDesk } from "../support/openssh-desk.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

const subject = "my-cloud-1.37";

async function checked(args: readonly string[] = [], env: { [name: string]: string } = {}): Promise<string> {
  const server = await cluster();
  const cwd = scratchFolder();
  const given = ["check", "--kubeconfig", server.kubeconfigFile, "-o", "run", "--subject", subject];
  const { code, stderr } = await run([...given, "--data", releaseFile(), ...args], { cwd, env });
  expect({ code, stderr }).toMatchObject({ code: 2 });
  return cwd;
}

const layersOf = (stdout: string) =>
  Object.fromEntries([...stdout.matchAll(/^(\w+(?: form)?) {2,}(\w+) {2,}/gm)].map(([, name, state]) => [name, state]));

/** Verifies the run in a folder with an allowed signers file of the given text. */
async function verified(cwd: string, allowed?: string, args: readonly string[] = []) {
  if (allowed !== undefined) writeFileSync(path.join(cwd, "allowed"), allowed);
  const signers = allowed === undefined ? [] : ["--allowed-signers", "allowed"];
  const ended = await run(["verify", "run", ...signers, ...args], { cwd });
  return { ...ended, layers: layersOf(ended.stdout) };
}

const every = {
  bytes: "ok",
  digests: "ok",
  signature: "ok",
  signer: "ok",
  time: "ok",
  recomputation: "ok",
  "monitor form": "ok",
};

function acceptedBySshKeygen(desk: OpensshDesk, key: KeyFile, folder: string): readonly boolean[] {
  return (
    [
      ["report.json", "report@scs-conformance"],
      ["report.scs.yaml", "report"],
    ] as const
  ).map(([name, namespace]) => {
    const question = {
      armored: readFileSync(path.join(folder, `${name}.sig`), "utf8"),
      message: readFileSync(path.join(folder, name)),
      namespace,
      principal: subject,
      allowedSigners: `${subject} ${key.publicLine}\n`,
    };
    return desk.verify(question).accepted;
  });
}

describe("check --key, sign --agent, and ssh-keygen", () => {
  it("agree on both files and both namespaces", async () => {
    const desk = withDesk();
    const key = desk.key("ed25519", "a passphrase");
    const env = { SCS_CONFORMANCE_KEY_PASSPHRASE: "a passphrase" };
    const cwd = await checked(["--key", key.path], env);
    expect(acceptedBySshKeygen(desk, key, path.join(cwd, "run"))).toEqual([true, true]);
    expect(left(cwd, "run").report.gatheredBy).toBe(desk.fingerprint(key));
    const { code, layers, stdout } = await verified(cwd, `${subject} ${key.publicLine}\n`);
    expect({ code, layers }).toEqual({ code: 0, layers: every });
    expect(stdout).toMatch(new RegExp(`^${subject}: MISS as of .*Z holds\\.$`, "m"));
    expect(stdout).toContain("who also gathered the evidence");
  });

  it.each(["ecdsa-256", "rsa-3072"])("agree for %s in an agent, signed after the run", async (kind) => {
    const desk = withDesk();
    const key = desk.key(kind);
    const agent = await desk.agent([key]);
    onTestFinished(agent.stop);
    const cwd = await checked();
    const env = { SSH_AUTH_SOCK: agent.socket };
    const signed = await run(["sign", "run", "--agent", desk.fingerprint(key)], { cwd, env });
    expect(signed).toMatchObject({ code: 0, stdout: "" });
    expect(signed.stderr).toMatch(/^Signed by SHA256:\S+: report\.json\.sig, report\.scs\.yaml\.sig\.$/m);
    expect(acceptedBySshKeygen(desk, key, path.join(cwd, "run"))).toEqual([true, true]);
    expect(await verified(cwd, `${subject} ${key.publicLine}\n`)).toMatchObject({ code: 0, layers: every });
  });

  it("works the other way: what ssh-keygen signed, verify accepts", async () => {
    const desk = withDesk();
    const key = desk.key("ed25519");
    const cwd = await checked();
    const signature = desk.sign(key, readFileSync(path.join(cwd, "run/report.json")), "report@scs-conformance");
    writeFileSync(path.join(cwd, "run/report.json.sig"), signature);
    const { code, stdout } = await verified(cwd, `${subject} ${key.publicLine}\n`);
    expect(code).toBe(0);
    expect(stdout).toContain("who gathered the evidence is not said");
  });
});

describe("verify", () => {
  const layered = "says which layer does not hold, prints all of them, and exits with 4, or 2 where it could not tell";
  it(layered, { timeout: 240_000 }, async () => {
    const desk = withDesk();
    const [key, other] = [desk.key("ed25519"), desk.key("ed25519")];
    const allowed = `${subject} ${key.publicLine}\n`;
    const original = await checked(["--key", key.path]);
    const attempt = async (
      name: string,
      code: number,
      layers: { readonly [layer: string]: string | undefined },
      change: (folder: string, edit: (file: string, how: (text: string) => string) => void) => void,
      signers: string | undefined = allowed,
      args: readonly string[] = [],
    ) => {
      const cwd = scratchFolder();
      cpSync(path.join(original, "run"), path.join(cwd, "run"), { recursive: true });
      const folder = path.join(cwd, "run");
      change(folder, (file, how) => {
        const place = path.join(folder, file);
        writeFileSync(place, how(readFileSync(place, "latin1")), "latin1");
      });
      const said = await verified(cwd, signers === "none" ? undefined : signers, args);
      expect({ name, code: said.code, layers: said.layers }).toEqual({ name, code, layers: { ...every, ...layers } });
      return said.stdout;
    };
    const keep = () => undefined;
    const blind = {
      digests: "unchecked",
      signature: "unchecked",
      signer: "unchecked",
      time: "unchecked",
      recomputation: "unchecked",
    };
    const noReport = { ...blind, bytes: "bad", "monitor form": undefined };
    const unsigned = { signature: "bad", signer: "unchecked" };

    await attempt("nothing changed", 0, {}, keep);
    await attempt("no allowed signers", 2, { signer: "unchecked" }, keep, "none");
    await attempt("no signature", 4, unsigned, (folder) => rmSync(`${folder}/report.json.sig`));
    await attempt("signature is no text", 4, unsigned, (_, edit) => edit("report.json.sig", () => "\xff\xfe"));
    await attempt("signature of the other file", 4, unsigned, (folder) =>
      cpSync(`${folder}/report.scs.yaml.sig`, `${folder}/report.json.sig`),
    );
    await attempt("signature too large", 4, unsigned, (_, edit) =>
      edit("report.json.sig", (text) => text + "\n".repeat(70_000)),
    );
    await attempt("no evidence", 2, { digests: "unchecked", recomputation: "unchecked" }, (folder) =>
      rmSync(`${folder}/evidence.json`),
    );
    await attempt("other evidence", 4, { digests: "bad", recomputation: "bad" }, (_, edit) =>
      edit("evidence.json", (text) => text.replace("Flatcar", "Flatcax")),
    );
    await attempt("evidence is no JSON", 4, { digests: "bad", recomputation: "bad" }, (_, edit) =>
      edit("evidence.json", () => "{"),
    );
    await attempt("report is no JSON", 4, noReport, (_, edit) => edit("report.json", (text) => text.slice(1)));
    await attempt("report with a byte order mark", 4, noReport, (_, edit) =>
      edit("report.json", (text) => `\xef\xbb\xbf${text}`),
    );
    await attempt(
      "report written anew",
      4,
      { bytes: "bad", ...unsigned, recomputation: "bad", "monitor form": "bad" },
      (_, edit) => edit("report.json", (text) => JSON.stringify(JSON.parse(text))),
    );
    await attempt("monitor form changed", 4, { "monitor form": "bad" }, (_, edit) =>
      edit("report.scs.yaml", (text) => text.replace("version-policy-check: PASS", "version-policy-check: FAIL")),
    );
    await attempt("monitor form's signature broken", 4, { "monitor form": "bad" }, (folder) =>
      cpSync(`${folder}/report.json.sig`, `${folder}/report.scs.yaml.sig`),
    );
    await attempt("no monitor form", 0, { "monitor form": undefined }, (folder) => rmSync(`${folder}/report.scs.yaml`));

    await attempt("another key allowed", 4, { signer: "untrusted" }, keep, `${subject} ${other.publicLine}\n`);
    await attempt("allowed for another subject", 4, { signer: "untrusted" }, keep, `other-cloud ${key.publicLine}\n`);
    await attempt(
      "allowed for another namespace",
      4,
      { signer: "untrusted" },
      keep,
      `${subject} namespaces="report" ${key.publicLine}\n`,
    );
    await attempt(
      "allowed until 2020",
      4,
      { signer: "untrusted" },
      keep,
      `${subject} valid-before="20200101Z" ${key.publicLine}\n`,
    );
    await attempt(
      "allowed until 2020, the caller says that it was signed in 2019, before the report was made",
      4,
      { time: "bad" },
      keep,
      `${subject} valid-before="20200101Z" ${key.publicLine}\n`,
      ["--verify-time", "2019-06-01"],
    );
    const window = `${subject} valid-after="20200101Z",valid-before="20991231Z" ${key.publicLine}\n`;
    await attempt("allowed for a time", 0, {}, keep, window);
    const made = left(original, "run").report.checkedAt;
    const told = await attempt("allowed for a time, which the caller names", 0, {}, keep, window, [
      "--verify-time",
      made,
    ]);
    expect(told).toContain(`; its signature existed at ${made}, by yours`);
    await attempt("allowed for all", 0, {}, keep, `* ${key.publicLine}\n`);
    writeFileSync(path.join(desk.folder, "revoked"), `${key.publicLine}\n`);
    const revoked = ["--revoked", path.join(desk.folder, "revoked")];
    await attempt("revoked", 4, { signer: "untrusted" }, keep, allowed, revoked);
    await attempt("revoked, without allowed signers", 4, { signer: "untrusted" }, keep, "none", revoked);
  });

  it("recomputes: a report that was changed by hand and signed by an allowed key does not hold", async () => {
    const desk = withDesk();
    const key = desk.key("ed25519");
    const cwd = await checked();
    const { report, folder } = left(cwd, "run");
    const better = jsonText({ ...report, verdict: "PASS", testcaseVerdict: "PASS" });
    writeFileSync(path.join(folder, "report.json"), better);
    const signature = desk.sign(key, Buffer.from(better), "report@scs-conformance");
    writeFileSync(path.join(folder, "report.json.sig"), signature);
    rmSync(path.join(folder, "report.scs.yaml"));
    const { code, layers, stdout } = await verified(cwd, `${subject} ${key.publicLine}\n`);
    expect({ code, layers }).toEqual({
      code: 4,
      layers: { ...every, recomputation: "bad", "monitor form": undefined },
    });
    expect(stdout).toContain("verdict: PASS in the report, MISS recomputed");
    const refused = await run(["sign", "run", "--key", key.path], { cwd });
    expect(refused).toMatchObject({ code: 3, stdout: "" });
    expect(refused.stderr).toContain("is not what its evidence gives");
  });

  it("compares outcome by outcome with what another version judged", async () => {
    const desk = withDesk();
    const key = desk.key("ed25519");
    const cwd = await checked();
    const { report, folder } = left(cwd, "run");
    const tool = { ...report.tool, version: "0.0.9", sha256: "e".repeat(64) };
    const seal = (changed: object) => {
      const text = jsonText({ ...report, tool, ...changed });
      writeFileSync(path.join(folder, "report.json"), text);
      const signature = desk.sign(key, Buffer.from(text), "report@scs-conformance");
      writeFileSync(path.join(folder, "report.json.sig"), signature);
    };
    seal({});
    const agrees = await verified(cwd, `* ${key.publicLine}\n`);
    expect(agrees).toMatchObject({ code: 0, layers: { recomputation: "ok" } });
    expect(agrees.stdout).toContain("byte for byte it takes scs-conformance 0.0.9 (tool eeeeeeeeeeee");
    const results = report.results.map((result, n) => (n === 0 ? { ...result, outcome: "pass" } : result));
    seal({ results });
    const differs = await verified(cwd, `* ${key.publicLine}\n`);
    expect(differs).toMatchObject({ code: 2, layers: { recomputation: "differs" } });
    const [first] = report.results;
    expect(first?.outcome).not.toBe("pass");
    expect(differs.stdout).toContain(`${first?.requirement}: pass in the report, ${first?.outcome} recomputed`);
  });

  it("takes no time that has not come", async () => {
    const { code, stderr, stdout } = await run(["verify", "run", "--verify-time", "2999-01-01"]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/^--verify-time 2999-01-01T00:00:00Z has not come yet\.\nName a time /);
  });

  it("needs files that can be read", async () => {
    const cwd = scratchFolder();
    for (const args of [
      ["verify", "run"],
      ["verify", "."],
      ["sign", "run", "--key", "x"],
      ["render", "run"],
    ]) {
      const { code, stderr, stdout } = await run(args, { cwd });
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      expect(stderr).toMatch(/does not exist/);
    }
  });
});

describe("the in-toto statement", () => {
  const edit = (cwd: string, file: string, how: (text: string) => string) => {
    const place = path.join(cwd, "run", file);
    writeFileSync(place, how(readFileSync(place, "latin1")), "latin1");
  };

  it("is signed in an envelope of its own, which verify holds against the report", async () => {
    const desk = withDesk();
    const [key, other] = [desk.key("ecdsa-256"), desk.key("ed25519")];
    const allowed = `${subject} ${key.publicLine}\n`;
    const original = await checked(["--format", "in-toto,in-toto-predicate", "--key", key.path]);
    expect(left(original, "run").names).toEqual(
      expect.arrayContaining(["predicate.intoto.json", "report.dsse.json", "statement.intoto.json"]),
    );
    const attempt = async (
      name: string,
      code: number,
      state: string,
      change: (cwd: string) => void,
      signers = allowed,
    ) => {
      const cwd = scratchFolder();
      cpSync(path.join(original, "run"), path.join(cwd, "run"), { recursive: true });
      change(cwd);
      const said = await verified(cwd, signers === "none" ? undefined : signers);
      expect({ name, code: said.code, envelope: said.layers.envelope }).toEqual({ name, code, envelope: state });
      return said.stdout;
    };
    const keep = () => undefined;
    expect(await attempt("nothing changed", 0, "ok", keep)).toContain(`signed by ${desk.fingerprint(key)}, who may`);
    await attempt("no envelope", 0, "ok", (cwd) => rmSync(path.join(cwd, "run/report.dsse.json")));
    await attempt("no statement beside the envelope", 0, "ok", (cwd) =>
      rmSync(path.join(cwd, "run/statement.intoto.json")),
    );
    await attempt("no allowed signers", 2, "unchecked", keep, "none");
    await attempt("another key allowed", 4, "untrusted", keep, `${subject} ${other.publicLine}\n`);
    await attempt("statement changed", 4, "bad", (cwd) =>
      edit(cwd, "statement.intoto.json", (text) => text.replace('"FAILED"', '"PASSED"')),
    );
    await attempt("envelope changed", 4, "bad", (cwd) =>
      edit(cwd, "report.dsse.json", (text) => text.replace(/"payload": "../, '"payload": "ab')),
    );
    await attempt("envelope is none", 4, "bad", (cwd) => edit(cwd, "report.dsse.json", () => "\xff"));
  });

  it("is signed later by sign, through an agent too, and only as the report gives it", async () => {
    const desk = withDesk();
    const key = desk.key("rsa-3072");
    const agent = await desk.agent([key]);
    onTestFinished(agent.stop);
    const cwd = await checked(["--format", "in-toto"]);
    const sign = () =>
      run(["sign", "run", "--agent", desk.fingerprint(key)], { cwd, env: { SSH_AUTH_SOCK: agent.socket } });
    expect((await sign()).stderr).toMatch(/: report\.json\.sig, report\.scs\.yaml\.sig, report\.dsse\.json\.$/m);
    const { code, layers } = await verified(cwd, `${subject} ${key.publicLine}\n`);
    expect({ code, envelope: layers.envelope }).toEqual({ code: 0, envelope: "ok" });
    edit(cwd, "statement.intoto.json", (text) => text.replace('"FAILED"', '"PASSED"'));
    expect((await sign()).stderr).toMatch(/statement\.intoto\.json: is not what the report beside it gives/);
  });
});

describe("--signer ssh-keygen", () => {
  it("signs with a certificate, whose authority is whom verify asks for", async () => {
    const desk = withDesk();
    const [key, authority] = [desk.key("ed25519"), desk.key("ed25519")];
    const file = desk.certificate(authority, key, ["-n", subject, "-V", "-1d:+1d"]);
    const cwd = await checked(["--signer", "ssh-keygen", "--key", file, "--format", "in-toto"]);
    expect(left(cwd, "run").names).not.toContain("report.dsse.json");
    expect(left(cwd, "run").report.gatheredBy).toBe(desk.fingerprint(key));
    const certified = await verified(cwd, `* cert-authority ${authority.publicLine}\n`);
    expect({ code: certified.code, layers: certified.layers }).toEqual({
      code: 0,
      layers: { ...every, envelope: "ok" },
    });
    const plain = await verified(cwd, `${subject} ${key.publicLine}\n`);
    expect({ code: plain.code, signer: plain.layers.signer }).toEqual({ code: 4, signer: "untrusted" });
  });

  it("takes the passphrase of an encrypted key from the environment, and ends where there is none", async () => {
    const key = withDesk().key("ed25519", "a passphrase");
    const cwd = await checked();
    const args = ["sign", "run", "--signer", "ssh-keygen", "--key", key.path];
    const refused = await run(args, { cwd });
    expect(refused).toMatchObject({ code: 3, stdout: "" });
    expect(refused.stderr).toMatch(/^ssh-keygen did not sign: [^\n]*\n$/);
    const env = { SCS_CONFORMANCE_KEY_PASSPHRASE: "a passphrase" };
    expect(await run(args, { cwd, env })).toMatchObject({ code: 0 });
    expect(await verified(cwd, `${subject} ${key.publicLine}\n`)).toMatchObject({ code: 0, layers: every });
  });

  it("needs the file of a key", async () => {
    const { code, stderr } = await run(["sign", ".", "--signer", "ssh-keygen"], {
      cwd: await checked().then((cwd) => path.join(cwd, "run")),
    });
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: expect.stringMatching(/^--signer ssh-keygen needs the file of a key\./),
    });
  });
});

describe("sign", () => {
  it("refuses what does not hold, and a key that was not named", async () => {
    const key = withDesk().key("ed25519");
    const cwd = await checked();
    expect((await run(["sign", "run"], { cwd })).stderr).toBe(
      "No key was named.\nGive --key FILE or --agent FINGERPRINT.\n",
    );
    const folder = path.join(cwd, "run");
    const attempt = async (file: string, how: (text: string) => string, message: RegExp) => {
      const before = readFileSync(path.join(folder, file), "utf8");
      writeFileSync(path.join(folder, file), how(before));
      const { code, stderr } = await run(["sign", "run", "--key", key.path], { cwd });
      expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringMatching(message) as string });
      writeFileSync(path.join(folder, file), before);
    };
    await attempt(
      "report.scs.yaml",
      (text) => text.replace(": PASS", ": FAIL"),
      /report\.scs\.yaml: is not what the report/,
    );
    await attempt("report.json", (text) => text.replace('"MISS"', '"PASS"'), /is not what its evidence gives/);
    await attempt("evidence.json", (text) => text.replace("Flatcar", "Flatcax"), /does not belong to the evidence/);
    expect(left(folder).names.filter((name) => name.endsWith(".sig"))).toEqual([]);
  });
});
