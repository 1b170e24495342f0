import { expect, test } from "vitest";
import { loadCatalogue } from "./standards.ts";

test("the standards that the suite carries load", () => {
  expect(loadCatalogue().standards.map((standard) => standard.id)).toEqual([
    "scs-0201-v1",
    "scs-0210-v2",
    "scs-0211-v1",
    "scs-0211-v2",
    "scs-0214-v2",
    "scs-0215-v1",
    "scs-0219-v1",
  ]);
});
