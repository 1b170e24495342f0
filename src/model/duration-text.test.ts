import { expect, it } from "vitest";
import { durationText } from "./duration-text.ts";

it.each([
  [-5, "0 s"],
  [999, "0 s"],
  [119_000, "119 s"],
  [120_000, "2 min"],
  [7_199_000, "119 min"],
  [9 * 3_600_000, "9 h"],
  [47 * 3_600_000, "47 h"],
  [49 * 3_600_000, "2 d"],
])("%d ms are %s", (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
