import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCapped, readIfThere, readStored } from "./read-file.ts";

let folder = "";
const at = (name: string) => path.join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "scs-conformance-read-"));
  writeFileSync(at("five"), "12345");
  symlinkSync("/dev/zero", at("endless"));
  execFileSync("/usr/bin/env", ["mkfifo", at("pipe")]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("reading what a caller names", () => {
  it("takes a file up to its cap and no larger one", async () => {
    expect(Buffer.from(await readCapped(at("five"), 5)).toString()).toBe("12345");
    await expect(readCapped(at("five"), 4)).rejects.toThrow("is larger than 4 bytes");
  });

  it("ends at the cap where there is no end", async () => {
    await expect(readCapped(at("endless"), 100_000)).rejects.toThrow("is larger than 100000 bytes");
  });

  it.each([
    ["", "is a folder"],
    ["nothing", "does not exist"],
  ])("says of %j that it %s", async (name, message) => {
    await expect(readCapped(at(name), 5)).rejects.toThrow(message);
    await expect(readStored(at(name), 5)).rejects.toThrow(message);
  });
});

describe("reading what somebody packed", () => {
  it.each(["pipe", "endless"])("does not wait for a %s", async (name) => {
    await expect(readStored(at(name), 5)).rejects.toThrow("is a pipe or a device, and no file");
    await expect(readIfThere(at(name), 5)).rejects.toThrow("is a pipe or a device, and no file");
  });

  it("takes a file, and nothing for nothing", async () => {
    expect(Buffer.from(await readStored(at("five"), 5)).toString()).toBe("12345");
    expect(await readIfThere(at("nothing"), 5)).toBeUndefined();
  });
});
