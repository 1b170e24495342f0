import { expect, it } from "vitest";
import { cvss3Score } from "./cvss.ts";

it.each([
  // scores that the records of these CVEs state beside their vectors
  ["CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:N", 3.4],
  ["CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:N", 8.1],
  ["CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 8.8],
  ["CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:C/C:H/I:N/A:N", 5.8],
  ["CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8],
  ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10],
  ["CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:N", 6.5],
  ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0],
])("%s is %d", (vector, score) => {
  expect(cvss3Score(vector)).toBe(score);
});

it.each([
  "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
  "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/C:H/I:H/A:N",
  "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H",
  "CVSS:3.1/AV:X/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:N",
  "AV:N/AC:L",
  "",
])("%j has no score", (vector) => {
  expect(cvss3Score(vector)).toBeUndefined();
});
