/** Handing in, as a provider would: the monitor's own rules on loopback, its signatures checked by ssh-keygen. */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { parseAllDocuments } from "yaml";
import { OpensshDesk } from "../../src/signing/openssh.testing.ts";
import { complaint, run } from "../support/command.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { type LoopbackMonitorOptions, startLoopbackMonitor } from "../support/loopback-monitor.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

const subject = "my-cloud-1.37";
const password = "monitor-password-1234";
const scope = {
  uuid: "1fffebe6-fd4b-44d3-a36c-fc58b4bb0180",
  testcases: [
    { id: "cncf-k8s-conformance", lifetime: "year" },
    { id: "version-policy-check", lifetime: "week" },
    { id: "kaas-networking-check", lifetime: "month" },
  ],
} as const;

const desk = new OpensshDesk();
const [key, stranger] = [desk.key("ed25519"), desk.key("ed25519")];
afterAll(() => desk.remove());

async function checkInto(folder: string, args: readonly string[] = [], about = subject): Promise<void> {
  const server = await cluster();
  const given = ["check", "--kubeconfig", server.kubeconfigFile, "-o", folder, "--subject", about];
  const { code, stderr } = await run([...given, "--data", releaseFile(), ...args]);
  expect({ failed: (code ?? 3) > 2, stderr }).toMatchObject({ failed: false });
}

async function monitor(options: Partial<LoopbackMonitorOptions> = {}) {
  const accounts = [
    { subject, key: password, publicKeys: [key.publicLine], delegates: ["ci"] },
    { subject: "ci", key: password, publicKeys: [key.publicLine], roles: ["append_any", "read_any"] as const },
    { subject: "other", key: password, publicKeys: [stranger.publicLine] },
  ];
  const started = await startLoopbackMonitor({ desk, accounts, scope, ...options });
  onTestFinished(() => started.close());
  return started;
}

type Monitor = Awaited<ReturnType<typeof monitor>>;

let made: Promise<string> | undefined;

/** A signed run of the subject, made by the first test that asks. */
function signedRun(): Promise<string> {
  const folder = path.join(desk.folder, "signed");
  made ??= checkInto(folder, ["--key", key.path]).then(() => folder);
  return made;
}

/** A copy of it in a folder of its own, named `run`; returns what it stands in. */
async function copy(name = "run", cwd = scratchFolder()): Promise<string> {
  cpSync(await signedRun(), path.join(cwd, name), { recursive: true });
  return cwd;
}

async function submit(to: Monitor, cwd: string, args: readonly string[] = ["run"], as = subject) {
  const env = { SCS_CONFORMANCE_MONITOR_TOKEN: to.token(as) };
  const ended = await run(["submit", ...args, "--monitor", to.url], { cwd, env });
  expect(ended.stdout + ended.stderr).not.toContain(password);
  expect(ended.stdout + ended.stderr).not.toContain(to.token(as));
  return ended;
}

const sent = (to: Monitor) =>
  to.requests.map(({ method, path: where }) => `${method} ${where.replace(/[0-9a-f-]{36}/, "ID")}`);
const receipt = (cwd: string, name = "run") =>
  JSON.parse(readFileSync(path.join(cwd, name, "receipt.monitor.json"), "utf8")) as { readonly [key: string]: unknown };
const uuids = (cwd: string, name = "run", file = "report.scs.yaml") =>
  parseAllDocuments(readFileSync(path.join(cwd, name, file), "utf8")).map((document) => {
    const value = document.toJS() as { readonly run?: { readonly uuid: string }; readonly uuid?: string };
    return value.run?.uuid ?? value.uuid;
  });

