import { symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import { imported, junit, sonobuoyTarball, specsOf, tarball, written } from "../../tests/support/e2e-results.ts";
import { scratchFolder } from "../../tests/support/scratch.ts";
import { sha256 } from "../model/digest.ts";

const all = specsOf("1.36");
const policies = specsOf("1.36", "networkPolicy");
const complete = junit({ passed: all, skipped: policies });

describe("the forms of a result", () => {
  const whole = { minor: "1.36", required: 446, passed: 446, failed: [], notExecuted: [], flaked: [] };

  it("takes a Sonobuoy tarball, with the cluster it is of", async () => {
    const bytes = await sonobuoyTarball(complete);
    const result = await imported(written("202611201000_sonobuoy_x.tar.gz", bytes));
    expect(result).toEqual({
      tool: "sonobuoy v0.57.3",
      source: sha256(bytes),
      finishedAt: "2026-11-20T11:00:00Z",
      kubernetesVersion: "v1.36.3",
      clusterUid: "uid-of-this-cluster",
      run: { dryRun: false, parallel: false, flakeAttempts: 1, focus: ["\\[Conformance\\]"], skip: [] },
      executed: 446,
      conformance: whole,
    });
  });

  it.each([
    ["junit_01.xml", complete],
    ["junit_01.xml.gz", gzipSync(complete)],
    ["anything", gzipSync(complete)],
  ])("takes one JUnit file: %s", async (name, bytes) => {
    const result = await imported(written(name, bytes));
    expect(result).toMatchObject({ tool: "e2e suite (JUnit only)", conformance: whole });
    expect([result.kubernetesVersion, result.clusterUid, result.product]).toEqual([undefined, undefined, undefined]);
  });

  it("takes an archive that packs the whole in a folder, plain or packed", async () => {
    const entries = [
      { name: "./run/plugins/e2e/results/global/junit_01.xml.gz", content: gzipSync(complete) },
      { name: "./run/other/junit_report.xml", content: junit({ failed: ["[Conformance] not this one"] }) },
    ];
    for (const gzip of [true, false]) {
      const file = written("run.tar", await tarball(entries, gzip));
      expect(await imported(file)).toMatchObject({ conformance: whole });
    }
  });

  it("merges the files of the processes of a parallel run", async () => {
    const folder = scratchFolder();
    const half = [all.slice(0, 200), all.slice(200)] as const;
    const properties = { ParallelTotal: "2" };
    writeFileSync(path.join(folder, "junit_01.xml"), junit({ passed: half[0], skipped: half[1], properties }));
    writeFileSync(path.join(folder, "junit_02.xml"), junit({ passed: half[1], skipped: half[0], properties }));
    expect(await imported(folder)).toMatchObject({ conformance: whole, run: { parallel: true } });
  });

  it("takes Sonobuoy's own tree when the JUnit file was not kept", async () => {
    const items = all.map((name) => `- {name: ${JSON.stringify(name)}, status: passed}`).join("\n  ");
    const content = `name: e2e\nstatus: passed\nitems:\n- name: junit_01.xml\n  status: passed\n  items:\n  ${items}\n`;
    const file = written("x.tar.gz", await tarball([{ name: "plugins/e2e/sonobuoy_results.yaml", content }]));
    expect(await imported(file)).toMatchObject({ tool: "sonobuoy (results only)", conformance: whole, undated: true });
  });

  it("refuses what is no result, and says what it looked for", async () => {
    const folder = scratchFolder();
    await expect(imported(folder)).rejects.toThrow(/holds no JUnit file of the e2e suite \(junit_01\.xml\)/);
    await expect(imported(path.join(folder, "gone"))).rejects.toThrow(/does not exist/);
    await expect(imported(written("a", "Ran 446 of 446 Specs\nSUCCESS!"))).rejects.toThrow(/neither a tar archive nor/);
    await expect(imported(written("a", ""))).rejects.toThrow(/neither a tar archive nor/);
    await expect(imported(written("a.xml", "<html></html>"))).rejects.toThrow(/is XML, but no JUnit file/);
    const entries = ["one/junit_01.xml", "two/junit_01.xml"].map((name) => ({ name, content: complete }));
    await expect(imported(written("a.tgz", await tarball(entries)))).rejects.toThrow(/several runs, in 2 folders/);
    symlinkSync("/etc/passwd", path.join(folder, "junit_01.xml"));
    await expect(imported(folder)).rejects.toThrow(/is no plain file/);
  });
});

describe("the minor", () => {
  const minorOf = async (run: Parameters<typeof junit>[0], version?: string) => {
    const bytes = version === undefined ? junit(run) : await sonobuoyTarball(junit(run), version);
    return (await imported(written("x", bytes))).conformance;
  };

  it("is told by the names, whatever the version says", async () => {
    expect(await minorOf({ passed: all }, "v1.35.2")).toMatchObject({ minor: "1.36", required: 446 });
    expect(await minorOf({ passed: specsOf("1.37") })).toMatchObject({ minor: "1.37", required: 462, passed: 462 });
  });

  it("is told by the version when names were cut away: what is missing is not executed", async () => {
    const cut = await minorOf({ passed: all.slice(3) }, "v1.36.0");
    expect(cut).toMatchObject({ minor: "1.36", passed: 443, notExecuted: all.slice(0, 3) });
  });

  it("443 of 446 executed: complete by count of the suite, not by name", async () => {
    const skipped = all.filter((name) => name.includes("LinuxOnly")).slice(0, 3);
    const rest = all.filter((name) => !skipped.includes(name));
    expect(await minorOf({ passed: rest, skipped })).toMatchObject({ passed: 443, notExecuted: skipped });
  });

  it("is not guessed from a few names", async () => {
    expect(await minorOf({ passed: all.slice(0, 300) })).toMatchObject({ minor: "unknown", required: 0 });
  });

  it("of 1.37 is not counted by the names of 1.36", async () => {
    expect(await minorOf({ passed: all }, "v1.37.2")).toMatchObject({ minor: "1.36" });
    const most = await minorOf({ passed: all.slice(10) }, "v1.37.2");
    expect(most?.required).toBe(462);
    expect(most?.notExecuted.length).toBeGreaterThan(200);
  });
});

test("NetworkPolicy specs are complete by name too; those left out are named", async () => {
  const sctp = policies.filter((name) => name.includes("SCTPConnectivity"));
  const passed = policies.filter((name) => !sctp.includes(name));
  const result = await imported(written("x", await sonobuoyTarball(junit({ passed, skipped: all }))));
  expect(result.conformance, "the run was not about them").toBeUndefined();
  expect(result.networkPolicy).toEqual({
    minor: "1.36",
    required: 50,
    passed: [...passed].sort(),
    failed: [],
    notExecuted: [...sctp].sort(),
    flaked: [],
  });
});
