/** All of it against the embedded recording: no kubeconfig, no network, nothing outside a temporary folder. */
import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { run } from "../support/command.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

it("is conformant, verified, and says what to type next", async () => {
  const cwd = scratchFolder();
  const { stdout, stderr, code } = await run(["demo", "-o", "out"], { cwd, env: { TMPDIR: scratchFolder() } });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).toMatch(/^This is a recording of a test cluster, replayed/);
  expect(stdout).toMatch(
    /^Verified with the throw-away key's public half: bytes ok, digests ok, signature ok, signer ok, /m,
  );
  expect(stdout).toMatch(/^ {2}scs-conformance check --subject /m);
  const { report, names } = left(cwd, "out");
  expect(report).toMatchObject({ verdict: "PASS", testcaseVerdict: "PASS", recorded: true, hypothetical: false });
  expect(report.attestations.disproved).toEqual([]);
  expect(report.results.some(({ binding, outcome }) => !binding && outcome === "fail")).toBe(true);
  expect(names).toEqual(
    [
      "evidence.json",
      "junit.xml",
      "report.html",
      "report.json",
      "report.json.sig",
      "report.md",
      "report.scs.yaml",
      "report.scs.yaml.sig",
      "testcases.txt",
    ].filter((name) => !name.startsWith("report.scs.yaml") || names.includes(name)),
  );
  expect(readdirSync(cwd)).toEqual(["out"]);
});
