/** Whose code is in a bundle, under which licence: the notices that those licences ask for. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** `inputs`: of esbuild's metafile. One entry per package, by name, with the text of its licence and notice. */
export function thirdPartyNotices(root, inputs) {
  const folders = new Set(Object.keys(inputs).flatMap((input) => packageFolder(input) ?? []));
  return [...folders]
    .map((folder) => notice(path.join(root, folder)))
    .sort()
    .join(`\n${"-".repeat(78)}\n\n`);
}

/** `node_modules/a/node_modules/@b/c/d.js` -> `node_modules/a/node_modules/@b/c`. */
function packageFolder(input) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const texts = existsSync(folder)
    ? readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    : [];
  const bodies = texts.sort().map((file) => readFileSync(path.join(folder, file), "utf8").trim());
  return `${name} ${version} (${license ?? "see below"})\n\n${bodies.join("\n\n")}\n`;
}
