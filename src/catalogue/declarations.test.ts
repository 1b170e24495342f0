import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fc } from "../../tests/support/fast-check.ts";
import { UsageError } from "../model/faults.ts";
import { looksLikeDeclarations, parseDeclarations } from "./declarations.ts";
import { loadCatalogue } from "./standards.ts";
import { parseWaivers } from "./waivers.ts";

const requirements = loadCatalogue().standards.flatMap(({ id, requirements: own }) =>
  own.map((one) => `${id}/${one.id}`),
);
const checks = ["scs-0214/control-plane-spread", "scs-0210/patch-recency"];
const root = path.join(import.meta.dirname, "../..");

function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof UsageError) return error.message.split("\n");
    throw error;
  }
  return [];
}

const declared = (text: string) => faultsOf(() => parseDeclarations({ file: "d.yaml", text, requirements }));
const waived = (text: string) => faultsOf(() => parseWaivers({ file: "w.yaml", text, requirements, checks }));

const sound = `subject: cloud-1.36
declarant: Jane Doe
declarations:
  - requirement: scs-0214-v2/control-plane-hosts
    claim: holds
    statement: three hosts
    evidence: { url: "https://example.org/proof.pdf" }
    declaredAt: 2026-10-01
    validUntil: 2027-01-01T12:00:00Z
`;

const soundWaiver = `waivers:
  - id: OPS-17
    requirement: scs-0214-v2/control-plane-hosts
    subject: cloud-*
    reason: the rack arrives in March
    approver: John Roe
    expires: 2027-04-01
`;

describe("a declarations file", () => {
  it("is read, days as instants", () => {
    const { declarations } = parseDeclarations({ file: "d.yaml", text: sound, requirements });
    expect(declarations).toMatchObject([{ declaredAt: "2026-10-01T00:00:00Z", validUntil: "2027-01-01T12:00:00Z" }]);
  });

  it("the example is sound", () => {
    const text = readFileSync(path.join(root, "fixtures/declarations/example.yaml"), "utf8");
    expect(declared(text)).toEqual([]);
  });

  it.each([
    [
      "an id with a slip",
      [["hosts", "host"]],
      'd.yaml:4:18: there is no requirement "scs-0214-v2/control-plane-host"; did you mean "scs-0214-v2/control-plane-hosts"?',
    ],
    ["a pattern", [["control-plane-hosts", "*"]], 'd.yaml:4:18: there is no requirement "scs-0214-v2/*"'],
    [
      "a claim of one's own",
      [["claim: holds", "claim: hold"]],
      'd.yaml:5:12: "claim" must be one of holds, not-applicable, not "hold"; did you mean "holds"?',
    ],
    ["no statement", [["    statement: three hosts\n", ""]], 'd.yaml:4:5: the key "statement" is missing'],
    ["an empty statement", [["three hosts", '""']], 'd.yaml:6:16: "statement" must not be empty'],
    ["an unknown key", [["claim:", "clam: x\n    claim:"]], 'd.yaml:5:5: unknown key "clam"; did you mean "claim"?'],
    ["a key twice", [["claim:", "claim: holds\n    claim:"]], "d.yaml:6:5: this key stands here twice"],
    [
      "no time",
      [["2026-10-01", "soon"]],
      'd.yaml:8:17: "soon" is not a date such as 2026-11-23 or a UTC time such as 2026-11-23T10:00:00Z',
    ],
    [
      "a day that no calendar has",
      [["2026-10-01", "2026-02-30"]],
      'd.yaml:8:17: "2026-02-30" is no day or time that exists',
    ],
    [
      "an end before the start",
      [["2027-01-01T", "2026-01-01T"]],
      'd.yaml:9:17: "validUntil" is not after "declaredAt"',
    ],
    [
      "a link of another kind",
      [["https:", "javascript:"]],
      'd.yaml:7:22: "javascript://example.org/proof.pdf" is not an address that begins with https://',
    ],
    [
      "a digest in capitals",
      [['{ url: "https://example.org/proof.pdf" }', "{ sha256: AB }"]],
      'd.yaml:7:25: "AB" is not a SHA-256 in lower-case hexadecimal',
    ],
    ["no YAML", [["subject: ", "subject: ["]], /^d\.yaml:\d+:\d+: /],
    ["an alias bomb", [["declarant: Jane Doe", `declarant: &a [x]\nx: [${"*a,".repeat(200)}]`]], /^d\.yaml:\d+:\d+: /],
  ] as const)("with %s", (_, changes, fault) => {
    const text = changes.reduce((whole, [from, to]) => whole.replace(from, to), sound);
    expect(declared(text)[0]).toMatch(fault);
  });

  it("tells all faults at once, in the order of the file", () => {
    const text =
      sound.replace("hosts", "host").replace("2026-10-01", "2026-02-30") + sound.slice(sound.indexOf("  - "));
    expect(declared(`${text}${sound.slice(sound.indexOf("  - "))}`)).toEqual([
      expect.stringContaining("d.yaml:4:18: there is no requirement"),
      expect.stringContaining("d.yaml:8:17: "),
      expect.stringContaining("d.yaml:16:18: scs-0214-v2/control-plane-hosts is declared twice"),
    ]);
  });

  it("does not mind ids of other versions when it is judged again", () => {
    expect(() => parseDeclarations({ file: "d", text: sound.replace("hosts", "gone") })).not.toThrow();
  });

  it.each([
    ["itself", sound, true],
    ["itself with faults", "declarations: 7", true],
    ["waivers", soundWaiver, false],
    ["a report", '{"schemaVersion": 1}', false],
    ["nothing", "", false],
    ["noise", "\u0000[[[[", false],
  ])("is told from others: %s", (_, text, is) => expect(looksLikeDeclarations(text)).toBe(is));
});

