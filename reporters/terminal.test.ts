import { describe, expect, test } from "vitest";
import type { Report } from "../src/model/report.ts";
import { fc } from "../tests/support/fast-check.ts";
import { conformantReport } from "../tests/support/reports/conformant.ts";
import { failingReport } from "../tests/support/reports/failing.ts";
import { hostileReport } from "../tests/support/reports/hostile.ts";
import { noRightsReport } from "../tests/support/reports/no-rights.ts";
import { digestOfReport, reportOf, resultOf } from "../tests/support/reports.ts";
import { terminal } from "./terminal.ts";
import { columns } from "./text/wrap.ts";

const lines = (report: Report, more: object = {}) =>
  terminal.render(report, { reportSha256: digestOfReport(report), ...more }).split("\n");

describe("terminal", () => {
  test.each([
    ["conformant", conformantReport(), ["✓ our verdict", "· the monitor will show", "· the console runner prints"]],
    ["failing", failingReport(), ["✗ our verdict", "· the monitor will show", "· the console runner prints"]],
    ["no-rights", noRightsReport(), ["? our verdict", "· the monitor will show", "· the console runner prints"]],
  ])("ends the %s report with three verdicts", (_, report, starts) => {
    const all = lines(report).slice(0, -1);
    const end = all.slice(all.lastIndexOf("") + 1).filter((line) => !line.startsWith(" "));
    expect(end).toEqual(starts.map((start) => expect.stringContaining(start)));
  });

  test("says recorded, hypothetical and partial before anything else", () => {
    const selection = { only: ["scs-0210-*"], skip: [], tier: "observe" as const };
    const report = conformantReport({ recorded: true, hypothetical: true, partial: true, selection });
    expect(lines(report, { width: 160 }).slice(0, 4)).toEqual([
      expect.stringMatching(/^! RECORDED: /),
      expect.stringMatching(/^! HYPOTHETICAL: .* cannot be handed in\.$/),
      expect.stringMatching(/^! PARTIAL: .*only scs-0210-\*/),
      expect.stringMatching(/^✓ PASS example-1\.34: conformant with SCS-compatible KaaS v1$/),
    ]);
  });

  test("names subject, expected, actual, remedy and clause of a failure", () => {
    const text = lines(failingReport(), { width: 160 }).join("\n");
    for (const part of [
      "✗ fail scs-0214-v2/control-plane-hosts: all 3 control-plane nodes run on one machine",
      "Node server-0, server-1, server-2: the node shares its machine with the rest of the control plane",
      "expected a boot id of its own",
      "actual   boot id 0c1b7a52, shared with 2 other control-plane nodes",
      "remedy (k3s): Move the server nodes to different hosts",
      "MUST: https://docs.scs.community/standards/scs-0214-v2-k8s-node-distribution#node-distribution",
      "contradicted by what was measured: The control plane is spread over three hosts.",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("sums up what is open by what would resolve it, most first", () => {
    const all = lines(noRightsReport(), { width: 160 });
    const open = all.slice(all.indexOf("Open: what would give an answer") + 1);
    expect(open.slice(0, 3)).toEqual([
      "    4 need the right to get /version (4 binding)",
      "    3 need the right to list nodes (2 binding)",
      "    1 needs a TLS connection to the API server",
    ]);
  });

  test("counts advice that is met, and lists it when asked", () => {
    const report = reportOf([resultOf("storage", "pass", "it is there", { observed: { defaults: 1 } })]);
    expect(lines(report).join("\n")).not.toContain("it is there");
    expect(lines(report, { verbose: true }).join("\n")).toContain(
      "✓ pass scs-0211-v1/default-storage-class: it is there",
    );
  });

  test("cuts long lists of findings and says so", () => {
    const findings = Array.from({ length: 30 }, (_, index) => ({
      code: "wrong",
      subject: { kind: "Pod", namespace: "kube-system", name: `p${index}` },
      expected: index,
      actual: null,
      message: "wrong",
    }));
    const text = lines(reportOf([resultOf("patch", "fail", "all wrong", { findings })])).join("\n");
    expect(text).toContain("and 22 more findings, all in report.json");
  });

  test("never writes beyond the edge, addresses of pages excepted", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 160 }),
        fc.array(fc.string({ unit: "grapheme", maxLength: 90 }), { minLength: 1 }),
        (width, texts) => {
          const report = hostileReport((index) => texts[index % texts.length] ?? "");
          const wide = lines(report, { width }).filter((line) => columns(line) > width && !/https?:/.test(line));
          expect(wide.filter((line) => !/^(report {3}|evidence|signed {2})/.test(line))).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });
});
