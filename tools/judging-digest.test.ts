import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { judgingDigest, judgingSources } from "./judging-digest.js";

const root = path.resolve(import.meta.dirname, "..");
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function copy(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "judging-"));
  folders.push(folder);
  for (const part of ["checks", "src/catalogue", "src/engine", "src/model", "src/signing"]) {
    mkdirSync(path.join(folder, path.dirname(part)), { recursive: true });
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  }
  return folder;
}

describe("the digest of the judging sources", () => {
  it("covers all that decides a verdict, and no tests", () => {
    const sources = judgingSources(root);
    expect(sources).toContain("checks/index.ts");
    expect(sources).toContain("src/engine/evaluate.ts");
    expect(sources).toContain("src/model/report.ts");
    expect(sources).toContain("src/catalogue/scope.ts");
    expect(sources).toContain("src/signing/verify.ts");
    expect(sources.filter((file) => /\.test\.ts$|^src\/(?!catalogue|engine|model|signing)/.test(file))).toEqual([]);
    expect(sources).toEqual([...sources].sort());
  });

  it("is the same wherever the sources lie, and whatever else lies beside them", () => {
    const folder = copy();
    writeFileSync(path.join(folder, "checks/another.test.ts"), "// a test");
    writeFileSync(path.join(folder, "src/model/notes.md"), "notes");
    expect(judgingDigest(folder)).toBe(judgingDigest(root));
  });

  it.each(["src/engine/evaluate.ts", "checks/scs-0201/one-more.ts"])("is another one when %s is", (file) => {
    const folder = copy();
    writeFileSync(path.join(folder, file), "// other");
    expect(judgingDigest(folder)).not.toBe(judgingDigest(root));
  });
});
