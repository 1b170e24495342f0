/** The installed command against a real cluster: two at once, signed, judged again to the same bytes, and a flipped byte found. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import recordingText from "../../fixtures/demo/recording.json?raw";
import type { Recording } from "../../src/app/demo/recording.ts";
import { exitCodeOf } from "../../src/app/exit.ts";
import type { OpeningsFile } from "../../src/model/commitment.ts";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { kubeadmLike } from "../../testbed/variants.ts";
import { checkCluster } from "../support/cluster-check.ts";
import { run } from "../support/command.ts";
import { releaseFile } from "../support/command-cluster.ts";
import { conformant } from "../support/expected-outcomes.ts";
import { withDesk } from "../support/openssh-desk.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

const subject = "my-cloud-1.37";
const gate = { gate: "binding", strict: false } as const;

describe.skipIf(process.env.SCS_SKIP_CONTROL_PLANE === "1")("the command on a real cluster", () => {
  let cluster: ControlPlane;
  let kubeconfig: string;
  beforeAll(async () => {
    cluster = await kubeadmLike({ apiServers: 1 });
    kubeconfig = await cluster.kubeconfig();
  });
  afterAll(() => cluster?.stop());

  it("runs twice at once from one folder: two runs, the same outcomes", async () => {
    const cwd = scratchFolder();
    const args = ["check", "--kubeconfig", kubeconfig, "--subject", subject, "--data", releaseFile()];
    const ended = await Promise.all([run(args, { cwd }), run(args, { cwd })]);
    expect(ended.map(({ code }) => code)).toEqual([2, 2]);
    const parent = path.join(cwd, "scs-report");
    const folders = readdirSync(parent);
    expect(folders).toHaveLength(2);
    for (const folder of folders) expect(left(parent, folder).outcomes).toEqual(conformant);
  });

  it("leaves no name of a machine behind with --redact names, and the same outcomes", async () => {
    const cwd = scratchFolder();
    const about = [
      "--kubeconfig",
      kubeconfig,
      "--subject",
      subject,
      "--data",
      releaseFile(),
      "--format",
      "sarif,markdown",
    ];
    expect(
      (await run(["check", ...about, "--redact", "names", "--openings", "mine.json", "-o", "out"], { cwd })).code,
    ).toBe(2);
    expect(left(cwd, "out").outcomes).toEqual(conformant);
    const { openings } = JSON.parse(readFileSync(path.join(cwd, "mine.json"), "utf8")) as OpeningsFile;
    const names = openings.flatMap(({ kind, name }) => (kind === "node" || kind === "lease" ? [name] : []));
    expect(names).toEqual(expect.arrayContaining(["cp-1", "worker-2"]));
    for (const file of readdirSync(path.join(cwd, "out"))) {
      const text = readFileSync(path.join(cwd, "out", file), "utf8");
      const words = new Set(text.match(/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?/g));
      expect(
        names.filter((name) => words.has(name)),
        file,
      ).toEqual([]);
    }
  });

  it("leaves evidence that gives the same bytes again, and notices a flipped byte", async () => {
    const cwd = scratchFolder();
    const key = withDesk().key("ed25519");
    const allowed = path.join(cwd, "allowed_signers");
    writeFileSync(allowed, `${subject} ${readFileSync(`${key.path}.pub`, "utf8")}`);
    const about = ["--kubeconfig", kubeconfig, "--subject", subject, "--data", releaseFile()];
    expect((await run(["check", ...about, "--key", key.path, "-o", "out"], { cwd })).code).toBe(2);

    for (const again of ["a", "b"]) await run(["evaluate", "out/evidence.json", "-o", again], { cwd });
    const original = left(cwd, "out");
    for (const again of ["a", "b"]) {
      expect(left(cwd, again).text("report.json")).toBe(original.text("report.json"));
      expect(left(cwd, again).text("evidence.json")).toBe(original.text("evidence.json"));
    }

    const verified = (folder: string) => run(["verify", folder, "--allowed-signers", allowed], { cwd });
    expect(await verified("out")).toMatchObject({ code: 0 });
    for (const file of ["report.json", "evidence.json", "report.json.sig"]) {
      cpSync(path.join(cwd, "out"), path.join(cwd, file, "run"), { recursive: true });
      const bytes = readFileSync(path.join(cwd, "out", file));
      const middle = bytes.length >> 1;
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      writeFileSync(path.join(cwd, file, "run", file), bytes);
      expect((await verified(path.join(file, "run"))).code, file).toBe(4);
    }
  });

  it("is conformant once the testcases' results are given: exit code 0, with what is due beside it", async () => {
    const { run: judged } = await checkCluster(kubeconfig, {
      inputs: { conformanceResults: (JSON.parse(recordingText) as Recording).conformanceResults },
    });
    const { report } = judged;
    expect(report.verdict).toBe("PASS");
    expect(report.testcases.map(({ verdict }) => verdict)).toEqual(["PASS", "PASS", "PASS"]);
    expect(exitCodeOf(report, gate)).toBe(0);
    expect(report.attestations.due).toContain("scs-0210-v2/minor-recency");
    expect(exitCodeOf(report, { ...gate, strict: true })).not.toBe(0);
  });
});
