/**
 * `npm run build`: bundles the command line into dist/scs-conformance.js, one ESM file that needs nothing but Node, the step of
 * GitHub Actions into dist/github-action.js, and the library into dist/index.js.
 * What a command imports by `import()` is evaluated only when that command runs: `--help` pays for no SDK.
 */
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { judgingDigest } from "./judging-digest.js";
import { thirdPartyNotices } from "./third-party.js";

const root = path.resolve(import.meta.dirname, "..");
const esbuild = await import("esbuild").catch(() => undefined);
if (esbuild === undefined) {
  process.stderr.write("Nothing built: esbuild is a development dependency and not installed. Run `npm ci`.\n");
  // `npm ci --omit=dev` runs this as well, and is right to leave esbuild out
  process.exit(process.env.npm_lifecycle_event === "prepare" ? 0 : 1);
}
const { common } = await import("./esbuild-options.js");
const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

const shared = {
  ...common,
  absWorkingDir: root,
  write: false,
  metafile: true,
  // whitespace and syntax only: stacks keep their names, and start-up is the same as with short ones
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
};
const options = {
  ...shared,
  entryPoints: ["src/cli/main.ts"],
  outfile: "dist/scs-conformance.js",
  banner: { js: `#!/usr/bin/env node\n${common.banner.js}` },
  define: {
    __TOOL_VERSION__: JSON.stringify(version),
    __JUDGING_SHA256__: JSON.stringify(judgingDigest(root)),
  },
};
/** What others import: the same code and the same digest as the command line's. */
const library = { ...shared, entryPoints: ["src/index.ts"], outfile: "dist/index.js", define: options.define };
/** The step of GitHub Actions starts the program that stands beside it. */
const action = { ...shared, entryPoints: ["src/cli/action/main.ts"], outfile: "dist/github-action.js" };
// esbuild has said what is wrong; a stack of its own adds nothing
const { outputFiles, metafile } = await esbuild.build(options).catch(() => process.exit(1));
const step = await esbuild.build(action).catch(() => process.exit(1));
const imported = await esbuild.build(library).catch(() => process.exit(1));

const dist = path.join(root, "dist");
mkdirSync(dist, { recursive: true });
for (const { path: file, contents } of [...outputFiles, ...step.outputFiles]) place(file, contents, 0o755);
for (const { path: file, contents } of imported.outputFiles) place(file, contents, 0o644);
place(path.join(dist, "THIRD-PARTY.txt"), thirdPartyNotices(root, metafile.inputs), 0o644);

/** By one rename: whoever runs the old file meanwhile is not disturbed. */
function place(file, contents, mode) {
  const draft = `${file}.draft-${process.pid}`;
  writeFileSync(draft, contents);
  chmodSync(draft, mode);
  renameSync(draft, file);
}
