/** The benchmarks: which processes, beside which floor, within which budgets. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { BigServer, Counters } from "./big-server.ts";
import { atMost, type Entry, figureOf, type Usage } from "./figures.ts";
import { inTurn, measured } from "./process.ts";
import { pathsOf, writeRawTask } from "./raw-task.ts";
import { subject, type Workplace } from "./workplace.ts";

export async function startUp({ tool, folder }: Workplace, runs: number): Promise<readonly Entry[]> {
  const usages = await inTurn(runs, {
    floor: () => measured(["-e", "0"], folder),
    version: () => measured([tool, "--version"], folder),
    help: () => measured([tool, "--help"], folder),
  });
  const floor = figureOf(usages.floor);
  const entry = (name: string, measuredRuns: readonly Usage[]): Entry => {
    const figure = figureOf(measuredRuns);
    const ratio = figure.cpuSeconds.min / floor.cpuSeconds.min;
    return { name, figure, budgets: [atMost("CPU / node -e 0", ratio, 2.5, "x")] };
  };
  return [
    { name: "node -e 0", figure: floor, budgets: [] },
    entry("--version", usages.version),
    entry("--help", usages.help),
  ];
}

/** `import` of a whole result: 6,724 specs listed, 419 of them executed. */
export async function importing({ tool, folder }: Workplace, runs: number): Promise<readonly Entry[]> {
  const result = path.resolve("fixtures/imports/1.33-kind");
  const args = (run: number) => ["import", result, "--as-of", "2025-06-01", "-o", path.join(folder, `import-${run}`)];
  const proof = /419 required, 419 passed/;
  const usages = await inTurn(runs, { import: (run) => measured([tool, ...args(run)], folder, proof) });
  const figure = figureOf(usages.import);
  return [{ name: "import, 419 specs", figure, budgets: [atMost("wall", figure.wallSeconds.min, 1, "s")] }];
}

/** `check` of a real, small control plane; leaves its runs in `small-N`. */
export async function smallCluster(at: Workplace, kubeconfig: string, runs: number): Promise<readonly Entry[]> {
  const first = await runCheck(at, kubeconfig, "small-first");
  const task = writeRawTask(kubeconfig, "raw-small", pathsOf(first));
  const usages = await inTurn(runs, {
    raw: () => measured([at.rawReader, task], at.folder),
    check: (run) => measured(checkArgs(at, kubeconfig, `small-${run}`), at.folder),
  });
  const figure = figureOf(usages.check);
  const budgets = [
    atMost("wall", figure.wallSeconds.min, 2, "s"),
    atMost("requests", requestsOf(first), 80, "requests"),
    atMost("peak memory", figure.peakMegabytes.median, 110, "MB"),
  ];
  return [
    { name: "raw reader, small cluster", figure: figureOf(usages.raw), budgets: [] },
    { name: "check, small cluster", figure, budgets },
    ...(await judging(at, "small cluster", first, runs, 0.4)),
  ];
}

/**
 * `check` beside a raw reader of the same paths, and all pods through the read layer beside a raw reader of them. What a
 * check costs before the first node stands in no proportion to a list: `few`, the same cluster with 3 nodes, tells it apart.
 */
