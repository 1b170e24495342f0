import { expect, test } from "vitest";
import { type NamespaceSigns, suitesUnderWay } from "./suites-under-way.ts";

const now = Date.parse("2026-11-20T12:00:00Z");
const plain = {
  createdAt: "2026-11-20T09:00:00Z",
  going: false,
  home: undefined,
  kind: undefined,
  suiteRun: undefined,
} as const;
const named = (name: string, signs: Partial<NamespaceSigns> = {}): NamespaceSigns => ({ name, ...plain, ...signs });
const ours = (name: string, kind: string, createdAt = "2026-11-20T09:00:00Z") =>
  named(name, { home: "ours", kind, createdAt });

const sonobuoy = named("sonobuoy", { home: "Sonobuoy" });
const hydrophone = named("conformance", { home: "Hydrophone" });
const specs = named("pods-4711", { suiteRun: "1abf14f2-15f4-4804-9118-d08ee59b4c85" });

test.each<[string, readonly NamespaceSigns[], readonly string[], string | undefined, readonly string[]]>([
  ["nothing", [named("default")], [], undefined, []],
  ["a Sonobuoy at work", [named("default"), sonobuoy], ["sonobuoy"], undefined, ["sonobuoy"]],
  ["a Sonobuoy that has ended and was left", [sonobuoy], [], undefined, []],
  ["a Hydrophone at work", [hydrophone], ["conformance"], undefined, ["conformance"]],
  [
    "ours at work",
    [ours("scs-conformance-abcde", "full")],
    ["scs-conformance-abcde"],
    undefined,
    ["scs-conformance-abcde"],
  ],
  ["ours that has just begun, no pod yet", [ours("b", "full", "2026-11-20T11:59:00Z")], [], undefined, ["b"]],
  ["ours of a run that died before its pod", [ours("b", "full", "2026-11-20T11:00:00Z")], [], undefined, []],
  ["my own", [ours("b", "full", "2026-11-20T11:59:58Z")], ["b"], "b", []],
  [
    "two that began at once: the first is in the way of the second",
    [ours("a", "full", "2026-11-20T11:59:58Z"), ours("b", "full", "2026-11-20T11:59:59Z")],
    [],
    "b",
    ["a"],
  ],
  [
    "two that began at once: the second is not in the way of the first",
    [ours("a", "full", "2026-11-20T11:59:58Z"), ours("b", "full", "2026-11-20T11:59:59Z")],
    [],
    "a",
    [],
  ],
  [
    "two of the same second: the name decides",
    [ours("a", "full", "2026-11-20T11:59:58Z"), ours("b", "full", "2026-11-20T11:59:58Z")],
    ["a", "b"],
    "b",
    ["a"],
  ],
  [
    "specs of a suite that runs outside",
    [{ ...specs, createdAt: "2026-11-20T11:50:00Z" }],
    [],
    undefined,
    ["pods-4711"],
  ],
  [
    "namespaces of a suite that was ended a while ago, on their way out",
    [{ ...specs, createdAt: "2026-11-20T11:50:00Z", going: true }],
    [],
    undefined,
    [],
  ],
  [
    "a suite between two specs",
    [{ ...specs, createdAt: "2026-11-20T11:58:30Z", going: true }],
    [],
    undefined,
    ["pods-4711"],
  ],
  ["what a suite left yesterday", [{ ...specs, createdAt: "2026-11-19T11:50:00Z" }], [], undefined, []],
  ["a namespace without a time", [{ ...specs, createdAt: undefined }], [], undefined, []],
])("%s", (_, namespaces, working, mine, expected) => {
  const found = suitesUnderWay(namespaces, { working: new Set(working), now, mine });
  expect(found.map(({ namespace }) => namespace)).toEqual(expected);
});

test("only our NetworkPolicy specs are harmless", () => {
  const all = [sonobuoy, ours("f", "full"), ours("n", "networkpolicy")];
  const found = suitesUnderWay(all, { working: new Set(["sonobuoy", "f", "n"]), now });
  expect(found.filter(({ harmless }) => harmless).map(({ namespace }) => namespace)).toEqual(["n"]);
  expect(found.map(({ title }) => title)).toContain("Sonobuoy in the namespace sonobuoy");
});
