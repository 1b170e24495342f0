import { expect, it } from "vitest";
import { cell, prose, table } from "./markdown.ts";

it.each([
  ["a <tag> and a_b_c *stars* [link]", "a &lt;tag&gt; and a\\_b\\_c \\*stars\\* \\[link\\]"],
  ["`code <x> a_b` stays", "`code <x> a_b` stays"],
])("%s", (text, expected) => {
  expect(prose(text)).toBe(expected);
});

it("keeps a row of a table in one row", () => {
  expect(table(["a", "b"], [[cell("1|2"), cell("x\ny")]])).toBe("| a | b |\n| --- | --- |\n| 1\\|2 | x y |");
});