export async function largeCluster(
  at: Workplace,
  server: BigServer,
  few: BigServer,
  runs: number,
): Promise<readonly Entry[]> {
  const { kubeconfig } = server;
  await server.counters();
  const first = await runCheck(at, kubeconfig, "large-first");
  const seen: Counters = await server.counters();
  if (nodesOf(first) !== 5_000) throw new Error(`check saw ${nodesOf(first)} of 5,000 nodes`);
  const nodeTask = writeRawTask(kubeconfig, "raw-large", pathsOf(first));
  const podTask = writeRawTask(kubeconfig, "raw-pods", ["/api/v1/pods?limit=500"]);
  const usages = await inTurn(runs, {
    raw: () => measured([at.rawReader, nodeTask], at.folder, /"objects":50\d\d/),
    few: (run) => measured(checkArgs(at, few.kubeconfig, `few-${run}`), at.folder),
    check: (run) => measured(checkArgs(at, kubeconfig, `large-${run}`), at.folder),
    rawPods: () => measured([at.rawReader, podTask], at.folder, /"objects":50000/),
    pods: () => measured([at.listPods, kubeconfig], at.folder, /"objects":50000/),
  });
  const [raw, fewNodes, check] = [figureOf(usages.raw), figureOf(usages.few), figureOf(usages.check)];
  const [rawPods, pods] = [figureOf(usages.rawPods), figureOf(usages.pods)];
  const cpuRatio = (of: typeof raw, floor: typeof raw) =>
    atMost("CPU / raw reader", of.cpuSeconds.min / floor.cpuSeconds.min, 1.3, "x");
  return [
    { name: "raw reader, 5,000 nodes", figure: raw, budgets: [] },
    { name: "check, 3 nodes", figure: fewNodes, budgets: [] },
    {
      name: "check, 5,000 nodes",
      figure: check,
      budgets: [
        cpuRatio(check, raw),
        atMost(
          "CPU for the nodes / raw reader",
          (check.cpuSeconds.min - fewNodes.cpuSeconds.min) / raw.cpuSeconds.min,
          1.3,
          "x",
        ),
        atMost("peak memory", check.peakMegabytes.median, 140, "MB"),
        atMost("peak memory over raw reader", check.peakMegabytes.median - raw.peakMegabytes.median, 30, "MB"),
        atMost("connections", seen.connections, 4, "connections"),
      ],
    },
    { name: "raw reader, 50,000 pods", figure: rawPods, budgets: [] },
    {
      name: "read layer, 50,000 pods",
      figure: pods,
      budgets: [cpuRatio(pods, rawPods), atMost("peak memory", pods.peakMegabytes.median, 230, "MB")],
    },
    ...(await judging(at, "5,000 nodes", first, runs, undefined)),
  ];
}

/** evaluate and verify of a run's folder. */
async function judging(
  at: Workplace,
  what: string,
  run: string,
  runs: number,
  verifySeconds: number | undefined,
): Promise<readonly Entry[]> {
  const evidence = path.join(run, "evidence.json");
  const usages = await inTurn(runs, {
    evaluate: (turn) => measured([at.tool, "evaluate", evidence, "-o", `${run}-evaluated-${turn}`], at.folder),
    verify: () => measured([at.tool, "verify", run, "--allowed-signers", at.allowedSigners], at.folder, / holds\./),
  });
  const [evaluate, verify] = [figureOf(usages.evaluate), figureOf(usages.verify)];
  const verifyBudget = verifySeconds === undefined ? [] : [atMost("wall", verify.wallSeconds.min, verifySeconds, "s")];
  return [
    { name: `evaluate, ${what}`, figure: evaluate, budgets: [atMost("wall", evaluate.wallSeconds.min, 1, "s")] },
    { name: `verify, ${what}`, figure: verify, budgets: verifyBudget },
  ];
}

async function runCheck(at: Workplace, kubeconfig: string, name: string): Promise<string> {
  await measured(checkArgs(at, kubeconfig, name), at.folder);
  return path.join(at.folder, name);
}

function checkArgs({ tool, folder, key }: Workplace, kubeconfig: string, name: string): readonly string[] {
  const cluster = ["--kubeconfig", kubeconfig, "--subject", subject];
  return [tool, "check", ...cluster, "--key", key, "-o", path.join(folder, name)];
}

interface ReportPart {
  readonly requests: { readonly count: number };
  readonly cluster: { readonly nodes: number };
}

const reportOf = (run: string) => JSON.parse(readFileSync(path.join(run, "report.json"), "utf8")) as ReportPart;
const requestsOf = (run: string) => reportOf(run).requests.count;
const nodesOf = (run: string) => reportOf(run).cluster.nodes;
