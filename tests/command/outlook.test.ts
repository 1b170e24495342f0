/** What becomes of a run, asked of its folder. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Outlook } from "../../src/model/outlook.ts";
import { complaint, run } from "../support/command.ts";
import { scratchFolder } from "../support/scratch.ts";
import { evidenceBytes } from "../support/stories/folder.ts";

async function judged(): Promise<string> {
  const cwd = scratchFolder();
  writeFileSync(path.join(cwd, "evidence.json"), evidenceBytes("cluster-api-openstack-1.37"));
  expect((await run(["evaluate", "evidence.json", "-o", "run"], { cwd })).code).toBe(0);
  return cwd;
}

describe("outlook", () => {
  it("says by day what turns, in each form, of the run as of its evidence", async () => {
    const cwd = await judged();
    const until = ["--until", "2027-11-01"];
    const text = await run(["outlook", "run", ...until], { cwd });
    expect({ code: text.code, stderr: text.stderr }).toEqual({ code: 0, stderr: "" });
    expect(text.stdout).toMatch(/^✗ 2027-10-29 verdict cloud-1\.37: MISS, then FAIL$/m);
    const json = await run(["outlook", "run/report.json", ...until, "--format", "json"], { cwd });
    expect((JSON.parse(json.stdout) as Outlook).turns.length).toBeGreaterThan(10);
    expect((await run(["outlook", "evidence.json", ...until, "--format", "json"], { cwd })).stdout).toBe(json.stdout);
    const markdown = await run(["outlook", "run", ...until, "--format", "markdown"], { cwd });
    expect(markdown.stdout).toMatch(/^\| 2027-10-28 \| branch <code>1\.37<\/code> \|/m);
  });

  it("is a wrong call without evidence", async () => {
    const cwd = scratchFolder();
    expect(complaint(await run(["outlook", "."], { cwd }))).toEqual(["report.json: does not exist"]);
    expect(complaint(await run(["outlook", "evidence.json"], { cwd }))).toEqual(["evidence.json: does not exist"]);
  });
});
