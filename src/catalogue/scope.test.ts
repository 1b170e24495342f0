import { expect, test } from "vitest";
import { UsageError } from "../model/faults.ts";
import { embeddedScope, parseScope, scopeDescription, scopeNames } from "./scope.ts";

const good = `name: Round clusters
uuid: 00000000-0000-4000-8000-000000000000
variables:
  - kubeconfig
  - mode: parallel
scripts:
- executable: ./check.py
  args: -k {kubeconfig}
  env: {LANG: C}
  testcases:
  - id: round-check
    lifetime: month
    section: light
    description: Is round.
- testcases:
  - id: constructor
modules:
  - id: scs-0999-v1
    name: Roundness
    parameters: [radius]
    targets:
      main: [round-check]
      preview: [constructor]
  - id: scs-0210-v2
timeline:
  - date: 2024-02-28
    versions: {v1: draft}
versions:
  - version: v1
    stabilized_at: 2024-11-26
    include:
      - ref: scs-0999-v1
        parameters: {radius: 1}
      - scs-0210-v2
`;

const parse = (text: string) => parseScope({ id: "mine", text, file: "s.yaml" });

function refusal(text: string): UsageError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error("was not refused");
}

test("a scope of the caller's: every key upstream knows, standards by module id, no table of ours for its days", () => {
  const scope = parse(good);
  const [version] = scope.versions;
  expect(scope).toMatchObject({ id: "mine", name: "Round clusters", submittable: true, url: undefined });
  expect(scope.testcases).toEqual([
    {
      id: "round-check",
      lifetime: "month",
      section: "light",
      description: "Is round.",
      url: undefined,
      requirements: [],
    },
    { id: "constructor", lifetime: "week", section: undefined, description: "", url: undefined, requirements: [] },
  ]);
  expect(version).toMatchObject({ version: "v1", stabilizedAt: "2024-11-26" });
  expect(version?.memberships).toHaveLength(1);
  expect(version?.memberships[0]).toMatchObject({ from: undefined, until: undefined });
  expect(version?.memberships[0]?.modules.map(({ id, standard }) => [id, standard])).toEqual([
    ["scs-0999-v1", undefined],
    ["scs-0210-v2", "scs-0210-v2"],
  ]);
});

test("testcases beyond the modules' own count for the version that names them", () => {
  const [version] = parse(`${good}    targets: {main: [constructor]}\n`).versions;
  expect(version?.memberships[0]?.modules.at(-1)).toMatchObject({ id: "v1", targets: { main: ["constructor"] } });
});

test("what a version decides for a module goes along with it", () => {
  const [version] = parse(good).versions;
  expect(version?.memberships[0]?.modules.map(({ parameters }) => parameters)).toEqual([{ radius: 1 }, undefined]);
});

test("a module's parameters may be explained", () => {
  expect(parse(good.replace("[radius]", "{radius: in metres}"))).toEqual(parse(good));
});

test("a copy of upstream's file keeps our table, whatever it is called", () => {
  const { text } = embeddedScope("scs-compatible-kaas");
  const scope = parse(
    text.replace("kaas-networking-check\n    lifetime: month", "kaas-networking-check\n    lifetime: day"),
  );
  const networking = scope.testcases.find((testcase) => testcase.id === "kaas-networking-check");
  expect(networking).toMatchObject({ lifetime: "day", requirements: ["scs-0219-v1/network-policy"] });
  expect(scope.versions[0]?.memberships).toHaveLength(2);
});

test("names", () => {
  expect(scopeNames).toEqual(["scs-compatible-kaas", "scs-kaas-drafts"]);
  for (const name of scopeNames) expect(scopeDescription(name)).toMatch(/\w/);
  expect(scopeDescription("x")).toBeUndefined();
  expect(() => embeddedScope("scs-compatible-kas")).toThrow(
    'There is no scope "scs-compatible-kas"; did you mean "scs-compatible-kaas"?',
  );
});

test.each<[name: string, from: string, to: string, faults: string[]]>([
  [
    "an unknown key",
    "    section: light",
    "    tags: [mandatory]",
    ['s.yaml:13:5: unknown key "tags"; known are: description, id, lifetime, section, url'],
  ],
  [
    "an unknown lifetime",
    "lifetime: month",
    "lifetime: decade",
    ['s.yaml:12:15: "lifetime" must be one of day, week, month, quarter, year, not "decade"'],
  ],
  [
    "a testcase twice",
    "id: constructor",
    "id: round-check",
    [
      "s.yaml:16:9: the testcase round-check stands here twice",
      's.yaml:23:17: there is no testcase "constructor" in this file; known are: round-check',
    ],
  ],
  [
    "a module twice",
    "- id: scs-0210-v2",
    "- id: scs-0999-v1",
    [
      "s.yaml:24:9: the module scs-0999-v1 stands here twice",
      's.yaml:34:9: there is no module "scs-0210-v2" in this file; known are: scs-0999-v1',
    ],
  ],
  [
    "a target's unknown testcase",
    "main: [round-check]",
    "main: [round-chekc]",
    ['s.yaml:22:14: there is no testcase "round-chekc" in this file; did you mean "round-check"?'],
  ],
  [
    "an include's unknown module",
    "- ref: scs-0999-v1",
    "- ref: scs-0999-v2",
    ['s.yaml:32:14: there is no module "scs-0999-v2" in this file; did you mean "scs-0999-v1"?'],
  ],
  [
    "an include without its parameter",
    "radius: 1",
    "diameter: 2",
    ['s.yaml:32:9: the module scs-0999-v1 needs the parameter "radius"'],
  ],
  [
    "a timeline of unknown versions",
    "{v1: draft}",
    "{v1: draft, v2: effective}",
    ['s.yaml:27:27: there is no version "v2" in this file; known are: v1'],
  ],
  [
    "an unknown status",
    "{v1: draft}",
    "{v1: efective}",
    ['s.yaml:27:20: "v1" must be one of draft, effective, warn, deprecated, not "efective"; did you mean "effective"?'],
  ],
  ["a day that is none", "2024-11-26", "2024-11-31", ["s.yaml:30:20: 2024-11-31 is not a day of the calendar"]],
  [
    "an include that is neither",
    "      - scs-0210-v2",
    "      - 17",
    ['s.yaml:34:9: "include" must be text or a mapping, but is a number'],
  ],
  [
    "an include with a key too many",
    "- ref: scs-0999-v1",
    "- reff: scs-0999-v1",
    ['s.yaml:32:9: the key "ref" is missing', 's.yaml:32:9: unknown key "reff"; did you mean "ref"?'],
  ],
  ["no uuid", "uuid: 0", "uuid: x", ['s.yaml:2:7: "x0000000-0000-4000-8000-000000000000" is not a uuid in lower case']],
])("%s", (_, from, to, faults) => {
  expect(refusal(good.replace(from, to)).message.split("\n")).toEqual(faults);
});

test("advice for forms that are not today's", () => {
  expect(refusal(good.replace("- executable: ./check.py", "- run: []")).advice).toMatch(/older form/);
  expect(refusal(good.replace("name:", "nmae:")).advice).toMatch(/scope\.schema\.json/);
});
