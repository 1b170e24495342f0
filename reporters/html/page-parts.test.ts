import { describe, expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { jsonText } from "../../src/model/report-text.ts";
import { fc } from "../../tests/support/fast-check.ts";
import { evidenceOf } from "../../tests/support/reports/evidence.ts";
import { failingReport } from "../../tests/support/reports/failing.ts";
import { plain } from "../text/neutralise.ts";
import { excerpts } from "./excerpt.ts";
import { anchor, link, prose } from "./parts.ts";
import { css, html, textOf } from "./template.ts";

describe("template", () => {
  test("escapes text, keeps markup, leaves out what is absent", () => {
    const inner = html`<b>${"<i>&\"'"}</b>`;
    expect(textOf(html`<p>${inner}${[inner, 1]}${undefined}${false}</p>`)).toBe(
      "<p><b>&lt;i&gt;&amp;&quot;&#39;</b><b>&lt;i&gt;&amp;&quot;&#39;</b>1</p>",
    );
  });

  test("takes only digests into a style sheet", () => {
    expect(textOf(css`a::after { content: "${'0f"}</style><script>'}" }`)).toBe('a::after { content: "0fec" }');
  });
});

test.each([
  ["https://docs.scs.community/x#y", '<a href="https://docs.scs.community/x#y" rel="noopener noreferrer">label</a>'],
  ["javascript:alert(1)", "label"],
  ["http://plain.example", "label"],
  ['https://x" onclick="y', "label"],
])("a link to %s", (url, wanted) => {
  expect(textOf(link(url, "label"))).toBe(wanted);
});

test("anchors and prose", () => {
  expect(anchor("requirement", "scs-0214-v2/control-plane-hosts")).toBe("requirement-scs-0214-v2-control-plane-hosts");
  expect(textOf(prose("tier `sys<tem`"))).toBe("tier <code>sys&lt;tem</code>");
});

describe("excerpts", () => {
  const evidence = evidenceOf(failingReport());

  test("show the objects that findings name", () => {
    const text = textOf(excerpts(evidence, ["kube/nodes"], ["agent-2"]));
    expect(text).toContain("<summary>Evidence: kube/nodes</summary>");
    expect(text).toContain("&quot;name&quot;: &quot;agent-2&quot;");
    expect(text).not.toContain("server-0");
  });

  test("show the beginning when nothing is named, and say how much is left", () => {
    const text = textOf(excerpts(evidence, ["kube/nodes"], []));
    expect(text.split("\n").length).toBeLessThan(30);
    expect(text).toMatch(/… \d+ more lines in evidence\.json/);
  });

  test.each([
    ["without evidence", undefined, "kube/nodes"],
    ["of a fact that could not be had", evidence, "kube/flagz"],
    ["of a fact that nobody asked for", evidence, "kube/version"],
  ])("are empty %s", (_, given, fact) => {
    expect(textOf(excerpts(given, [fact], []))).toBe("");
  });

  test("begin with the very lines of the whole text", () => {
    const any = fc.jsonValue({ maxDepth: 5 }).map((some) => JSON.parse(JSON.stringify(some)) as Json);
    const flat = fc.array(fc.integer(), { minLength: 20, maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(fc.array(any, { maxLength: 30 }), flat), (some) => {
        const items = {
          "kube/nodes": { status: "collected" as const, at: "", milliseconds: 1, sha256: "", value: some },
        };
        const { facts } = evidence;
        const given = { ...evidence, facts: { ...facts, gathering: { ...facts.gathering, items } } };
        const shown = textOf(excerpts(given, ["kube/nodes"], [])).replace(/^.*<pre>|<\/pre>.*$/gs, "");
        const whole = jsonText(some).trimEnd().split("\n");
        const kept = whole.slice(0, 24).map((line) => /^ */.exec(line)?.[0] + plain(line.trimStart()));
        const left = whole.length - 24;
        const wanted = left <= 0 ? kept : [...kept, `… ${left} more lines in evidence.json`];
        expect(shown).toBe(textOf(html`${wanted.join("\n")}`));
      }),
    );
  });

  test("neutralise what they show", () => {
    const hostile = evidenceOf(failingReport(), ["</pre><script>\u202e\u001b[31m"]);
    const text = textOf(excerpts(hostile, ["kube/nodes"], []));
    expect(text).toContain("&lt;/pre&gt;&lt;script&gt;");
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
