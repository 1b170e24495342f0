/** Every form of a realistic matrix, byte for byte (UPDATE_GOLDEN=1 writes them anew), and what hostile names come to in them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/model/digest.ts";
import { jsonText } from "../../src/model/report-text.ts";
import { hostileMatrix, providersMatrix } from "../../tests/support/matrix-examples.ts";
import { matrixHtml } from "./html.ts";
import { matrixMarkdown } from "./markdown.ts";
import { matrixText } from "./text.ts";

const root = join(import.meta.dirname, "../../fixtures/matrix");
const signedBy = "SHA256:k3QmVZ5yXr0m0zQ0m7yqkq3Hn3N1o3cQb3yVwq9rJ5s";

const forms = (matrix: ReturnType<typeof providersMatrix>) => {
  const context = { matrixSha256: sha256(jsonText(matrix)), signedBy };
  return {
    "matrix.json": jsonText(matrix),
    "matrix.html": matrixHtml(matrix, context),
    "matrix.md": matrixMarkdown(matrix, context),
    "matrix.txt": matrixText(matrix, { width: 80 }),
  } as const;
};

describe("a matrix of two providers", () => {
  it.each(Object.entries(forms(providersMatrix())))("as %s", (name, text) => {
    const file = join(root, name);
    if (process.env.UPDATE_GOLDEN === "1") {
      mkdirSync(root, { recursive: true });
      writeFileSync(file, text);
    }
    expect(existsSync(file), `${file} is missing: run with UPDATE_GOLDEN=1`).toBe(true);
    expect(text).toBe(readFileSync(file, "utf8"));
  });

  it("never shows green what does not pass", () => {
    const html = matrixHtml(providersMatrix(), { matrixSha256: sha256("") });
    const green = [...html.matchAll(/class="(?:chip|result|verdict) good">(?:.*?<\/span>)? ?([\w ]*)/g)].map(
      ([, word]) => word,
    );
    expect([...new Set(green)].filter((word) => !/^(PASS|pass|counts|)$/.test(word ?? ""))).toEqual([]);
  });
});

describe("hostile names", () => {
  const shown = forms(hostileMatrix(150, 100));

  it("stay text in the page", () => {
    const html = shown["matrix.html"];
    expect(html).not.toMatch(/<script|<img|<[^>]*(?:onerror=|javascript:)/i);
    expect(html).toContain("&lt;script&gt;");
  });

  it("obey nothing in a terminal or a comment", () => {
    for (const name of ["matrix.md", "matrix.txt"] as const) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
      expect(shown[name]).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^::error|##\[/m);
    }
    expect(shown["matrix.md"]).not.toMatch(/<script|\]\(javascript|(?<!\\)@everyone/);
  });

  it("fit a comment, however many there are", () => {
    expect(Buffer.byteLength(shown["matrix.md"])).toBeLessThan(65_536);
  });
});
