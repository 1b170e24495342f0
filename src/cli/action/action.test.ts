import { describe, expect, it } from "vitest";
import { programEnvironment, readInputs } from "./inputs.ts";
import { command, outputs, silenced, summaryPart } from "./workflow-text.ts";

const input = (given: { readonly [name: string]: string }) =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));

describe("inputs", () => {
  it.each<[name: string, given: { readonly [name: string]: string }, args: readonly string[]]>([
    ["nothing", {}, ["check", "--format=markdown", "--output=/tmp/x"]],
    [
      "options by their own words, also such that begin with a dash",
      {
        subject: "--my-cloud",
        "scope-version": "v1",
        strict: "true",
        comment: "false",
        format: "junit",
        output: "out",
      },
      ["check", "--scope-version=v1", "--subject=--my-cloud", "--format=markdown,junit", "--strict", "--output=out"],
    ],
    [
      "targets, which are no options",
      { command: "submit", target: "a  --b", github: "sig/results" },
      ["submit", "--github=sig/results", "--", "a", "--b"],
    ],
    [
      "a review",
      { command: "review", comment: "true", pull: " 7 " },
      ["review", "--pull=7", "--format=markdown", "--comment"],
    ],
  ])("%s", (_, given, args) => {
    expect(readInputs(input(given), "/tmp/x")).toMatchObject({ args });
  });

  it.each([
    [{ command: "demo; rm" }, 'There is no command "demo; rm" here'],
    [{ strict: "yes" }, "The input strict takes true or false."],
  ])("refuses %j", (given, why) => {
    expect(readInputs(input(given), "/tmp/x")).toContain(why);
  });

  it("keeps a token off the command line, and inputs away from the program", () => {
    const read = readInputs(input({ token: "secret", command: "review" }), "/tmp/x");
    expect(read).toMatchObject({
      token: "secret",
      args: expect.not.arrayContaining([expect.stringContaining("secret")]),
    });
    const environment = { ...input({ token: "secret" }), PATH: "/bin", GITHUB_TOKEN: "other" };
    expect(programEnvironment(environment, "secret")).toEqual({ PATH: "/bin", GITHUB_TOKEN: "secret" });
    expect(programEnvironment(environment, undefined)).toEqual({ PATH: "/bin", GITHUB_TOKEN: "other" });
  });
});

describe("what the runner reads", () => {
  it("is one command, whatever the text", () => {
    expect(command("error", "a:b,c", "50%\r\n::error::x")).toBe("::error title=a%3Ab%2Cc::50%25%0D%0A::error::x\n");
    expect(silenced("t")).toEqual({ begin: "::stop-commands::t\n", end: "\n::t::\n" });
  });

  it("is one value per output, whatever the value", () => {
    expect(outputs({ a: "1\nb<<x", c: "" }, "end")).toBe("a<<end\n1\nb<<x\nend\nc<<end\n\nend\n");
  });

  it("is a summary within a mebibyte, cut at a line's end", () => {
    const line = `${"ä".repeat(100)}\n`;
    const text = line.repeat(10_000);
    const part = summaryPart(text, 0);
    expect(Buffer.byteLength(part)).toBeLessThan(1024 * 1024);
    expect(Buffer.byteLength(part)).toBeGreaterThan(1024 * 1024 - 300);
    expect(text.startsWith(part) && part.endsWith("\n")).toBe(true);
    expect(summaryPart(line, 1024 * 1024 - 5)).toBe("");
    expect(summaryPart(line, 0)).toBe(line);
  });
});
