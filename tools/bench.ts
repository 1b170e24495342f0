/**
 * `npm run bench [-- RUNS]`: what the suite costs, whole processes of the bundled build, each beside a floor measured in the
 * same run. Prints a table and writes .bench/latest.json. A figure over its budget is named, and is no failure.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { testbedSource } from "../testbed/source.ts";
import { kubeadmLike } from "../testbed/variants.ts";
import { startBigServer } from "./bench/big-server.ts";
import type { Entry } from "./bench/figures.ts";
import { importing, largeCluster, smallCluster, startUp } from "./bench/measurements.ts";
import { table } from "./bench/table.ts";
import { openWorkplace } from "./bench/workplace.ts";

const runs = Number(process.argv[2] ?? 5);
const entries: Entry[] = [];
const skipped: string[] = [];
const at = await openWorkplace();
try {
  console.error("start-up ...");
  entries.push(...(await startUp(at, runs * 3)));

  console.error("a result of the conformance suite ...");
  entries.push(...(await importing(at, runs)));

  const source = testbedSource();
  if (source.kind === "none") skipped.push(`small cluster: ${source.because}`);
  else {
    console.error("a small, real control plane ...");
    const cluster = await kubeadmLike({ controlPlanes: 1, workers: 2 });
    try {
      entries.push(...(await smallCluster(at, await cluster.kubeconfig(), runs)));
    } finally {
      await cluster.stop();
    }
  }

  console.error("5,000 nodes and 50,000 pods ...");
  const server = await startBigServer(at, 5_000, 50_000);
  const few = await startBigServer(at, 3, 30);
  try {
    entries.push(...(await largeCluster(at, server, few, Math.min(runs, 3))));
  } finally {
    await Promise.all([server.close(), few.close()]);
  }
} finally {
  at.close();
}

const machine = {
  node: process.version,
  cpus: cpus().length,
  load: loadavg().map((load) => Math.round(load * 10) / 10),
};
mkdirSync(".bench", { recursive: true });
writeFileSync(
  ".bench/latest.json",
  `${JSON.stringify({ at: new Date().toISOString(), machine, entries, skipped }, null, 2)}\n`,
);
console.log(
  `Least of all runs (median). Node ${machine.node}, ${machine.cpus} CPUs, load ${machine.load.join(" ")}.\n`,
);
console.log(table(entries));
for (const line of skipped) console.log(`\nnot measured: ${line}`);
