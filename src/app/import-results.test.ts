import path from "node:path";
import { expect, test } from "vitest";
import { copyWrittenAt, fixtures, junit, sonobuoyTarball, specsOf, written } from "../../tests/support/e2e-results.ts";
import { scratchFolder } from "../../tests/support/scratch.ts";
import { embeddedScope } from "../catalogue/scope.ts";
import { ephemeralSigner } from "../signing/key-signer.ts";
import { importAndJudge } from "./import-results.ts";

const passphrase = async () => undefined;

async function judged(
  files: readonly string[],
  at: string,
  more: { readonly subject?: string; readonly sign?: boolean; readonly scope?: string } = {},
) {
  const { subject, sign, scope = "scs-compatible-kaas" } = more;
  const { run, found } = await importAndJudge({
    files,
    selection: { scope },
    ...(subject === undefined ? {} : { subject }),
    signing: { ...(sign ? { signer: ephemeralSigner() } : {}), passphrase },
    folder: path.join(scratchFolder(), "run"),
    formats: [],
    now: () => new Date(at),
  });
  const outcomes = run.report.results.map(({ requirement, outcome }) => `${requirement}: ${outcome}`);
  const codes = run.report.results.flatMap(({ findings }) => findings.map(({ code }) => code));
  return {
    run,
    outcomes,
    codes: [...new Set(codes)],
    because: run.report.results.map((result) => result.because),
    found,
  };
}

const suite = "scs-0201-v1/conformance-suite";
const policy = "scs-0219-v1/network-policy";

/** folder, day of the import, outcome, codes of findings, reason */
const real = [
  ["1.31-plusserver-pske", "2025-07-30", "undetermined", ["subject-by-submission"], /is not known here/],
  ["1.32-gardener-openstack", "2025-07-30", "pass", ["subject-by-submission"], /All 411/],
  ["1.32-metalstackcloud", "2025-07-30", "pass", ["subject-by-submission"], /All 411/],
  ["1.33-k3s", "2025-07-30", "pass", [], /All 419/],
  ["1.33-kind", "2025-07-30", "pass", ["subject-by-submission"], /All 419/],
  ["1.33-metakube-openstack", "2025-07-30", "pass", ["subject-by-submission"], /All 419/],
  ["1.33-rke-government", "2025-07-30", "pass", [], /All 419/],
  ["1.33-stackit-kubernetes-engine", "2025-07-30", "pass", ["subject-by-submission"], /All 419/],
  ["1.33-talos", "2025-07-30", "pass", ["subject-by-submission"], /All 419/],
  ["1.33-talos", "2026-11-23", "not-run", [], /counted until 2026-07-01/],
  ["1.21-kind-sonobuoy-4-failures", "2026-11-23", "fail", ["spec-failed", "tolerated-failure"], /failed/],
  ["1.21-kind-sonobuoy-quick", "2026-11-23", "not-run", [], /counted until/],
] as const;

test.each(real)("%s on %s: %s", async (folder, day, outcome, codes, because) => {
  const answer = await judged([copyWrittenAt(folder, `${day}T11:00:00Z`)], `${day}T12:00:00Z`);
  expect(answer.outcomes).toEqual([`${suite}: ${outcome}`]);
  expect(codes).toEqual(expect.arrayContaining([...answer.codes]));
  expect(answer.because[0]).toMatch(because);
});

test("what is too old is told with the verdict of its own time", async () => {
  const { found } = await judged([path.join(fixtures, "1.33-k3s")], "2026-11-23T12:00:00Z");
  expect(found.join("\n")).toMatch(/419 required, 419 passed, 0 failed, 0 not executed/);
  expect(found.join("\n")).toMatch(/Too old to count today\. .*2025-05-09T14:34:10Z, it was PASS/);
});

const now = "2026-11-23T12:00:00Z";
const all = specsOf("1.36");
const policies = specsOf("1.36", "networkPolicy");
const serial = all.filter((name) => name.includes("[Serial]"));

const recipe = {
  passed: all.filter((name) => !serial.includes(name)),
  skipped: serial,
  properties: { ParallelTotal: "25", SkipStrings: "\\[Serial\\]", FlakeAttempts: "2" },
};

const of = async (run: Parameters<typeof junit>[0]) => written("run.tar.gz", await sonobuoyTarball(junit(run)));

