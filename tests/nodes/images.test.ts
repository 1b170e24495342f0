/** Archives of images, packed with GNU tar. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeOciArchive } from "../../testbed/real-nodes/oci-archive.ts";

describe("an image", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "scs-image-"));
    mkdirSync(path.join(folder, "root"));
    writeFileSync(path.join(folder, "root", "program"), "content");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("is the same bytes for the same content, with an entry per name", () => {
    const archives = ["one", "two"].map((name) => {
      const file = path.join(folder, `${name}.tar`);
      const content = {
        names: ["a.example/x:1", "a.example/y:2"],
        entrypoint: ["/program"],
        root: path.join(folder, "root"),
      };
      writeOciArchive(file, content, path.join(folder, `${name}.parts`));
      return readFileSync(file);
    });
    expect(archives[0]?.equals(archives[1] ?? Buffer.alloc(0))).toBe(true);
    const text = archives[0]?.toString("latin1") ?? "";
    expect(text.match(/"io\.containerd\.image\.name":"[^"]+"/g)).toHaveLength(2);
  });
});
