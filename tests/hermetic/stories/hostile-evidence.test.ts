/** Evidence that somebody changed by hand: refused with a clear fault, or judged without a broken check. */

import { describe, expect, test } from "vitest";
import { judgeEvidence } from "../../../src/app/judge-evidence.ts";
import { openEvidence } from "../../../src/evidence/open.ts";
import { UsageError } from "../../../src/model/faults.ts";
import type { Json } from "../../../src/model/json.ts";
import { fc } from "../../support/fast-check.ts";
import { evidenceBytes, recordedNames } from "../../support/stories/folder.ts";

type Path = readonly (string | number)[];

function pathsOf(value: Json, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, part]: [string, Json]) => pathsOf(part, [...path, key]));
  return [path, ...inside];
}

/** A copy with another value at a path; an own property is made even of `__proto__`. */
function replaced(value: Json, path: Path, by: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== "object" || value === null) return by;
  const old = (value as { readonly [key: string]: Json })[key] ?? null;
  const copy: object = Array.isArray(value) ? [...value] : { ...value };
  Object.defineProperty(copy, key, { value: replaced(old, rest, by), enumerable: true });
  return copy as Json;
}

const strange = fc.constantFrom<Json>(
  "9999-99-99T99:99:99Z",
  "2026-02-30T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "0000-01-01T00:00:00Z",
  "2026-13-01",
  "v999999999999999999999.1.1",
  "v1.37.2+k3s1-eks-gke.1",
  "__proto__",
  "constructor",
  "\u0000\u202e<script>",
  "9".repeat(400),
  "a".repeat(70_000),
  "",
  -1,
  1e308,
  2 ** 53,
  0.1,
  null,
  true,
  [],
  {},
  JSON.parse('{"__proto__": {"status": "collected"}, "constructor": 1, "toString": "x", "length": -1}') as Json,
);

const extraKey = fc.constantFrom<Path>([], [], [], ["__proto__"], ["constructor"], ["toString"], ["0"], ["status"]);

/** Undefined when the evidence is refused, else the defects; anything but a UsageError is thrown on. */
function defectsOf(text: string): readonly string[] | undefined {
  try {
    const report = judgeEvidence(openEvidence("evidence.json", Buffer.from(text)));
    return report.results.filter(({ defect }) => defect === true).map(({ because }) => because);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** As many runs over all stories, however many there are. */
const runs = (all: number) => Math.ceil(all / recordedNames.length);

describe.each(recordedNames)("%s", (name) => {
  const evidence = JSON.parse(evidenceBytes(name).toString("utf8")) as Json;
  const paths = pathsOf(evidence);
  // most of the file are release data; what was gathered deserves half of the attention
  const gathered = paths.filter(([first]) => first === "facts");
  const somewhere = fc.oneof(fc.constantFrom(...gathered), fc.constantFrom(...paths));
  const part = (path: Path): Json =>
    path.reduce<Json>((value, key) => (value as { [key: string]: Json })[key] ?? null, evidence);
  // a value from elsewhere in the file has the right form in the wrong place
  const anyValue = fc.oneof(strange, somewhere.map(part), fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>);

  test("changed in one to three places is refused or judged", () => {
    const changes = fc.array(fc.tuple(somewhere, extraKey, anyValue), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(changes, (list) => {
        const changed = list.reduce((value, [path, key, by]) => replaced(value, [...path, ...key], by), evidence);
        expect(defectsOf(JSON.stringify(changed)) ?? []).toEqual([]);
      }),
      { numRuns: runs(900) },
    );
  });

  const instants = paths.filter((path) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(part(path))));
  test("with a time that never comes is refused, wherever an instant stands", () => {
    const impossible = fc.constantFrom("9999-99-99T99:99:99Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z");
    fc.assert(
      fc.property(fc.constantFrom(...instants), impossible, (path, by) => {
        const inReleases = path.includes("releases");
        expect(defectsOf(JSON.stringify(replaced(evidence, path, by)))).toEqual(inReleases ? [] : undefined);
      }),
      { numRuns: runs(450) },
    );
  });
});
