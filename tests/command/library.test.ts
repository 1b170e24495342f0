/** The library as another program imports it, built: the same bytes as the command line leaves. */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import type * as Library from "../../src/index.ts";
import { run } from "../support/command.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";
import { evidenceBytes } from "../support/stories/folder.ts";

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  exports: { ".": { import: string; types: string } };
};
const signing = { passphrase: async () => undefined };

describe("the library", () => {
  it("judges, verifies and looks ahead as the command line does, and prints nothing", async () => {
    const cwd = scratchFolder();
    const file = path.join(cwd, "library.mjs");
    copyFileSync(manifest.exports["."].import, file);
    const library = (await import(pathToFileURL(file).href)) as typeof Library;
    const functions = Object.entries(library).flatMap(([name, value]) => (typeof value === "function" ? [name] : []));
    expect(functions.sort()).toEqual([
      "Defect",
      "UsageError",
      "check",
      "diffRuns",
      "evaluateEvidence",
      "gatherEvidence",
      "judgeEvidence",
      "makeMatrix",
      "outlook",
      "readEvidence",
      "readRun",
      "renderReport",
      "signRun",
      "verifyRun",
      "writeReduced",
    ]);
    const evidence = path.join(cwd, "evidence.json");
    writeFileSync(evidence, evidenceBytes("cluster-api-openstack-1.37"));

    const made = await library.evaluateEvidence({
      file: evidence,
      inputs: {},
      signing,
      folder: path.join(cwd, "mine"),
      formats: [],
    });
    await run(["evaluate", "evidence.json", "-o", "theirs"], { cwd });
    expect(left(cwd, "mine").text("report.json")).toBe(left(cwd, "theirs").text("report.json"));
    expect(made.report.tool).toEqual(library.tool);

    const { layers } = await library.verifyRun({ target: made.folder, now: () => new Date() });
    expect(layers.find(({ name }) => name === "recomputation")?.state).toBe("ok");
    expect((await library.outlook({ target: made.folder })).subject).toBe("cloud-1.37");
    await expect(library.readRun(path.join(cwd, "gone"))).rejects.toThrow(library.UsageError);
  });
});
