import { expect, it } from "vitest";
import { quantityOf } from "./quantity.ts";

it.each([
  ["2", 2],
  ["1500m", 1.5],
  ["3908168Ki", 4_001_964_032],
  ["16Gi", 17_179_869_184],
  ["16G", 16e9],
  ["1e3", 1000],
  ["0.5", 0.5],
  [".5", 0.5],
  ["0", 0],
  ["-1", undefined],
  ["16 Gi", undefined],
  ["16GB", undefined],
  ["9Ei", undefined],
  ["9".repeat(60), undefined],
  ["", undefined],
  [4, undefined],
  [null, undefined],
])("%j is %j", (text, number) => {
  expect(quantityOf(text)).toBe(number);
});
