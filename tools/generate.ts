/** Writes all generated files; with `--check` only says which are not what the generators would write (exit code 1). */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generateCompiled } from "./generate-compiled.ts";
import { generateSchemas } from "./generate-schemas.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** Each gets the repository's root and writes nothing itself. */
const generators: readonly ((root: string) => readonly GeneratedFile[])[] = [generateCompiled, generateSchemas];

const root = path.resolve(path.dirname(process.argv[1] ?? "."), "..");
const files = generators.flatMap((generate) => generate(root));
const stale = files.filter((file) => {
  const target = path.join(root, file.path);
  return !existsSync(target) || readFileSync(target, "utf8") !== file.text;
});

if (process.argv.includes("--check")) {
  for (const file of stale) console.error(`${file.path} is not what its generator writes; run: npm run generate`);
  if (stale.length > 0) process.exitCode = 1;
} else {
  for (const file of stale) {
    const target = path.join(root, file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.text);
    console.error(`wrote ${file.path}`);
  }
}
