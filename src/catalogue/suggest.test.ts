import { expect, test } from "vitest";
import { hint, nearest } from "./suggest.ts";

const known = ["level", "keyword", "section", "text"];

test.each([
  ["levle", "level"],
  ["LEVEL", "level"],
  ["keywords", "keyword"],
  ["sektion", "section"],
  ["tex", "text"],
  ["colour", undefined],
  ["", undefined],
])("%j is near %j", (written, word) => {
  expect(nearest(written, known)).toBe(word);
});

test("a hint names the nearest word, else all, unless there are many", () => {
  expect(hint("levle", known)).toBe('; did you mean "level"?');
  expect(hint("colour", known)).toBe("; known are: keyword, level, section, text");
  expect(
    hint(
      "colour",
      Array.from({ length: 20 }, (_, index) => `w${index}`),
    ),
  ).toBe("");
});
