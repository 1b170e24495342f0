/** The figures as a person reads them. */
import type { Budget, Entry } from "./figures.ts";

const columns = ["", "CPU s", "wall s", "peak MB", "budget"];

/** Minima, medians in brackets; one line per process, its budgets below each other. */
export function table(entries: readonly Entry[]): string {
  const rows = entries.flatMap(({ name, figure, budgets }) => {
    const { cpuSeconds, wallSeconds, peakMegabytes } = figure;
    const cells = [
      `${name} (${figure.runs} runs)`,
      `${cpuSeconds.min.toFixed(3)} (${cpuSeconds.median.toFixed(3)})`,
      `${wallSeconds.min.toFixed(3)} (${wallSeconds.median.toFixed(3)})`,
      `${peakMegabytes.min.toFixed(0)} (${peakMegabytes.median.toFixed(0)})`,
    ];
    const [first = "", ...others] = budgets.map(budgetText);
    return [[...cells, first], ...others.map((text) => ["", "", "", "", text])];
  });
  const all = [columns, ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => (row[index] ?? "").length)));
  const line = (row: readonly string[]) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ");
  return all.map((row) => line(row).trimEnd()).join("\n");
}

function budgetText({ what, value, limit, unit }: Budget): string {
  const digits = unit === "x" || unit === "s" ? 2 : 0;
  const verdict = value <= limit ? "ok" : "OVER";
  return `${verdict.padEnd(4)}  ${what}: ${value.toFixed(digits)} of ${limit} ${unit}`;
}