describe("submit --monitor", () => {
  it("hands in a signed run: the monitor keeps it, shows it, and a receipt stands beside the report", async () => {
    const to = await monitor();
    const cwd = await copy();
    const { code, stdout, stderr } = await submit(to, cwd);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("Wrote run/receipt.monitor.json.") });
    expect(stdout).toMatch(/^[0-9a-f-]{36} {2}my-cloud-1\.37 {2}\S+Z {2}version-policy-check: PASS$/m);
    expect(stdout).toMatch(
      /^Handed in to http:\/\/127\.0\.0\.1:\d+, and reads back the same; signed by SHA256:\S+\.$/m,
    );
    expect(sent(to)).toEqual(["GET /reports/ID", "POST /reports", "GET /reports/ID"]);
    expect([...to.reports.keys()]).toEqual(uuids(cwd));
    const status = await fetch(`${to.url}status?subject=${subject}`, {
      headers: { authorization: `Basic ${to.token(subject)}` },
    });
    expect(await status.json()).toMatchObject({
      [subject]: { [scope.uuid]: { results: { "version-policy-check": { result: 1, report: uuids(cwd)[0] } } } },
    });
    const { text } = left(cwd, "run");
    expect(receipt(cwd)).toMatchObject({
      schemaVersion: 1,
      monitor: to.url.replace(/\/$/, ""),
      form: "today",
      outcome: "stored",
      status: 200,
      readBack: true,
      signedBy: desk.fingerprint(key),
      signature: text("report.scs.yaml.sig"),
      documents: [{ uuid: uuids(cwd)[0], subject, here: true }],
    });
    expect(JSON.stringify(receipt(cwd))).not.toContain(to.token(subject));
    expect((await run(["verify", "run", "--allowed-signers", desk.write(`* ${key.publicLine}\n`)], { cwd })).code).toBe(
      0,
    );
  });

  it("sends nothing a second time, and keeps the receipt", async () => {
    const to = await monitor();
    const cwd = await copy();
    expect((await submit(to, cwd)).code).toBe(0);
    const before = receipt(cwd);
    const { code, stdout } = await submit(to, cwd);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/is at http.* already, the same\.$/m) });
    expect(sent(to).filter((one) => one.startsWith("POST"))).toHaveLength(1);
    expect(receipt(cwd)).toEqual(before);
    rmSync(path.join(cwd, "run/receipt.monitor.json"));
    expect((await submit(to, cwd)).code).toBe(0);
    expect(receipt(cwd)).toMatchObject({ outcome: "there" });
  });

  it("signs several runs as one upload; what is there already is left out", async () => {
    const to = await monitor();
    const cwd = await copy();
    await checkInto(path.join(cwd, "later"), ["--only", "version-policy-check"]);
    expect(complaint(await submit(to, cwd, ["run", "later"]))).toEqual([
      "What is to be handed in is not signed.",
      "Give --key FILE or --agent FINGERPRINT.",
    ]);
    const both = await submit(to, cwd, ["run", "later/report.scs.yaml", "--key", key.path]);
    expect(both).toMatchObject({ code: 0 });
    expect(sent(to).filter((one) => one.startsWith("POST"))).toHaveLength(1);
    expect([...to.reports.keys()].sort()).toEqual([...uuids(cwd), ...uuids(cwd, "later")].sort());
    expect(receipt(cwd, "later")).toMatchObject({ documents: [{ here: false }, { here: true }] });
    const before = receipt(cwd);
    await checkInto(path.join(cwd, "third"));
    const rest = await submit(to, cwd, ["run", "third", "--key", key.path]);
    expect(rest).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("1 of 2, and reads back the same") as string,
    });
    expect(to.reports.size).toBe(3);
    expect(receipt(cwd)).toEqual(before);
    expect(receipt(cwd, "third")).toMatchObject({ outcome: "stored", documents: [{ here: true }] });
  });

  it("signs a run that is not, and leaves the signature beside it", async () => {
    const to = await monitor();
    const cwd = await copy();
    rmSync(path.join(cwd, "run/report.scs.yaml.sig"));
    expect(await submit(to, cwd, ["run", "--key", key.path])).toMatchObject({ code: 0 });
    const verdict = desk.verify({
      armored: readFileSync(path.join(cwd, "run/report.scs.yaml.sig"), "utf8"),
      message: readFileSync(path.join(cwd, "run/report.scs.yaml")),
      namespace: "report",
      principal: "mail@csp.eu",
      allowedSigners: `mail@csp.eu ${key.publicLine}\n`,
    });
    expect(verdict.accepted).toBe(true);
  });

  it("writes the coming form for a monitor that takes it, and leaves it beside the report", async () => {
    const to = await monitor({ coming: true });
    const cwd = await copy();
    const args = ["run", "--monitor-form", "coming", "--key", key.path];
    expect(await submit(to, cwd, [...args, "--dry-run"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Would go to") as string,
    });
    expect(existsSync(path.join(cwd, "run/report.scs-coming.yaml"))).toBe(false);
    expect(await submit(to, cwd, args)).toMatchObject({ code: 0 });
    expect([...to.reports.keys()]).toEqual(uuids(cwd));
    expect(uuids(cwd, "run", "report.scs-coming.yaml")).toEqual(uuids(cwd));
    expect(left(cwd, "run").names).toContain("report.scs-coming.yaml.sig");
    expect(receipt(cwd)).toMatchObject({ form: "coming", outcome: "stored" });
    // signed by now: the same again without a key
    expect(await submit(to, cwd, args.slice(0, 3))).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("already, the same") as string,
    });
  });

  it("says when the monitor knows the coming form not yet, and leaves nothing behind", async () => {
    const to = await monitor();
    const cwd = await copy();
    const { code, stderr } = await submit(to, cwd, ["run", "--monitor-form", "coming", "--key", key.path]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/failed over the report \(500\); the report is not there/) as string,
    });
    expect(left(cwd, "run").names).toEqual(left(await copy(), "run").names);
  });

  it("signs with the key that is named, and leaves another's signature alone", async () => {
    const to = await monitor();
    const cwd = await copy();
    const before = left(cwd, "run").text("report.scs.yaml.sig");
    expect(await submit(to, cwd, ["run", "--key", stranger.path])).toMatchObject({ code: 4 });
    const newer = desk.key("rsa-3072");
    const both = await monitor({ accounts: [{ subject, key: password, publicKeys: [newer.publicLine] }] });
    expect(await submit(both, cwd, ["run", "--key", newer.path])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(desk.fingerprint(newer)) as string,
    });
    expect(left(cwd, "run").text("report.scs.yaml.sig")).toBe(before);
    expect(receipt(cwd)).toMatchObject({ signedBy: desk.fingerprint(newer) });
  });

  it("takes files of other tools as they are, after the same rules", async () => {
    const to = await monitor();
    const cwd = scratchFolder();
    const at = new Date(Date.now() - 3_600_000).toISOString().slice(0, 19);
    const foreign = `---
spec: {uuid: ${scope.uuid}, name: SCS-compatible KaaS, url: 'https://example.org/scope.yaml'}
checked_at: ${at}.123456
reference_date: ${at.slice(0, 10)}
subject: ${subject}
run:
  uuid: 6d0d1d1c-98cf-4b9a-8f0f-5a7a1d1e2f30
  argv: [./scs-compliance-check.py]
  assignment: {}
  sections: null
  forced_version: null
  forced_tests: null
  invocations:
    1a0d1d1c-98cf-4b9a-8f0f-5a7a1d1e2f30:
      {id: 1a0d1d1c-98cf-4b9a-8f0f-5a7a1d1e2f30, cmd: x, results: {version-policy-check: 1}, rc: 0,
       stdout: ['version-policy-check: PASS'], stderr: [], info: 0, warning: 0, error: 0, critical: 0}
`;
    writeFileSync(path.join(cwd, "theirs.yaml"), foreign);
    const ended = await submit(to, cwd, ["theirs.yaml", "--key", key.path]);
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("reads back the same") as string });
    expect(ended.stderr).toContain("nothing here can judge it again");
    writeFileSync(path.join(cwd, "odd.yaml"), foreign.replace("version-policy-check: 1", "version-policy-check: 2"));
    expect(complaint(await submit(to, cwd, ["odd.yaml", "--key", key.path]))).toEqual([
      expect.stringMatching(/^odd\.yaml: result-value: the result of "version-policy-check" is 2, not 1, 0 or -1/),
      "Nothing was sent.",
    ]);
  });

  it("says what would be sent, and asks nobody", async () => {
    const to = await monitor();
    const cwd = await copy();
    const { code, stdout, stderr } = await run(["submit", "run", "--monitor", to.url, "--dry-run"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /version-policy-check: PASS\nWould go to http:\/\/127\.0\.0\.1:\d+, signed by SHA256:\S+\.\n$/,
    );
    expect(to.requests).toEqual([]);
    expect(existsSync(path.join(cwd, "run/receipt.monitor.json"))).toBe(false);
  });
});

