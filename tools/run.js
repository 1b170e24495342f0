/** Runs a tool written in TypeScript: `node tools/run.js NAME [ARGS]`. Node 20 cannot run .ts files by itself. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { common } from "./esbuild-options.js";

const root = path.resolve(import.meta.dirname, "..");
const [name = "", ...args] = process.argv.slice(2);
const source = path.join(root, "tools", `${name}.ts`);
if (!/^[a-z-]+$/.test(name) || !existsSync(source)) {
  process.stderr.write(`There is no tool "${name}" in tools/.\n`);
  process.exit(3);
}
// below node_modules, so that packages left out of the bundle are still found
const folder = mkdtempSync(path.join(root, "node_modules", ".tool-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const outfile = path.join(folder, `${name}.js`);
await build({ ...common, entryPoints: [source], outfile, packages: "external" });
process.argv = [process.argv[0] ?? "node", source, ...args];
await import(pathToFileURL(outfile).href);
