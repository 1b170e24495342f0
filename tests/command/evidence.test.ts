/** The part of the evidence that a reviewer gets, from command to verdict. */
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { complaint, run } from "../support/command.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";
import { evidenceBytes } from "../support/stories/folder.ts";

describe("evidence --for review", () => {
  it("leaves less, which evaluate and verify take and which gives the same binding results", async () => {
    const cwd = scratchFolder();
    writeFileSync(path.join(cwd, "evidence.json"), evidenceBytes("cluster-api-openstack-1.37"));
    await run(["evaluate", "evidence.json", "--as-of", "2026-11-24", "-o", "whole"], { cwd });
    mkdirSync(path.join(cwd, "out"));
    const made = await run(["evidence", "whole", "--for", "review", "-o", "out/evidence.json"], { cwd });
    expect({ code: made.code, stdout: made.stdout }).toEqual({ code: 0, stdout: "" });
    expect(made.stderr).toMatch(
      /^Wrote out\/evidence\.json: \d+ facts kept, \d+ left out; \d+ requirements that do not bind are/,
    );
    const size = (file: string) => statSync(path.join(cwd, file)).size;
    expect(size("out/evidence.json")).toBeLessThan(size("evidence.json"));

    const judged = await run(["evaluate", "out/evidence.json", "--as-of", "2026-11-24", "-o", "part"], { cwd });
    expect(judged.stdout).toMatch(
      /REDUCED: judged from a part of the evidence sha256:[0-9a-f]{12} for review; \d+ facts left out/,
    );
    const binding = (folder: string) => left(cwd, folder).report.results.filter((result) => result.binding);
    expect(binding("part")).toEqual(binding("whole"));
    expect(left(cwd, "part").text("report.html")).toContain("REDUCED:");
    const verified = await run(["verify", "part"], { cwd });
    expect(verified.stdout).toMatch(
      /^digests +ok .*, a part for review of the evidence [0-9a-f]{12}, \d+ facts left out$/m,
    );
    expect(verified.stdout).toMatch(/^recomputation +ok /m);
  });

  it("takes nothing that was changed, and wants a file to write", async () => {
    const cwd = scratchFolder();
    const bytes = evidenceBytes("cluster-api-openstack-1.37").toString("utf8");
    writeFileSync(path.join(cwd, "evidence.json"), bytes.replace('"gitVersion":"v1.37', '"gitVersion":"v1.38'));
    expect(complaint(await run(["evidence", "evidence.json", "--for", "review", "-o", "small.json"], { cwd }))).toEqual(
      [
        "evidence.json: the digest of the fact kube/version does not hold",
        "The evidence was changed after it was sealed; take the original.",
      ],
    );
    expect(complaint(await run(["evidence", "evidence.json"], { cwd }))).toEqual([
      "No file to write was named.",
      "Say -o review/evidence.json.",
    ]);
    expect(complaint(await run(["evidence", "evidence.json", "-o", "x"], { cwd }))[0]).toBe(
      "Nothing was to be left out.",
    );
    expect(complaint(await run(["evidence", "evidence.json", "--for", "sale", "-o", "x"], { cwd }))[0]).toMatch(
      /Allowed choices are review/,
    );
  });
});