describe("a waivers file", () => {
  it("is read, days as instants", () => {
    expect(parseWaivers({ file: "w.yaml", text: soundWaiver, requirements, checks })).toMatchObject([
      { id: "OPS-17", expires: "2027-04-01T00:00:00Z" },
    ]);
  });

  it("the example is sound", () => {
    const text = readFileSync(path.join(root, "fixtures/waivers/example.yaml"), "utf8");
    expect(waived(text)).toEqual([]);
  });

  it.each([
    ...["id", "subject", "reason", "approver", "expires"].map(
      (key) => [`no ${key}`, new RegExp(`(- )?${key}: .*\n( {4})?`), "$1", `the key "${key}" is missing`] as const,
    ),
    ["neither requirement nor check", /requirement: .*\n {4}/, "", "w.yaml:2:5: the waiver OPS-17 must name either"],
    ["both", /subject/, "check: scs-0210/patch-recency\n    subject", "w.yaml:2:5: the waiver OPS-17 must name either"],
    [
      "an id with a slip",
      /hosts/,
      "host",
      'w.yaml:3:18: there is no requirement "scs-0214-v2/control-plane-host"; did',
    ],
    ["a pattern of nothing", /0214-v2\/.*/, "9999-*", 'w.yaml:3:18: there is no requirement "scs-9999-*"'],
    [
      "an unknown check",
      /requirement: .*/,
      "check: scs-0210/patch-recncy",
      'w.yaml:3:12: there is no check "scs-0210/patch-recncy"; did',
    ],
    ["a day that no calendar has", /2027-04-01/, "2027-04-31", 'w.yaml:7:14: "2027-04-31" is no day or time'],
    ["an end in local time", /2027-04-01/, "2027-04-01T00:00:00+02:00", "w.yaml:7:14: "],
    ["an id with spaces", /OPS-17/, "OPS 17", "w.yaml:2:9: "],
    [
      "a waiver twice",
      /$/,
      soundWaiver.slice(soundWaiver.indexOf("  - ")),
      "w.yaml:8:9: the waiver OPS-17 stands here twice",
    ],
  ] as const)("with %s", (_, from, to, fault) => {
    expect(waived(soundWaiver.replace(from, to))[0]).toContain(fault);
  });
});

it("whatever is written, a fault is told and nothing breaks", () => {
  const words = fc.constantFrom(
    "subject",
    "declarant",
    "declarations",
    "requirement",
    "claim",
    "declaredAt",
    "validUntil",
    "__proto__",
  );
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom("holds", "2026-10-01", "2026-13-45", "scs-0214-v2/*"),
    fc.integer(),
    fc.constant(null),
  );
  const entry = fc.dictionary(words, value);
  const file = fc.dictionary(words, fc.oneof(value, fc.array(fc.oneof(entry, value)), entry));
  const either = fc.oneof(
    fc.string(),
    file.map((written) => JSON.stringify(written)),
  );
  fc.assert(
    fc.property(either, (text) => {
      declared(text);
      waived(text.replaceAll("declarations", "waivers"));
    }),
  );
});