describe("submit refuses, before the first byte", () => {
  it.each<[name: string, args: readonly string[], env: { [name: string]: string }, said: RegExp]>([
    ["no monitor", ["run"], {}, /^Where to hand it in was not said\.$/],
    ["no credentials", ["run", "--monitor", "https://m.example"], {}, /^No credentials were given\.$/],
    ["http", ["run", "--monitor", "http://m.example"], {}, /^--monitor is not encrypted/],
    [
      "a password in the address",
      ["run", "--monitor", "https://a:b@m.example"],
      {},
      /^--monitor holds a user or a password/,
    ],
    [
      "a token that is none",
      ["run", "--monitor", "https://m.example"],
      { SCS_CONFORMANCE_MONITOR_TOKEN: "x" },
      /^SCS_CONFORMANCE_MONITOR_TOKEN holds no credentials/,
    ],
    [
      "a user without a key",
      ["run", "--monitor", "https://m.example"],
      { SCS_CONFORMANCE_MONITOR_USER: "me" },
      /hold no credentials/,
    ],
    [
      "a token file that is none",
      ["run", "--monitor", "https://m.example", "--token-file", "run/report.scs.yaml"],
      {},
      /report\.scs\.yaml holds no credentials/,
    ],
    ["no such run", ["elsewhere", "--monitor", "https://m.example", "--dry-run"], {}, /^elsewhere: does not exist$/],
  ])("%s", async (_, args, env, said) => {
    const [first] = complaint(await run(["submit", ...args], { cwd: await copy(), env }));
    expect(first).toMatch(said);
  });

  it.each<[name: string, change: (cwd: string) => void, said: RegExp]>([
    [
      "a report changed by hand",
      (cwd) => edit(cwd, "report.json", (text) => text.replace('"MISS"', '"PASS"')),
      /is not what its evidence gives/,
    ],
    [
      "another evidence",
      (cwd) => edit(cwd, "evidence.json", (text) => text.replace("Flatcar", "Flatcax")),
      /does not belong to the evidence/,
    ],
    ["no evidence", (cwd) => rmSync(path.join(cwd, "run/evidence.json")), /cannot be recomputed/],
    [
      "another form than the report gives",
      (cwd) => edit(cwd, "report.scs.yaml", (text) => text.replace(": PASS", ": FAIL")),
      /is not what the report beside it gives/,
    ],
    [
      "a signature over something else",
      (cwd) => cpSync(path.join(cwd, "run/report.json.sig"), path.join(cwd, "run/report.scs.yaml.sig")),
      /report\.scs\.yaml\.sig: /,
    ],
    [
      "a broken signature of the report",
      (cwd) => edit(cwd, "report.json.sig", (text) => text.slice(0, -9)),
      /report\.json\.sig: /,
    ],
    [
      "a form without its report",
      (cwd) => rmSync(path.join(cwd, "run/report.json")),
      /does not exist|recomputation: no report\.json/,
    ],
  ])("%s", async (_, change, said) => {
    const to = await monitor();
    const cwd = await copy();
    change(cwd);
    const [first] = complaint(await submit(to, cwd));
    expect(first).toMatch(said);
    expect(to.requests).toEqual([]);
  });

  it("names every refusal at once, a run named twice, and what is not of the account", async () => {
    const to = await monitor();
    const cwd = await copy();
    await copy("twin", cwd);
    expect(complaint(await submit(to, cwd, ["run", "twin", "--key", key.path], "other"))).toEqual([
      expect.stringMatching(
        /^run\/report\.scs\.yaml: subject: it is about "my-cloud-1\.37", and the credentials are those of "other"/,
      ),
      expect.stringMatching(/^twin\/report\.scs\.yaml: subject: /),
      "Nothing was sent.",
    ]);
    expect(complaint(await submit(to, cwd, ["run", "twin", "--key", key.path]))).toEqual([
      expect.stringMatching(/^twin\/report\.scs\.yaml: twice: the report [0-9a-f-]{36} is also in report\.scs\.yaml/),
      "Nothing was sent.",
    ]);
    expect(to.requests).toEqual([]);
  });

  it("what the certificate does not know: a scope of ours, a hypothetical day, a recording", async () => {
    const to = await monitor();
    const cwd = scratchFolder();
    await checkInto(path.join(cwd, "drafts"), ["--scope", "scs-kaas-drafts"]);
    await checkInto(path.join(cwd, "other-day"), ["--as-of", "2026-05-01"]);
    expect((await run(["demo", "-o", "demo"], { cwd })).code).toBeLessThan(3);
    const said = await submit(to, cwd, ["drafts", "other-day", "demo", "--delegated", "--key", key.path]);
    expect(said).toMatchObject({ code: 3, stdout: "" });
    expect(said.stderr).toMatch(/^drafts\/report\.json: cannot be handed in: scope scs-kaas-drafts is not one/m);
    expect(said.stderr).toMatch(/^other-day\/report\.json: cannot be handed in: it is hypothetical/m);
    const demo = await submit(to, cwd, ["demo", "--delegated", "--key", key.path]);
    expect(demo.stderr).toMatch(/recorded: its facts were replayed|cannot be handed in/);
    expect(to.requests).toEqual([]);
  });
});

