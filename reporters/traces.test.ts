import { describe, expect, it } from "vitest";
import type { Cleanup } from "../src/model/evidence.ts";
import { noRightsReport } from "../tests/support/reports/no-rights.ts";
import { digestOfReport } from "../tests/support/reports.ts";
import { reporters } from "./index.ts";

function rendered(format: "terminal" | "markdown" | "html", cleanup: Cleanup | undefined): string {
  const report = noRightsReport(cleanup === undefined ? {} : { cleanup });
  const { render } = reporters[format];
  return render(report, { reportSha256: digestOfReport(report) }).replace(/\s+/g, " ");
}

const formats = ["terminal", "markdown", "html"] as const;
const because = "it is being deleted and waits for services";
const left: Cleanup = {
  created: 3,
  left: 2,
  remains: [
    { kind: "namespaces", name: "scs-conformance-k3v9x", because },
    { kind: "pods", namespace: "tenant", name: "a\u202eb", because: "x" },
  ],
};

describe.each(formats)("%s", (format) => {
  it("says nothing of a run that only looked", () => {
    expect(rendered(format, undefined)).not.toMatch(/made, |LEFT BEHIND/);
  });

  it("says that all is gone again", () => {
    const text = rendered(format, { created: 1, left: 0 });
    expect(text).toContain("1 object made, all gone again");
    expect(text).not.toContain("LEFT BEHIND");
  });

  it("names what is left, and does not let it act", () => {
    const text = rendered(format, left);
    expect(text).toContain("3 objects made, 2 left behind");
    expect(text).toContain("LEFT BEHIND of what the run made");
    expect(text.replaceAll("\\", "")).toContain(`scs-conformance-k3v9x (${because})`);
    expect(text).not.toContain("\u202e");
  });
});