/** name, run, outcome, codes */
const runs: readonly (readonly [string, Parameters<typeof junit>[0], string, readonly string[]])[] = [
  ["446 of 446", { passed: all }, "pass", []],
  ["443 of 446, no failure", { passed: all.slice(3), skipped: all.slice(0, 3) }, "undetermined", ["not-executed"]],
  ["a dry run of all", { passed: all, properties: { DryRun: "true" } }, "undetermined", []],
  ["a dry run that hides it", { passed: all, seconds: 0 }, "undetermined", []],
  ["nothing executed", { skipped: all }, "undetermined", []],
  [
    "quick mode",
    { passed: all.slice(0, 1), skipped: all.slice(1) },
    "undetermined",
    ["not-executed", "more-of-the-same"],
  ],
  ["the parallel recipe of SCS", recipe, "undetermined", ["pass-by-scs-recipe"]],
  ["parallel, but complete", { passed: all, properties: { ParallelTotal: "16" } }, "pass", []],
  ["one failed", { passed: all.slice(1), failed: all.slice(0, 1) }, "fail", ["spec-failed"]],
];

test.each(runs)("%s", async (_, run, outcome, codes) => {
  const answer = await judged([await of(run)], now);
  expect(answer.outcomes).toEqual([`${suite}: ${outcome}`]);
  expect(answer.codes).toEqual(codes);
  expect(answer.run.report.partial).toBe(true);
});

test("one switch in the scope file makes the parallel recipe count", async () => {
  const { text } = embeddedScope("scs-compatible-kaas");
  const include = "{ref: cncf-k8s-conformance, parameters: {acceptParallelRecipe: true}}";
  const switched = text.replace(
    "      - cncf-k8s-conformance\n      - scs-0210-v2",
    `      - ${include}\n      - scs-0210-v2`,
  );
  const scope = written("scs-compatible-kaas.yaml", switched);
  const answer = await judged([await of(recipe)], now, { scope });
  expect(answer.outcomes).toEqual([`${suite}: pass`]);
  expect(answer.codes).toEqual(["pass-by-scs-recipe"]);
  const wrong = written(
    "scope.yaml",
    switched.replace("acceptParallelRecipe: true", "acceptParallelRecipe: yes please"),
  );
  await expect(judged([await of(recipe)], now, { scope: wrong })).rejects.toThrow(
    /acceptParallelRecipe of scs-0201-v1.* has to be a boolean/,
  );
});

test("a JUnit file alone names nobody: it takes a signed statement of its subject", async () => {
  const file = written("junit_01.xml", junit({ passed: all }));
  expect((await judged([file], now)).outcomes).toEqual([`${suite}: undetermined`]);
  expect((await judged([file], now, { subject: "mine-1.36" })).outcomes).toEqual([`${suite}: undetermined`]);
  const answer = await judged([file], now, { subject: "mine-1.36", sign: true });
  expect(answer.outcomes).toEqual([`${suite}: pass`]);
  expect(answer.codes).toEqual(["subject-stated"]);
});

test("two runs share the work, and each keeps its own time", async () => {
  const conformance = await of({ passed: all, skipped: policies });
  const network = await of({ passed: policies, skipped: all, timestamp: "2026-11-21T08:00:00" });
  const { run, outcomes } = await judged([network, conformance], now);
  expect(outcomes).toEqual([`${suite}: pass`, `${policy}: pass`]);
  const times = run.report.testcases.map(({ id, observedAt, attempted }) => [id, observedAt, attempted]);
  expect(times).toEqual([
    ["cncf-k8s-conformance", "2026-11-20T11:00:00Z", true],
    ["version-policy-check", now, false],
    ["kaas-networking-check", "2026-11-21T09:00:00Z", true],
  ]);
});

test("one run of each kind: two of a kind contradict each other", async () => {
  const [one, two] = [await of({ passed: all }), await of({ passed: all })];
  await expect(judged([one, two], now)).rejects.toThrow(/holds conformance specs, and so does/);
  const nothing = await of({ skipped: all });
  await expect(judged([one, nothing], now)).rejects.toThrow(/holds no executed conformance or NetworkPolicy spec/);
});

test("a run that is yet to end is refused: it would count for ever", async () => {
  const file = await of({ passed: all, timestamp: "2090-01-01T00:00:00" });
  await expect(judged([file], now)).rejects.toThrow(/2090-01-01T01:00:00Z, which is yet to come/);
});

test("a run of NetworkPolicy specs is judged by its own testcase", async () => {
  const passed = policies.filter((name) => !name.includes("SCTPConnectivity"));
  const answer = await judged([await of({ passed, skipped: all })], now);
  expect(answer.outcomes).toEqual([`${policy}: pass`]);
  expect(answer.codes).toEqual(["tolerated-failure"]);
  const cut = await judged([await of({ passed: passed.slice(9) })], now);
  expect(cut.outcomes).toEqual([`${policy}: undetermined`]);
});

test("names from a result reach the terminal as plain text", async () => {
  const evil = "[sig-x] \u202eevil\u009b31m [Conformance]";
  const { found } = await judged([await of({ passed: all, failed: [evil] })], now);
  expect(found.join("\n")).toContain("[sig-x]");
  expect(found.join("\n").replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});
