/** Names of machines kept back by their owner, and shown one by one to whom they may be shown. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { OpeningsFile } from "../../src/model/commitment.ts";
import { jsonText } from "../../src/model/report-text.ts";
import { complaint, run } from "../support/command.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";
import { evidenceBytes } from "../support/stories/folder.ts";

const words = (text: string): readonly string[] => text.split(" ");
const openingsIn = (cwd: string, file: string): OpeningsFile =>
  JSON.parse(readFileSync(path.join(cwd, file), "utf8")) as OpeningsFile;

describe("check --redact names", () => {
  it("leaves no name in what is handed in, and all that opens them to the owner alone", async () => {
    const server = await cluster();
    const cwd = scratchFolder();
    const given = ["check", "--kubeconfig", server.kubeconfigFile, "--data", releaseFile(), "--subject", "cloud-1.37"];
    const formats = ["--format", "junit,sarif,markdown,in-toto"];
    const open = await run([...given, ...formats, "-o", "open"], { cwd });
    const made = await run([...given, ...formats, "-o", "run", ...words("--redact names --openings mine.json")], {
      cwd,
    });
    expect(made.code).toBe(open.code);
    expect(made.stderr).toContain("What opens the names is in mine.json, for you alone");
    expect(statSync(path.join(cwd, "mine.json")).mode & 0o777).toBe(0o600);
    expect(left(cwd, "run").outcomes).toEqual(left(cwd, "open").outcomes);

    const { openings } = openingsIn(cwd, "mine.json");
    const nodes = openings.filter(({ kind }) => kind === "node").map(({ name }) => name);
    expect(nodes.length).toBeGreaterThan(0);
    for (const file of readdirSync(path.join(cwd, "run"))) {
      const text = `${made.stdout}\n${readFileSync(path.join(cwd, "run", file), "utf8")}`.replaceAll("cloud-1.37", "");
      expect(openings.filter(({ salt }) => text.includes(salt))).toEqual([]);
      expect(
        nodes.filter((name) => new RegExp(`\\b${name}\\b`).test(text)),
        file,
      ).toEqual([]);
    }
    const verified = await run(words("verify run"), { cwd });
    expect(verified.stdout).toMatch(
      /^names +none +\d+ names stand as commitments; --openings FILE shows which it opens$/m,
    );
    expect(verified.stdout).toMatch(/^recomputation +ok /m);
  });
});

describe("openings", () => {
  it("are handed on one by one, fit or are named, and say nothing of the others", async () => {
    const cwd = scratchFolder();
    writeFileSync(path.join(cwd, "evidence.json"), evidenceBytes("cluster-api-openstack-1.37"));
    // beside the evidence it would be handed in with it
    const beside = words("evidence evidence.json --redact names --openings mine.json -o bare.json");
    expect(complaint(await run(beside, { cwd }))[0]).toBe("mine.json: would lie in the folder that is handed in");
    const apart = words("evidence evidence.json --redact names --openings ../mine.json -o bare.json");
    const inside = path.join(cwd, "out");
    mkdirSync(inside);
    writeFileSync(path.join(inside, "evidence.json"), evidenceBytes("cluster-api-openstack-1.37"));
    expect((await run(apart, { cwd: inside })).code).toBe(0);
    await run(words("evaluate out/bare.json -o run"), { cwd });

    expect((await run(words("open mine.json cp-1 -o one.json"), { cwd })).stderr).toBe(
      "Wrote one.json: 1 of your openings.\n",
    );
    const [one] = openingsIn(cwd, "one.json").openings;
    const verified = await run(words("verify run --openings one.json"), { cwd });
    expect(verified.stdout).toMatch(
      new RegExp(`^names +ok +1 of \\d+ names opened, each fits its commitment\n +${one?.token} is "cp-1"$`, "m"),
    );

    const { openings, ...head } = openingsIn(cwd, "one.json");
    const other = { ...head, openings: openings.map((opening) => ({ ...opening, name: "cp-2" })) };
    writeFileSync(path.join(cwd, "other.json"), jsonText(other));
    const wrong = await run(words("verify run --openings other.json"), { cwd });
    expect(wrong.code).toBe(4);
    expect(wrong.stdout).toMatch(
      /^names +bad +1 of 1 openings do not fit\n +node-[0-9a-f]{16}: it does not give the commitment/m,
    );

    expect(complaint(await run(words("open mine.json cp-9 -o nine.json"), { cwd }))[0]).toBe(
      'mine.json: opens nothing called "cp-9"',
    );
    expect(complaint(await run(apart, { cwd: inside }))[0]).toBe("../mine.json: is there already");
    const twice = words("evidence bare.json --redact names --openings ../more.json -o barer.json");
    expect(complaint(await run(twice, { cwd: inside }))[0]).toBe(
      "bare.json: holds commitments in place of names already",
    );
  });

  it("are asked for with the redaction, and the other way round", async () => {
    const cwd = scratchFolder();
    expect(complaint(await run(words("check --redact names"), { cwd }))).toEqual([
      "--redact names needs a file for what opens them.",
      "Name one with --openings.",
    ]);
    expect(complaint(await run(words("gather -o e.json --openings f.json"), { cwd }))[0]).toBe(
      "--openings goes with --redact names.",
    );
    expect(complaint(await run(words("check -o run --redact names --openings run/mine.json"), { cwd }))[0]).toBe(
      "run/mine.json: would lie in the folder that is handed in",
    );
  });
});
