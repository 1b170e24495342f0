import { describe, expect, it } from "vitest";
import { keep, parseArguments, parseHandedOn } from "./flags.ts";
import { keptFlags } from "./kept-flags.ts";

const flagsOf = (...words: unknown[]) => keep(parseArguments(words));

describe("command lines", () => {
  it.each<[string, unknown[], { values: object; withheld: string[] }]>([
    [
      "both spellings",
      ["kube-apiserver", "--max-requests-inflight=300", "--min-request-timeout", "60"],
      { values: { "max-requests-inflight": "300", "min-request-timeout": "60" }, withheld: [] },
    ],
    [
      "one dash and underscores",
      ["etcd", "-auto_compaction_mode=periodic"],
      { values: { "auto-compaction-mode": "periodic" }, withheld: [] },
    ],
    ["a bare switch takes no word", ["--profiling", "false"], { values: { profiling: "true" }, withheld: [] }],
    [
      "a bare unknown flag may",
      ["--token", "hunter2", "--profiling=false"],
      { values: { profiling: "false" }, withheld: ["token"] },
    ],
    [
      "the last value wins",
      ["--max-requests-inflight=1", "--max-requests-inflight=2"],
      { values: { "max-requests-inflight": "2" }, withheld: [] },
    ],
    [
      "lists add up",
      ["--enable-admission-plugins=A", "--enable-admission-plugins=B,C"],
      { values: { "enable-admission-plugins": "A,B,C" }, withheld: [] },
    ],
    [
      "splits at the first =",
      ["--feature-gates=A=true,B=false"],
      { values: { "feature-gates": "A=true,B=false" }, withheld: [] },
    ],
    [
      "a value of another form",
      ["--max-requests-inflight=$(LIMIT)"],
      { values: {}, withheld: ["max-requests-inflight"] },
    ],
    [
      "a last value of another form",
      ["--max-requests-inflight=1", "--max-requests-inflight=x"],
      { values: {}, withheld: ["max-requests-inflight"] },
    ],
    [
      "after --",
      ["--profiling=false", "--", "--max-requests-inflight=1"],
      { values: { profiling: "false" }, withheld: [] },
    ],
    [
      "no flags",
      ["sh", "-c", "kube-apiserver --token=x", 7, null, "--=x", "--UPPER=1", "--a b=1", "---x"],
      { values: {}, withheld: ["c"] },
    ],
    ["keys that are no keys", ["--__proto__=1", "--constructor=1"], { values: {}, withheld: ["constructor"] }],
    ["an empty value", ["--enable-admission-plugins="], { values: {}, withheld: ["enable-admission-plugins"] }],
  ])("%s", (_, words, expected) => {
    expect(flagsOf(...words)).toEqual(expected);
  });

  it.each([
    ["max-requests-inflight=200", [["max-requests-inflight", "200"]]],
    ["--profiling", [["profiling", "true"]]],
    ["enable-admission-plugins+=X", [["enable-admission-plugins", "X"]]],
    ["=x", []],
  ])("hands on %s", (text, expected) => {
    expect(parseHandedOn(text)).toEqual(expected);
  });
});

describe("keptFlags", () => {
  const secrets = [
    "SECRET-1",
    "hunter2",
    "https://user:pw@host:2379",
    "10.0.0.1",
    "/etc/kubernetes/pki/ca.key",
    "system:admin",
    "eyJhbGciOi.eyJ.sig",
    "AKIA0123456789",
  ];

  it.each([...keptFlags])("--%s keeps no value that could be a secret, a path or an address", (_, { form }) => {
    for (const secret of secrets) expect(form.test(secret)).toBe(false);
  });
});
