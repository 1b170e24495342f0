/** Stored evidence judged again: the same bytes, new inputs where they are given, and hostile files refused. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../support/command.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

/** A folder with evidence.json of `gather`. */
async function gathered(args: readonly string[] = []): Promise<string> {
  const server = await cluster();
  const cwd = scratchFolder();
  const given = ["gather", "--kubeconfig", server.kubeconfigFile, "-o", "evidence.json", "--subject", "my-cloud"];
  const { code, stdout, stderr } = await run([...given, "--data", releaseFile(), ...args], { cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toMatch(/^Wrote evidence\.json: the cluster showed \d+ of \d+ facts, sha256 [0-9a-f]{64}\.$/m);
  return cwd;
}

const evaluate = (cwd: string, ...args: string[]) => run(["evaluate", "evidence.json", ...args], { cwd });

describe("evaluate", () => {
  it("gives the same bytes twice, from elsewhere, at another time, and those of check itself", async () => {
    const server = await cluster();
    const cwd = scratchFolder();
    const data = releaseFile();
    await run(
      [
        "check",
        "--kubeconfig",
        server.kubeconfigFile,
        "-o",
        "run",
        "--data",
        data,
        "--as-of",
        new Date().toISOString(),
      ],
      { cwd },
    );
    const report = left(cwd, "run").text("report.json");
    const other = scratchFolder();
    cpSync(path.join(cwd, "run", "evidence.json"), path.join(other, "evidence.json"));
    const { asOf } = left(cwd, "run").report;
    for (const out of ["one", "two"]) await evaluate(other, "-o", out, "--as-of", asOf);
    expect(left(other, "one").text("report.json")).toBe(report);
    expect(left(other, "two").text("report.json")).toBe(report);
    expect(left(other, "two").text("evidence.json")).toBe(left(cwd, "run").text("evidence.json"));
    expect(left(other, "two").text("report.html")).toBe(left(cwd, "run").text("report.html"));
  });

  it("without options judges as the evidence asks: scope, selection and subject stay", async () => {
    const cwd = await gathered(["--scope", "scs-kaas-drafts", "--only", "scs-0211*"]);
    const { code } = await evaluate(cwd, "-o", "out");
    const { report } = left(cwd, "out");
    expect(report.scope.id).toBe("scs-kaas-drafts");
    expect(report).toMatchObject({ subject: "my-cloud", partial: true, selection: { only: ["scs-0211*"] } });
    expect([1, 2]).toContain(code);
  });

  it("takes what is given in place of what the evidence holds, over the same facts", async () => {
    const cwd = await gathered(["--only", "scs-0211*"]);
    await evaluate(
      cwd,
      "-o",
      "out",
      "--scope",
      "scs-kaas-drafts",
      "--subject",
      "other",
      "--only",
      "scs-0214*",
      "--skip",
      "scs-0214-v2/worker-zones",
    );
    const { report, evidence } = left(cwd, "out");
    expect(report.scope).toMatchObject({ id: "scs-kaas-drafts", submittable: false });
    expect(report).toMatchObject({
      subject: "other",
      selection: { only: ["scs-0214*"], skip: ["scs-0214-v2/worker-zones"] },
    });
    const before = JSON.parse(readFileSync(path.join(cwd, "evidence.json"), "utf8")) as typeof evidence;
    expect(evidence.facts).toEqual(before.facts);
    expect(left(cwd, "out").names).not.toContain("report.scs.yaml");
  });

  it("with new release data and another date changes the verdict, never the time of looking", async () => {
    const cwd = await gathered(["--only", "version-policy-check"]);
    expect((await evaluate(cwd, "-o", "now")).code).toBe(0);
    expect((await evaluate(cwd, "-o", "newer", "--data", releaseFile([["1.37.3", 40]]))).code).toBe(1);
    const later = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
    await evaluate(cwd, "-o", "later", "--as-of", later);
    const { report } = left(cwd, "later");
    expect(report).toMatchObject({ hypothetical: true, asOf: `${later}T00:00:00Z` });
    expect(report.checkedAt).toBe(left(cwd, "now").report.checkedAt);
  });

  it("signs, but cannot say who gathered", async () => {
    const { withDesk } = await import("../support/openssh-desk.ts");
    const key = withDesk().key("ed25519");
    const cwd = await gathered();
    await evaluate(cwd, "-o", "out", "--key", key.path);
    expect(left(cwd, "out").names).toContain("report.json.sig");
    expect(left(cwd, "out").report.gatheredBy).toBe("unsigned");
  });
});

describe("evidence that was changed or never was evidence", () => {
  it("is refused in clear lines", async () => {
    const cwd = await gathered();
    const text = readFileSync(path.join(cwd, "evidence.json"), "utf8");
    const cases: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
      ["one word", text.replace('"Flatcar"', '"Flatcax"'), /the digest of the fact kube\/nodes does not hold/],
      [
        "another scope text",
        text.replace("SCS-compatible KaaS", "SCS-compatible KaaZ"),
        /digest of the scope definition/,
      ],
      [
        "another order of keys",
        `{"schemaVersion":1,${text.slice(1).replace(/,"schemaVersion":1\}\n$/, "}\n")}`,
        /canonical form/,
      ],
      ["no final newline", text.trimEnd(), /canonical form/],
      ["cut off", text.slice(0, 5000), /is not JSON/],
      ["not JSON", "# nothing", /is not JSON/],
      ["empty", "", /is not JSON/],
      ["another document", '{"kind":"Config"}', /not evidence of this suite/],
      ["a version to come", text.replace('"schemaVersion":1}', '"schemaVersion":2}'), /schemaVersion/],
      [
        "a fact nobody knows",
        text.replace('"kube/version":', '"kube/moon":'),
        /kube\/moon: is no fact that this version knows/,
      ],
      ["a lone surrogate", text.replace('"Flatcar"', '"\\ud800"'), /Unicode|digest of the fact/],
      [
        "bytes that are no text",
        Buffer.concat([Buffer.from(text.slice(0, 100)), Buffer.from([0xff]), Buffer.from(text.slice(100))]),
        /is not UTF-8/,
      ],
      ["a byte order mark", `\ufeff${text}`, /is not JSON|canonical form/],
      ["deep nesting", `${"[".repeat(200_000)}`, /is not JSON/],
    ];
    for (const [name, content, message] of cases) {
      writeFileSync(path.join(cwd, "evidence.json"), content);
      const { code, stdout, stderr } = await evaluate(cwd, "-o", "out");
      expect({ name, code, stdout }).toEqual({ name, code: 3, stdout: "" });
      expect(stderr, name).toMatch(message);
      expect(stderr, name).not.toMatch(/^\s+at /m);
    }
  });

  it("is refused when it is a folder, missing or larger than any evidence, before it is read", async () => {
    const cwd = scratchFolder();
    expect((await evaluate(cwd)).stderr).toBe("evidence.json: does not exist\n");
    expect((await run(["evaluate", "."], { cwd })).stderr).toBe(".: is a folder\n");
    const { truncateSync } = await import("node:fs");
    writeFileSync(path.join(cwd, "evidence.json"), "");
    truncateSync(path.join(cwd, "evidence.json"), 300 * 1024 * 1024);
    const { code, stderr } = await evaluate(cwd);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^evidence\.json: is larger than \d+/);
  });
});
