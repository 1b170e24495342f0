import { describe, expect, test } from "vitest";
import { attacks } from "../../tests/support/reports/hostile.ts";
import { markdownProse, markdownText } from "./markdown.ts";
import { plain } from "./neutralise.ts";
import { spans } from "./spans.ts";
import { subjectsText, valueText } from "./value.ts";
import { columns, wrapped } from "./wrap.ts";
import { xmlText } from "./xml.ts";

describe("plain", () => {
  test.each([
    [
      "leaves readable text alone",
      "etcd-3.5 größer 漢字 é 1:30 ::1 fe80::1",
      "etcd-3.5 größer 漢字 é 1:30 ::1 fe80::1",
    ],
    ["takes colours and links out", attacks[0] ?? "", "click"],
    ["keeps text after a sequence that never ends", "a\u001b[31", "a"],
    ["makes one line", "a\r\n\tb\u2028c", "a b c"],
    ["shows that something was there", "a\u202eb\u200bc\u0000d\ufffee", "a\ufffdb\ufffdc\ufffdd\ufffde"],
    ["leaves single colons and hashes alone", "a:b #1 : # :#", "a:b #1 : # :#"],
    ["breaks log commands at the end of plain text", "all is well ::error::x", "all is well : :error::x"],
    ["breaks log commands", "::error::x ##[group]y ##vso[task.x]z", ": :error: :x # #[group]y # #vso[task.x]z"],
  ])("%s", (_, text, wanted) => {
    expect(plain(text)).toBe(wanted);
  });

  test("cuts what is too long, and says how long it was", () => {
    const text = plain("x".repeat(1_000_000));
    expect(text.length).toBeLessThan(2_100);
    expect(text).toMatch(/x… \(cut, 1000000 characters in all\)$/);
  });
});

describe("wrapped", () => {
  test.each([
    ["breaks at blanks", "one two three", 8, ["one two", "three"]],
    ["cuts words that are too long", "abcdefghijkl", 8, ["abcdefgh", "ijkl"]],
    ["counts wide characters twice", "漢字漢字漢字", 8, ["漢字漢字", "漢字"]],
    ["leaves addresses whole", "see https://example.org/a/b/c", 10, ["see", "https://example.org/a/b/c"]],
    ["gives one line for nothing", "", 8, [""]],
  ])("%s", (_, text, width, wanted) => {
    expect(wrapped(text, width)).toEqual(wanted);
  });

  test("knows what a label has taken", () => {
    expect(wrapped("one two three", 12, 6)).toEqual(["one", "two three"]);
  });

  test("combining marks take no column", () => {
    expect(columns("e\u0301a\u0300")).toBe(2);
  });
});

test.each([
  ["@someone", "&#64;&#8203;someone"],
  ["fixes #12", "fixes &#35;&#8203;12"],
  ["a | b `c` <i>", "a &#124; b &#96;c&#96; &#60;i&#62;"],
  ["https://x GH-1", "https&#8203;://x GH&#8203;-1"],
])("Markdown of %s", (text, wanted) => {
  expect(markdownText(text)).toBe(wanted);
});

test("backticks in messages set code, a lone one stays", () => {
  expect(spans("need `a` and ` b")).toEqual([{ code: false, text: "need `a` and ` b" }]);
  expect(markdownProse("tier `system`")).toBe("tier <code>system</code>");
});

test("XML text loses what XML cannot hold", () => {
  expect(xmlText("a\u0000b\ufffe<&\"'>\n")).toBe("a\ufffdb\ufffd&lt;&amp;&quot;&apos;&gt;&#10;");
});

test.each([
  [null, "(none)"],
  ["", "(empty)"],
  [[], "(none)"],
  [["a", 1, { b: 2 }], 'a, 1, {"b":2}'],
  [{ b: 1, a: [true] }, '{"a":[true],"b":1}'],
])("value %j reads %s", (value, wanted) => {
  expect(valueText(value)).toBe(wanted);
});

test("subjects of one kind are named together, six of them", () => {
  const nodes = Array.from({ length: 9 }, (_, index) => ({ kind: "Node", name: `n${index}` }));
  expect(subjectsText(nodes)).toBe("Node n0, n1, n2, n3, n4, n5 and 3 more");
  expect(subjectsText([{ kind: "Cluster", name: "" }])).toBe("the cluster");
});
