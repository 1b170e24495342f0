/** The digest of the judging sources: what a report names as `tool.sha256`, the same in every form of the package. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * Folders whose code decides what a verdict is, given evidence, standards and date: the judging itself, what reads scopes and
 * declarations out of the evidence, and what tells whether a declaration's signature is intact.
 */
export const judgingFolders = ["checks", "src/catalogue", "src/engine", "src/model", "src/signing"];

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
/** Code units, so that no locale changes the order. */
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Paths below the root, with `/`, in code unit order. */
export function judgingSources(root) {
  return judgingFolders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && isJudging(entry.name))
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/")),
    )
    .sort(byText);
}

const isJudging = (name) => name.endsWith(".ts") && !/\.(test|testing|d)\.ts$/.test(name);

/** Hex sha256 over the lines `<sha256 of the file>  <path>\n`, as `sha256sum` would print them. */
export function judgingDigest(root) {
  const lines = judgingSources(root).map((file) => `${sha256(readFileSync(path.join(root, file)))}  ${file}\n`);
  return sha256(lines.join(""));
}
