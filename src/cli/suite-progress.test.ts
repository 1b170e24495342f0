import { expect, test } from "vitest";
import type { SuiteNews } from "../app/run-suites.ts";
import { noProgress } from "../model/conformance/suite-log.ts";
import { createOutput } from "./output.ts";
import { suiteProgress } from "./suite-progress.ts";

function told(news: readonly (SuiteNews["event"] & { readonly after?: number })[]): readonly string[] {
  const lines: string[] = [];
  let now = 0;
  const output = {
    ...createOutput({ quiet: false, verbose: false, color: false, json: true }),
    note: (text: string) => lines.push(text),
  };
  const onNews = suiteProgress(output, () => now);
  for (const { after = 0, ...event } of news) {
    now += after;
    onNews({ kind: "networkpolicy", event: event as SuiteNews["event"] });
  }
  return lines;
}

const progress = (done: number, failed = 0, summary?: string) => ({
  kind: "progress" as const,
  progress: {
    ...noProgress,
    total: 51,
    done,
    failed,
    current: "[sig-network] one",
    ...(summary === undefined ? {} : { summary }),
  },
});

test("a line a minute, one for each failure, one at the end", () => {
  const lines = told([
    { kind: "waiting", because: "ContainerCreating" },
    progress(0),
    progress(1),
    { ...progress(2), after: 30_000 },
    progress(3, 1),
    progress(4, 1),
    { ...progress(9, 1), after: 60_000 },
    progress(51, 1, "FAIL"),
    { kind: "fetched", folder: "scs-report/e2e", image: "registry.k8s.io/conformance:v1.37.2" },
  ]);
  expect(lines.map((line) => line.replace("conformance networkpolicy: ", ""))).toEqual([
    "waiting: ContainerCreating",
    "0 of 51 specs, 0 failed; [sig-network] one",
    "3 of 51 specs, 1 failed; [sig-network] one",
    "9 of 51 specs, 1 failed; [sig-network] one",
    "51 of 51 specs, 1 failed",
    "results in scs-report/e2e, by registry.k8s.io/conformance:v1.37.2",
  ]);
});

test("words of the cluster steer no terminal, and silence is said", () => {
  expect(
    told([
      { kind: "waiting", because: "\u001b[2Jevil" },
      { kind: "silence", because: "timeout" },
      { kind: "failed", message: "no" },
    ]),
  ).toEqual([
    "conformance networkpolicy: waiting: \ufffd[2Jevil",
    "conformance networkpolicy: no answer, the run goes on: timeout",
    "conformance networkpolicy: no results: no",
  ]);
});