function edit(cwd: string, file: string, how: (text: string) => string): void {
  const place = path.join(cwd, "run", file);
  const before = readFileSync(place, "utf8");
  writeFileSync(place, how(before));
  expect(readFileSync(place, "utf8")).not.toBe(before);
}

describe("what the monitor says", () => {
  it.each<
    [
      name: string,
      as: string,
      args: readonly string[],
      options: Partial<LoopbackMonitorOptions>,
      code: number,
      said: RegExp,
    ]
  >([
    [
      "of a key that it has not registered",
      subject,
      ["--key", stranger.path],
      {},
      4,
      /has not registered the key that signed/,
    ],
    [
      "of an account without delegation",
      "other",
      ["--delegated", "--key", stranger.path],
      {},
      4,
      /may not hand in for another subject/,
    ],
    [
      "of a role without delegation",
      "ci",
      ["--delegated"],
      { accounts: [{ subject: "ci", key: password, publicKeys: [key.publicLine], roles: ["append_any"] }] },
      4,
      /has not made this account its delegate/,
    ],
    ["of a wrong password", subject, [], { accounts: [] }, 4, /does not know these credentials/],
    [
      "of a page elsewhere",
      subject,
      [],
      { interfere: () => ({ status: 302, headers: { location: "https://login.example/x" } }) },
      4,
      /leads on to https:\/\/login\.example; credentials are not carried/,
    ],
    [
      "of a proxy's limit",
      subject,
      [],
      { interfere: ({ method }) => (method === "POST" ? { status: 413 } : undefined) },
      4,
      /finds the report too large/,
    ],
    [
      "of an error of its own",
      subject,
      [],
      { interfere: ({ method }) => (method === "POST" ? { status: 500, body: "Internal Server Error" } : undefined) },
      2,
      /failed over the report \(500\); the report is not there/,
    ],
    [
      "of another report with this id",
      subject,
      [],
      { interfere: ({ method }) => (method === "GET" ? { status: 200, body: '{"a":1}' } : undefined) },
      4,
      /with other content/,
    ],
    [
      "of nothing at all",
      subject,
      ["--request-timeout", "300ms"],
      {
        interfere: ({ attempt, method }) =>
          method === "GET" && attempt < 4 ? { status: 0, silence: "hang" } : undefined,
      },
      2,
      /did not answer within 300 ms/,
    ],
  ])("%s is told with what to do", async (_, as, args, options, code, said) => {
    const to = await monitor(options);
    const cwd = await copy();
    if (args.includes("--key")) rmSync(path.join(cwd, "run/report.scs.yaml.sig"));
    const ended = await submit(
      { ...to, token: (name) => Buffer.from(`${name}:${password}`).toString("base64") },
      cwd,
      ["run", ...args],
      as,
    );
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code, stderr: expect.stringMatching(said) as string });
    expect(ended.stderr.trimEnd().split("\n")).toHaveLength(2);
    expect(existsSync(path.join(cwd, "run/receipt.monitor.json"))).toBe(false);
  });

  it("is looked after when an answer is lost: stored once, whatever was said", async () => {
    const to = await monitor({
      interfere: ({ method, attempt }) =>
        method === "POST" && attempt === 1 ? { status: 0, silence: "cut", after: true } : undefined,
    });
    const cwd = await copy();
    expect(await submit(to, cwd)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("reads back the same") as string,
    });
    expect(sent(to)).toEqual(["GET /reports/ID", "POST /reports", "GET /reports/ID"]);
    expect(to.reports.size).toBe(1);
  });

  it("is asked again where that is safe", async () => {
    const to = await monitor({
      interfere: ({ method, attempt }) => (method === "POST" && attempt === 1 ? { status: 503 } : undefined),
    });
    expect(await submit(to, await copy())).toMatchObject({ code: 0 });
    expect(sent(to)).toEqual([
      "GET /reports/ID",
      "POST /reports",
      "GET /reports/ID",
      "POST /reports",
      "GET /reports/ID",
    ]);
  });

  it("is waited for no longer after Ctrl-C", async () => {
    let interrupt: () => void = () => undefined;
    const to = await monitor({
      interfere: ({ method }) => {
        if (method !== "POST") return undefined;
        interrupt();
        return { status: 0, silence: "hang" };
      },
    });
    const cwd = await copy();
    const ended = await run(["submit", "run", "--monitor", to.url], {
      cwd,
      env: { SCS_CONFORMANCE_MONITOR_TOKEN: to.token(subject) },
      started: (child) => {
        interrupt = () => child.kill("SIGINT");
      },
    });
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({
      code: 130,
      stderr: expect.stringMatching(
        /the run was over before the monitor had answered; whether the report is there/,
      ) as string,
    });
    expect(existsSync(path.join(cwd, "run/receipt.monitor.json"))).toBe(false);
  });

  it("comes over TLS whose CA is trusted, and over no other", async () => {
    const to = await monitor({ tls: true });
    const cwd = await copy();
    const untrusted = await submit(to, cwd);
    expect(untrusted).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/not signed by this system's certificate authority; nothing was sent/) as string,
    });
    expect(untrusted.stderr).toContain("NODE_EXTRA_CA_CERTS");
    writeFileSync(path.join(cwd, "ca.pem"), to.caPem);
    writeFileSync(path.join(cwd, "token"), `${to.token(subject)}\n`);
    const ended = await run(["submit", "run", "--monitor", to.url, "--token-file", "token"], {
      cwd,
      env: { NODE_EXTRA_CA_CERTS: path.join(cwd, "ca.pem") },
    });
    expect(ended).toMatchObject({ code: 0 });
  });

  it("lets a delegate hand in with user and key from the environment", async () => {
    const to = await monitor();
    const cwd = await copy();
    const env = {
      SCS_CONFORMANCE_MONITOR_USER: "ci",
      SCS_CONFORMANCE_MONITOR_KEY: password,
      SCS_CONFORMANCE_MONITOR: to.url,
    };
    expect(await run(["submit", "run", "--delegated"], { cwd, env })).toMatchObject({ code: 0 });
    expect(to.reports.size).toBe(1);
  });

  it("is no obstacle for a delegate that may not read what it handed in, as long as there is a receipt", async () => {
    const accounts = [
      { subject, key: password, publicKeys: [key.publicLine], delegates: ["ci"] },
      { subject: "ci", key: password, publicKeys: [key.publicLine], roles: ["append_any"] as const },
    ];
    const to = await monitor({ accounts });
    const cwd = await copy();
    const [first, second] = [
      await submit(to, cwd, ["run", "--delegated"], "ci"),
      await submit(to, cwd, ["run", "--delegated"], "ci"),
    ];
    expect(first).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("though it could not be read back") as string,
    });
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining("already, the same") as string });
    writeFileSync(path.join(cwd, "run/receipt.monitor.json"), "[");
    const third = await submit(to, cwd, ["run", "--delegated"], "ci");
    expect(third).toMatchObject({ code: 4, stderr: expect.stringContaining("this account may not read it") as string });
  });
});
