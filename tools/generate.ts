/** Writes all generated files; with `--check` only says which are not what the generators would write (exit code 1). */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generateCheckPages } from "./generate-check-pages.ts";
import { generateCompiled } from "./generate-compiled.ts";
import { generateCoverage } from "./generate-coverage.ts";
import { generateSchemas } from "./generate-schemas.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** Each gets the repository's root and writes nothing itself. */
const generators: readonly ((root: string) => readonly GeneratedFile[])[] = [
  generateCompiled,
  generateSchemas,
  generateCoverage,
  generateCheckPages,
];
/** Nothing else stands here, so what no generator writes any more is left over. */
const ownFolder = "docs/generated";

const root = path.resolve(path.dirname(process.argv[1] ?? "."), "..");
const files = generators.flatMap((generate) => generate(root));
const stale = files.filter((file) => {
  const target = path.join(root, file.path);
  return !existsSync(target) || readFileSync(target, "utf8") !== file.text;
});
const written = new Set(files.map((file) => file.path));
const leftOver = existsSync(path.join(root, ownFolder))
  ? readdirSync(path.join(root, ownFolder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
      .filter((file) => !written.has(file))
  : [];

if (process.argv.includes("--check")) {
  for (const file of stale) console.error(`${file.path} is not what its generator writes; run: npm run generate`);
  for (const file of leftOver) console.error(`${file} is written by no generator; run: npm run generate`);
  if (stale.length + leftOver.length > 0) process.exitCode = 1;
} else {
  for (const file of stale) {
    const target = path.join(root, file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.text);
    console.error(`wrote ${file.path}`);
  }
  for (const file of leftOver) {
    rmSync(path.join(root, file));
    console.error(`removed ${file}`);
  }
}
