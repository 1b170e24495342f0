/** Whatever a cluster, a file or a pull request writes into a report, no format lets it do anything. */

import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import type { Report } from "../src/model/report.ts";
import { fc } from "../tests/support/fast-check.ts";
import { readOpenMetrics } from "../tests/support/openmetrics.ts";
import { attacks, hostileReport } from "../tests/support/reports/hostile.ts";
import { noRightsReport } from "../tests/support/reports/no-rights.ts";
import { digestOfReport } from "../tests/support/reports.ts";
import { sarifFaults, sarifRun } from "../tests/support/sarif.ts";
import { allOf, readXml } from "../tests/support/xml.ts";
import { type Format, type Reporter, reporters } from "./index.ts";
import { fitted } from "./text/markdown.ts";

const render = (format: Format, report: Report, more: object = {}) => {
  const reporter: Reporter = reporters[format];
  return reporter.render(report, { reportSha256: digestOfReport(report), signedBy: attacks[1] ?? "", ...more });
};

/** True of every format: nothing invisible, nothing a terminal or a CI system obeys, one newline at the end. */
function expectHarmless(text: string): void {
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  expect(text).not.toMatch(/^\s*::[A-Za-z-]/m);
  expect(text).not.toMatch(/##(\[|vso\[)/);
  if (text !== "") expect(text).toMatch(/[^\n]\n$/);
}

const tag = /<(\/?)([a-zA-Z!?][a-zA-Z0-9]*)([^>]*)>/g;

/** What must hold of one format beyond that. */
const holds: { readonly [F in Format]: (text: string) => void } = {
  json: (text) => expect(() => JSON.parse(text)).not.toThrow(),
  terminal: (text) => expect(text).toMatch(/^! PARTIAL: /),
  testcases: (text) => expect(text).toMatch(/^([a-z0-9-]+: (PASS|FAIL|ABORT)\n)+$/),
  junit: (text) => {
    const root = readXml(text);
    expect(allOf(root, "testcase")).toHaveLength(12);
    expect(allOf(root, "failure")).toHaveLength(3);
  },
  markdown: (text) => {
    const tags = [...text.matchAll(tag)].map(([, closing, name, rest]) => `${closing}${name}${rest}`);
    expect(tags.filter((one) => !/^\/?(code|details|summary)$/.test(one))).toEqual([]);
    expect(text).not.toMatch(/@[^&\s]/);
    expect(text).not.toMatch(/(?<!&)#\d/);
    expect(
      [...text.matchAll(/\]\(([^)]*)\)/g)].filter(([, url]) => !url?.startsWith("https://docs.scs.community/")),
    ).toEqual([]);
    const headings = text.split("\n").filter((line) => line.startsWith("#"));
    expect(headings.filter((line) => /PASS/.test(line.split(":")[0] ?? ""))).toEqual([]);
    for (const table of text.split("\n\n").filter((block) => block.startsWith("|"))) {
      const bars = table
        .split("\n")
        .filter((line) => line.startsWith("|"))
        .map((line) => line.split("|").length);
      expect(new Set(bars).size).toBe(1);
    }
  },
  html: (text) => {
    const body = text.slice(text.indexOf("<body>"));
    const names = new Set([...body.matchAll(tag)].map(([, , name]) => name));
    const allowed =
      "a article b blockquote body br code dd details div dl dt fieldset footer h1 h2 h3 h4 header html input label legend li main p pre section span strong summary table caption tbody td th thead tr ul";
    expect([...names].filter((name) => !allowed.split(" ").includes(name ?? ""))).toEqual([]);
    expect([...body.matchAll(/<[^>]*\son[a-z]+\s*=/g)]).toEqual([]);
    expect([...body.matchAll(/href="([^"]*)"/g)].filter(([, url]) => !/^(#|https:)/.test(url ?? ""))).toEqual([]);
    expect(text.match(/<\/?style>/g)).toEqual(["<style>", "</style>"]);
    expect(text.match(/<h1>/g)).toHaveLength(1);
  },
  sarif: (text) => {
    expect(sarifFaults(text)).toEqual([]);
    const { invocations, results } = sarifRun(text);
    const messages = [...results, ...(invocations[0]?.toolExecutionNotifications ?? [])].map(
      ({ message }) => message.text,
    );
    expect(messages.filter((message) => /\]\(|\{\d/.test(message))).toEqual([]);
    expect(results.filter(({ kind }) => kind === "fail").every(({ level }) => level !== "none")).toBe(true);
    for (const { help, helpUri = "" } of sarifRun(text).tool.driver.rules) {
      expect(help.text).not.toMatch(/\]\(/);
      expect(help.markdown).not.toMatch(/@[^&\s]|\]\((?!https:\/\/docs\.scs\.community\/)|<(?!\/?code>)/);
      expect(helpUri).not.toMatch(/^javascript/);
    }
  },
  openmetrics: (text) => {
    const verdicts = readOpenMetrics(text).filter(({ name }) => name === "scs_conformance_verdict");
    expect(verdicts.map(({ value }) => value)).toEqual([-1]);
  },
  "in-toto": (text) => expect(JSON.parse(text).predicate.result).toBe("FAILED"),
  "in-toto-predicate": (text) => expect(JSON.parse(text).result).toBe("FAILED"),
  "scs-yaml": (text) => {
    expect(text).not.toMatch(/[<>&]/);
    for (const document of parseAllDocuments(text, { version: "1.1", uniqueKeys: true })) {
      expect(document.errors).toEqual([]);
      const value = document.toJS();
      expect(Object.keys(value)).toEqual(
        "spec checked_at reference_date subject run report_sha256 evidence_sha256 gathered_by tool".split(" "),
      );
      for (const one of Object.values<Record<string, string[]>>(value.run.invocations)) {
        expect(one.stdout).toEqual(["version-policy-check: FAIL"]);
        expect(one.stderr?.filter((line) => !/^(ERROR|WARNING): /.test(line) || line.includes("\n"))).toEqual([]);
        expect(one.results).toEqual({ "version-policy-check": -1 });
        expect(one.critical).toBe(0);
      }
    }
  },
  "scs-yaml-coming": (text) => {
    expect(text).not.toMatch(/[<>&]/);
    for (const document of parseAllDocuments(text, { version: "1.1", uniqueKeys: true })) {
      expect(document.errors).toEqual([]);
      const value = document.toJS();
      expect(Object.keys(value)).toEqual(
        "uuid creator checked_at subject scope tests log report_sha256 evidence_sha256 gathered_by tool".split(" "),
      );
      expect(value.tests).toEqual({ "version-policy-check": { result: -1 } });
      const log = value.log as readonly string[];
      expect(log.filter((line) => !/^(ERROR|WARNING|INFO): /.test(line) || line.includes("\n"))).toEqual([]);
    }
  },
};

const formats = Object.keys(reporters) as Format[];

describe.each(formats)("%s", (format) => {
  test.each(attacks.map((attack) => [JSON.stringify(attack), attack]))("everywhere %s", (_, attack) => {
    const text = render(
      format,
      hostileReport(() => attack),
    );
    expectHarmless(text);
    holds[format](text);
  });

  test("any strings at all", () => {
    const strings = fc.array(
      fc.oneof(
        fc.constantFrom(...attacks),
        fc.string({ unit: "binary", maxLength: 80 }),
        fc.string({ unit: "grapheme" }),
      ),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(strings, (list) => {
        const text = render(
          format,
          hostileReport((index) => list[index % list.length] ?? ""),
        );
        expectHarmless(text);
        holds[format](text);
      }),
      { numRuns: 25 },
    );
  });
});

describe("what could not be seen is never green", () => {
  const report = noRightsReport();
  test.each<[Format, RegExp]>([
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the code for green
    ["terminal", /\u001b\[(32|92|42)m|✓/],
    ["markdown", /✓|\bPASS\b/],
    ["html", /class="[^"]*\bgood\b|✓/],
    ["junit", /<testcase[^>]*\/>/],
    ["testcases", /PASS/],
    ["scs-yaml", /PASS|check": 1$|conformance": 1$/m],
    ["sarif", /"kind": "pass"/],
    ["openmetrics", /outcome="(undetermined|not-run)".* 1$|verdict="(DNF|MISS)".* 1$/m],
    ["in-toto", /PASSED|WARNED|"(verdict|testcaseVerdict)": "PASS"/],
    ["in-toto-predicate", /PASSED|WARNED|"(verdict|testcaseVerdict)": "PASS"/],
  ])("in %s", (format, green) => {
    expect(render(format, report, { color: true })).not.toMatch(green);
  });
});

test("in colour, the terminal gets colours of ours and nothing else", () => {
  const text = render("terminal", hostileReport(), { color: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
  expectHarmless(text.replace(/\u001b\[(1|2|22|31|32|33|35|39)m/g, ""));
});

test("a comment fits into GitHub's limit, cut at a line end, and still ends with verdict and digest", () => {
  const report = hostileReport(() => "漢|".repeat(1_500));
  const text = render("markdown", report);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
  expect(text).toContain("\n_Cut here. Full report: report.json and report.html of this run._\n");
  expect(text).toContain(`sha256:${digestOfReport(report)}`);
});

test("a cut inside a fold closes it", () => {
  const text = fitted(`<details><summary>x</summary>\n${"line\n".repeat(100)}</details>`, "end\n", 300);
  expect(text).toMatch(/line\n\n<\/details>\n\n_Cut here\. Full report: .*_\nend\n$/);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(300);
});
