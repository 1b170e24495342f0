/** The YAML files below standards/ once more as JSON, so that a run need not parse what the tests have parsed. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { GeneratedFile } from "./generated-file.ts";

/** What no run reads. */
const unread = ["not-testable.yaml"];

/** standards/data/compiled.json: digest of the text and value, one file a line. */
export function generateCompiled(root: string): GeneratedFile[] {
  const standards = path.join(root, "standards");
  const files = readdirSync(standards, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml"));
  const lines = files
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => !unread.includes(file))
    .sort()
    .map((file) => {
      const text = readFileSync(path.join(standards, file), "utf8");
      const sha256 = createHash("sha256").update(text).digest("hex");
      const value: unknown = parse(text, { version: "1.2", schema: "core" });
      return `  ${JSON.stringify(file)}: ${JSON.stringify({ sha256, value })}`;
    });
  return [{ path: "standards/data/compiled.json", text: `{\n${lines.join(",\n")}\n}\n` }];
}
