/** What `--version` and `--help` do not pay for: no SDK, schema compiler or parser is evaluated before a command needs it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";

const bundle = path.resolve("dist/scs-conformance.js");
const bundled = readFileSync(bundle, "utf8");

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly functionName: string; readonly ranges: readonly { count: number }[] }[];
  }[];
}

/** The modules that esbuild wrapped and Node evaluated: the wrapper carries the module's path as its name. */
function evaluated(args: readonly string[]): readonly string[] {
  const folder = mkdtempSync(path.join(tmpdir(), "coverage-"));
  try {
    execFileSync(process.execPath, [bundle, ...args], { env: { ...process.env, NODE_V8_COVERAGE: folder } });
    return readdirSync(folder).flatMap((file) => {
      const coverage = JSON.parse(readFileSync(path.join(folder, file), "utf8")) as Coverage;
      const own = coverage.result.filter(({ url }) => url.endsWith("/dist/scs-conformance.js"));
      const run = own.flatMap(({ functions }) => functions).filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0);
      return run.map(({ functionName }) => functionName).filter((name) => /\.[cm]?[jt]s$/.test(name));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const dear = [
  "@kubernetes/client-node",
  "@octokit/rest",
  "@peculiar/x509",
  "@sinclair/typebox",
  "ajv",
  "bcrypt-pbkdf",
  "yaml",
];

describe.each(["--version", "--help", "check --help"])("%s", (line) => {
  const names = evaluated(line.split(" "));

  it("sees what is evaluated", () => {
    expect(names).toContain("node_modules/commander/index.js");
  });

  it.each(dear)("does without %s", (name) => {
    // not wrapped would mean evaluated at once
    expect(bundled).toMatch(new RegExp(`"node_modules/${name}/[^"]+"\\(`));
    expect(names.filter((module) => module.startsWith(`node_modules/${name}/`))).toEqual([]);
  });

  it("touches neither the cluster, the standards nor the checks", () => {
    expect(
      names.filter((module) => /^(src\/(github|kubernetes|catalogue|engine|signing|probes)|checks)\//.test(module)),
    ).toEqual([]);
  });
});
