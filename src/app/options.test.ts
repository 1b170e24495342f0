import { describe, expect, it } from "vitest";
import { UsageError } from "../model/faults.ts";
import { repositoryPath } from "./options.ts";

describe("a path in a repository", () => {
  it.each(["cluster.yaml", "clusters/production/cluster.yaml", "über uns/größe.yaml", ".github/x", "a..b"])(
    "may be %s",
    (text) => {
      expect(repositoryPath("--sarif-location", text)).toBe(text);
    },
  );

  it.each([
    "",
    "/etc/passwd",
    "a//b",
    "a/",
    "..",
    "a/../b",
    "./a",
    "C:\\a",
    "https://example.org/a",
    "a\nb",
    "a\u202eb",
    "x".repeat(1001),
  ])("may not be %j", (text) => {
    expect(() => repositoryPath("--sarif-location", text)).toThrow(UsageError);
  });
});
