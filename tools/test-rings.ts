/**
 * `npm test [-- RING ...]`: runs every ring of tests that this machine can run, and says aloud which it cannot.
 * With CI=true whatever did not run is a failure. The last line is `N passed, N failed`; exit code 1 when any failed.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Ring, rings } from "./rings/rings.ts";
import { type RingResult, summaryOf } from "./rings/summary.ts";
import { tallyOf } from "./rings/tally.ts";

const root = process.cwd();
const [, , ...asked] = process.argv;
const unknown = asked.filter((name) => !rings.some((ring) => ring.name === name));
if (unknown.length > 0) {
  console.error(`There is no ring "${unknown.join('", "')}"; there are ${rings.map(({ name }) => name).join(", ")}.`);
  process.exit(3);
}
const folder = mkdtempSync(path.join(tmpdir(), "test-rings-"));
const results: RingResult[] = [];
for (const ring of rings.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  console.log(`\n== ${ring.name}`);
  results.push(await run(ring));
}
rmSync(folder, { recursive: true, force: true });
const { text, exitCode } = summaryOf(results, isTrue(process.env.CI));
process.stdout.write(`\n== summary\n${text}`);
process.exitCode = exitCode;

async function run(ring: Ring): Promise<RingResult> {
  const { name } = ring;
  try {
    const readiness = await ring.prepare(root);
    if (!readiness.ready) {
      console.log(`not run: ${readiness.because}`);
      return { ring: name, kind: "skipped", because: readiness.because, get: readiness.get };
    }
    const { exitCode, json } = await vitest(name, readiness.env ?? {});
    return { ring: name, kind: "ran", tally: tallyOf(json, exitCode, root) };
  } catch (error) {
    const failed = [error instanceof Error ? error.message : String(error)];
    console.error(failed.join());
    return { ring: name, kind: "ran", tally: { passed: 0, failed, skipped: [] } };
  }
}

async function vitest(name: string, env: Readonly<Record<string, string>>) {
  const output = path.join(folder, `${name}.json`);
  const program = path.join(root, "node_modules", "vitest", "vitest.mjs");
  const options = ["--passWithNoTests", "--reporter=default", "--reporter=json", `--outputFile.json=${output}`];
  const child = spawn(process.execPath, [program, "run", "--project", name, ...options], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  const [exitCode]: (number | null)[] = await once(child, "exit");
  return { exitCode: exitCode ?? null, json: existsSync(output) ? readFileSync(output, "utf8") : undefined };
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false"].includes(value);
}
