/** An outlook as text and as Markdown. */
import { describe, expect, it } from "vitest";
import type { Outlook, Turn } from "../../src/model/outlook.ts";
import { outlookMarkdown } from "./markdown.ts";
import { outlookText } from "./text.ts";

const turn: Turn = {
  on: "2027-10-29",
  kind: "requirement",
  name: "scs-0210-v2/patch-recency",
  from: "pass",
  to: "fail",
  trend: "worse",
  assuming: "data-renewed",
  because: "the branch 1.37 is past its end of life",
  resolve: [],
  requirements: ["scs-0210-v2/patch-recency"],
};
const expiring: Turn = {
  ...turn,
  on: "2026-12-07",
  to: "not-run",
  assuming: "as-it-is",
  because: "it counted until then",
  resolve: ["newer evidence"],
};
const certificate: Turn = { ...turn, kind: "certificate", name: "cluster CA", from: "valid", to: "ended", because: "" };

function outlook(turns: readonly Turn[]): Outlook {
  const checkedAt = "2026-11-23T10:00:00Z";
  const until = "2028-01-27T10:00:00Z";
  return { schemaVersion: 1, subject: "my-cloud", checkedAt, from: checkedAt, until, verdict: "PASS", turns };
}

describe("an outlook", () => {
  it("reads as text, alike turns of a day in one row", () => {
    const turns = [expiring, { ...expiring, name: "scs-0214-v2/control-plane-hosts" }, certificate, turn];
    expect(outlookText(outlook(turns), { width: 100 })).toBe(
      [
        "✓ PASS my-cloud, seen 2026-11-23 10:00:00 UTC",
        "",
        "○ 2026-12-07 requirement scs-0210-v2/patch-recency, scs-0214-v2/control-plane-hosts: pass, then",
        "             not-run",
        "               it counted until then; needs newer evidence; unless looked at again",
        "○ 2027-10-29 certificate cluster CA: valid, then ended",
        "               concerns scs-0210-v2/patch-recency",
        "✗ 2027-10-29 requirement scs-0210-v2/patch-recency: pass, then fail",
        "               the branch 1.37 is past its end of life",
        "",
        "3 things to watch until 2028-01-27. Answers are judged by the rules and release data of today.",
        "",
      ].join("\n"),
    );
  });

  it("reads as Markdown", () => {
    expect(outlookMarkdown(outlook([turn]))).toContain(
      "| 2027-10-29 | requirement <code>scs-0210-v2/patch-recency</code> | pass | ✗ fail | the branch 1.37 is past its end of life |",
    );
  });

  it("says so when nothing gets worse, and leaves out what stays open", () => {
    const open: Turn = { ...turn, from: "undetermined", to: "not-run", trend: "other" };
    expect(outlookText(outlook([open]), {})).toBe(
      "✓ PASS my-cloud, seen 2026-11-23 10:00:00 UTC\n\nNothing of this gets worse until 2028-01-27.\n",
    );
    expect(outlookText(outlook([open]), { verbose: true })).toContain("· 2027-10-29 requirement");
  });

  it.each<[Partial<Turn>, string]>([
    [{ to: "fail, advisory" }, "! 2027-10-29"],
    [{ to: "FAIL", kind: "verdict" }, "✗ 2027-10-29"],
    [{ to: "pass", from: "fail", trend: "better" }, "✓ 2027-10-29"],
    [{ kind: "scope", to: "v2 effective", trend: "other" }, "· 2027-10-29 scope"],
    [{ assuming: "looked-again" }, "even if looked at again, unless with newer release data"],
  ])("with %j shows %s", (over, text) => {
    expect(outlookText(outlook([{ ...turn, ...over }]), { width: 160 })).toContain(text);
  });

  it("makes hostile text harmless", () => {
    const hostile = "\u001b[2J<img src=x> | @team ::error::x\n## heading\u202e";
    const all = outlook([{ ...turn, name: hostile, because: hostile, from: hostile, requirements: [hostile] }]);
    const markdown = outlookMarkdown(all);
    expect(`${outlookText(all, {})}${markdown}`).not.toMatch(/(?=[^\n])[\p{Cc}\p{Cf}]|::error::|^## heading/mu);
    expect(markdown).not.toMatch(/<img|@team/);
  });
});
