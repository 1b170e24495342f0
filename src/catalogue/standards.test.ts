import { expect, test } from "vitest";
import { sha256 } from "../model/digest.ts";
import { UsageError } from "../model/faults.ts";
import { loadCatalogue, parseStandard } from "./standards.ts";

const sentence = "Clusters MUST be round.";
const good = `id: scs-0999-v1
title: Roundness
track: KaaS
url: https://example.org/scs-0999-v1
status:
  - from: 2024-01-01
    status: draft
source:
  repository: example/standards
  file: scs-0999-v1.md
  licence: CC-BY-SA-4.0
  attribution: nobody
  revisions:
    - date: 2024-01-01
    - date: 2025-01-01
requirements:
  - id: round
    title: Clusters are round
    question: Is it round?
    lifetime: week
    statements:
      - from: 2024-01-01
        until: 2025-01-01
        level: must
        keyword: MUST
        section: Decision
        anchor: decision
        text: ${sentence}
        sha256: ${sha256(sentence)}
`;

function faultsOf(text: string): string[] {
  try {
    parseStandard("x.yaml", text);
  } catch (error) {
    if (error instanceof UsageError) return error.message.split("\n");
    throw error;
  }
  return [];
}

test("the standards that the suite carries load, once", () => {
  expect(loadCatalogue().standards).toHaveLength(29);
  expect(loadCatalogue()).toBe(loadCatalogue());
  expect(loadCatalogue().sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("a good file has no faults", () => {
  expect(faultsOf(good)).toEqual([]);
  expect(parseStandard("x.yaml", good).requirements[0]?.id).toBe("round");
});

const levels = "must, should, may";
test.each<[name: string, from: string | RegExp, to: string, faults: string[]]>([
  [
    "a misspelt key",
    "        level: must",
    "        levle: must",
    ['x.yaml:22:9: the key "level" is missing', 'x.yaml:24:9: unknown key "levle"; did you mean "level"?'],
  ],
  [
    "a misspelt word",
    "level: must",
    "level: msut",
    [`x.yaml:24:16: "level" must be one of ${levels}, not "msut"; did you mean "must"?`],
  ],
  [
    "a word far off",
    "level: must",
    "level: perhaps",
    [`x.yaml:24:16: "level" must be one of ${levels}, not "perhaps"`],
  ],
  ["a key twice", "title: Roundness", "title: Roundness\ntitle: Again", ["x.yaml:3:1: this key stands here twice"]],
  ["no date", "- date: 2025-01-01", "- date: 2025-1-1", ['x.yaml:15:13: "2025-1-1" is not a date such as 2026-11-23']],
  ["a day that is none", /2025-01-01/g, "2025-02-30", ["x.yaml:15:13: 2025-02-30 is not a day of the calendar"]],
  [
    "revisions in disorder",
    "- date: 2025-01-01",
    "- date: 2023-01-01",
    [
      "x.yaml:15:13: 2023-01-01 is not after 2024-01-01",
      "x.yaml:23:16: 2025-01-01 is no date of a text revision; they are: 2024-01-01, 2023-01-01",
    ],
  ],
  [
    "a level that the key word denies",
    "level: must",
    "level: should",
    ['x.yaml:24:16: the key word MUST means "must", not "should"'],
  ],
  [
    "a key word that is not there",
    "keyword: MUST",
    "keyword: REQUIRED",
    ['x.yaml:25:18: "REQUIRED" is not in the sentence'],
  ],
  [
    "another sentence",
    sentence,
    "Clusters MUST be flat.",
    [`x.yaml:29:17: the digest is not that of the text, which has ${sha256("Clusters MUST be flat.")}`],
  ],
  [
    "nothing that decides",
    "    question: Is it round?\n",
    "",
    ["x.yaml:17:5: round has neither a check nor a question, so nothing can ever decide it"],
  ],
  [
    "a list that is none",
    /requirements:[\s\S]*/,
    "requirements: all\n",
    ['x.yaml:16:15: "requirements" must be a list, but is text'],
  ],
  [
    "a standard that says nothing",
    /requirements:[\s\S]*/,
    "requirements: []\n",
    ["x.yaml:16:15: there is neither a requirement nor a sentence that is listed with a reason"],
  ],
  [
    "a list that ends before it begins",
    "until: 2025-01-01",
    "until: 2024-01-01",
    ['x.yaml:23:16: "until" 2024-01-01 is not after "from" 2024-01-01'],
  ],
  [
    "an id of no known form",
    "id: scs-0999-v1",
    "id: SCS-9999",
    ['x.yaml:1:5: "SCS-9999" is not the id of a standard such as scs-0214-v2 or proposed-ipv6-v1'],
  ],
  [
    "a set-aside key word that is not in its sentence",
    /$/,
    `notTestable:\n  - text: ${sentence}\n    sha256: ${sha256(sentence)}\n    keyword: SHOULD\n    reason: why\n`,
    ['x.yaml:33:14: "SHOULD" is not in the sentence'],
  ],
  [
    "several at once",
    /track: KaaS|lifetime: week|id: round/g,
    "",
    [
      'x.yaml:1:1: the key "track" is missing',
      'x.yaml:18:5: the key "id" is missing',
      'x.yaml:18:5: the key "lifetime" is missing',
    ],
  ],
])("%s", (_, from, to, faults) => {
  expect(faultsOf(good.replaceAll(from instanceof RegExp ? new RegExp(from, "g") : from, to))).toEqual(faults);
});

test("the same requirement twice, and statements that overlap", () => {
  const requirement = good.slice(good.indexOf("  - id: round"));
  expect(faultsOf(good + requirement)).toEqual(["x.yaml:30:9: the requirement round stands here twice"]);
  const statement = requirement.slice(requirement.indexOf("      - from:"));
  expect(faultsOf(good + statement)).toEqual(["x.yaml:30:15: begins before the statement above it ends"]);
});
