/** Words on the command line: what is asked for stands on stdout, what is wrong in one clear line on stderr. */
import { describe, expect, it } from "vitest";
import { complaint, run } from "../support/command.ts";

const commands = [
  "check",
  "gather",
  "evaluate",
  "render",
  "sign",
  "verify",
  "submit",
  "diff",
  "outlook",
  "evidence",
  "open",
  "review",
  "matrix",
  "plan",
  "list",
  "explain",
  "import",
  "data",
  "runner",
  "demo",
];

describe("help", () => {
  it("names every command, the exit codes and what to type first", async () => {
    const { stdout, stderr, code } = await run(["--help"]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} {2,}\\S`, "m"));
    expect(stdout).toContain("0 conformant · 1 not conformant · 2 inconclusive");
    expect(stdout).toContain("SCS_CONFORMANCE_SCOPE_VERSION");
    expect(stdout).toMatch(/^ {2}scs-conformance demo/m);
  });

  it.each(commands)("of %s says what it does and fits a terminal", async (command) => {
    const { stdout, stderr, code } = await run([command, "--help"]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(stdout).toMatch(new RegExp(`^Usage: scs-conformance ${command} \\[options\\]`));
    expect((await run(["help", command])).stdout).toBe(stdout);
    const wide = stdout.split("\n").filter((line) => line.length > 110);
    expect(wide).toEqual([]);
  });

  it("says the version, and the digest of what judges", async () => {
    const { stdout, stderr, code } = await run(["--version"]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(stdout).toMatch(/^scs-conformance \d+\.\d+\.\d+ \(judging sources [0-9a-f]{12}\)\n$/);
  });

  it("without a command goes to stderr: nothing was asked for", async () => {
    const { stdout, stderr, code } = await run([]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 3 });
    expect(stderr).toMatch(/^Usage: scs-conformance <command>/);
  });
});

describe("words that mean nothing", () => {
  it.each<[string, readonly string[]]>([
    ["frobnicate", ["Unknown command 'frobnicate'", "See `scs-conformance --help`."]],
    ["chekc", ["Unknown command 'chekc'", "(Did you mean check?)", "See `scs-conformance --help`."]],
    ["help frobnicate", ['There is no command "frobnicate"', "See `scs-conformance --help`."]],
    ["check --nope", ["Unknown option '--nope'", "(Did you mean --scope?)", "See `scs-conformance check --help`."]],
    [
      "check here",
      ["Too many arguments for 'check'. Expected 0 arguments but got 1.", "See `scs-conformance check --help`."],
    ],
    ["evaluate", ["Missing required argument 'evidence.json'", "See `scs-conformance evaluate --help`."]],
    [
      "check --gate all",
      [
        expect.stringMatching(
          /^Option '--gate <what>' argument 'all' is invalid\. Allowed choices are binding, testcases\b/,
        ),
        "See `scs-conformance check --help`.",
      ],
    ],
    [
      "list everything",
      [expect.stringContaining("Allowed choices are standards, requirements"), "See `scs-conformance list --help`."],
    ],
    ["gather", ["No file to write was named.", "Say -o evidence.json."]],
  ])("%s", async (words, said) => {
    expect(complaint(await run(words.split(" ")))).toEqual(said);
  });

  it("are told as JSON to whom reads JSON", async () => {
    const { stderr, code } = await run(["check", "--nope", "--log-format", "json"]);
    expect(code).toBe(3);
    const lines = stderr.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual({
      level: "error",
      message: "Unknown option '--nope'",
    });
  });
});
