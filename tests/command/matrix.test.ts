/** A matrix as the people make it who publish results: signed reports in, one signed index out, and whoever doubts makes it again. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Matrix } from "../../src/model/matrix.ts";
import { OpensshDesk } from "../../src/signing/openssh.testing.ts";
import { complaint, run } from "../support/command.ts";
import { scratchFolder } from "../support/scratch.ts";
import { evidenceBytes } from "../support/stories/folder.ts";

const desk = new OpensshDesk();
const key = desk.key("ed25519");
const cwd = mkdtempSync(path.join(tmpdir(), "matrix-"));
const words = (text: string): readonly string[] => text.split(" ");
const read = (folder: string): Matrix =>
  JSON.parse(readFileSync(path.join(cwd, folder, "matrix.json"), "utf8")) as Matrix;

const stories = [
  ["cloud-1.35", "cluster-api-hosted-1.35", key],
  ["cloud-1.36", "kamaji-1.36", key],
  ["cloud-1.37", "cluster-api-openstack-1.37", key],
  ["stranger-1.36", "kubeadm-1.36-flagz", desk.key("ed25519")],
] as const;

/** A results repository: three branches of one provider, signed by its key, and a stranger's; the policy file is beside. */
async function repository(): Promise<void> {
  if (existsSync(path.join(cwd, "allowed"))) return;
  mkdirSync(path.join(cwd, "reports"));
  for (const [subject, story, { path: file }] of stories) {
    writeFileSync(path.join(cwd, "evidence.json"), evidenceBytes(story));
    const given = ["--subject", subject, "--key", file, "-o", `reports/${subject}`];
    const { stderr } = await run(["evaluate", "evidence.json", ...given], { cwd });
    expect(stderr, subject).toContain(`Wrote reports/${subject}`);
  }
  writeFileSync(path.join(cwd, "allowed"), `cloud-*,SCS ${key.publicLine}\n`);
}

afterAll(() => {
  desk.remove();
  rmSync(cwd, { recursive: true, force: true });
});

describe("matrix", () => {
  it("is made of signed reports, signed itself, and verified by making it again", async () => {
    await repository();
    const given = words("matrix reports --name SCS --allowed-signers allowed --as-of 2026-11-25 -o signed --key");
    const made = await run([...given, key.path], { cwd });
    expect(made.stderr).toMatch(/^Wrote signed: matrix\.json, matrix\.html, matrix\.md, matrix\.json\.sig$/m);
    const matrix = read("signed");
    expect(made.code).toBe({ PASS: 0, FAIL: 1, MISS: 2, DNF: 2 }[matrix.verdict]);
    expect(matrix.cells.map(({ subject }) => subject)).toEqual(["cloud-1.35", "cloud-1.36", "cloud-1.37"]);
    expect(matrix.reports.filter(({ state }) => state === "refused")).toMatchObject([
      { subject: "stranger-1.36", because: expect.stringMatching(/^signer: /) as string },
    ]);
    const [provider] = matrix.providers;
    const offered = provider?.statements.find(({ requirement }) => requirement === "scs-0210-v2/branch-support");
    const because = "Every branch that upstream supports is offered: 1.35, 1.36";
    expect(offered).toMatchObject({ outcome: "pass", because });
    expect(made.stdout).toMatch(/^Refused$/m);

    const verified = await run(words("verify signed --reports reports --allowed-signers allowed"), { cwd });
    expect(verified.stdout).toMatch(/^reports +ok +all 4 are there, by digest$/m);
    expect(verified.stdout).toMatch(/^recomputation +ok +made again, the same bytes: \w+$/m);
    expect(verified.stdout).toContain(`SCS: ${matrix.verdict} as of 2026-11-25T00:00:00Z holds.`);
    expect(verified.code).toBe(0);
    const alone = await run(words("verify signed/matrix.json --allowed-signers allowed"), { cwd });
    expect(alone.code).toBe(2);
    expect(alone.stdout).toMatch(/^reports +unchecked +give --reports DIR/m);

    // moved, and with a report less
    cpSync(path.join(cwd, "reports"), path.join(cwd, "elsewhere/2026"), { recursive: true });
    rmSync(path.join(cwd, "elsewhere/2026/cloud-1.36"), { recursive: true });
    const less = await run(words("verify signed --reports elsewhere"), { cwd });
    expect(less.code).toBe(2);
    expect(less.stdout).toMatch(/^reports +unchecked +1 of 4 are not there\n +[0-9a-f]{12} reports\/cloud-1\.36$/m);
    cpSync(path.join(cwd, "reports/cloud-1.36"), path.join(cwd, "elsewhere/cloud-1.36"), { recursive: true });
    expect((await run(words("verify signed --reports elsewhere --allowed-signers allowed"), { cwd })).code).toBe(0);
  });

  it("is found out when a cell was made better than its reports", async () => {
    await repository();
    await run(words("matrix reports --name SCS --as-of 2026-11-25 -o better"), { cwd });
    const file = path.join(cwd, "better/matrix.json");
    const better = readFileSync(file, "utf8").replaceAll(/"verdict": "(MISS|FAIL|DNF)"/g, '"verdict": "PASS"');
    writeFileSync(file, better);
    writeFileSync(`${file}.sig`, desk.sign(key, Buffer.from(better), "matrix@scs-conformance"));
    const verified = await run(words("verify better --reports reports"), { cwd });
    expect(verified.code).toBe(4);
    expect(verified.stdout).toMatch(/^bytes +ok /m);
    expect(verified.stdout).toMatch(/^signature +ok /m);
    expect(verified.stdout).toMatch(/^recomputation +bad +the reports do not give this matrix\n +\S.* recomputed$/m);
  });

  it("is a wrong call without a name, a folder to write, or anything to read", async () => {
    const empty = scratchFolder();
    mkdirSync(path.join(empty, "none"));
    const faults: readonly (readonly [string, string])[] = [
      ["matrix none", "The matrix has no name."],
      ["matrix none --name SCS", "No folder to write was named."],
      ["matrix none --name SCS -o out", "none: holds no report.json"],
      ["matrix gone --name SCS -o out", "gone: does not exist"],
      ["matrix none --name SCS -o out --as-of 2999-01-01", "--as-of 2999-01-01T00:00:00Z has not come yet."],
      ["verify none --reports x", "--reports is for a matrix."],
    ];
    for (const [call, fault] of faults) expect(complaint(await run(words(call), { cwd: empty }))[0]).toBe(fault);
  });
});
