/** What a benchmark measures of a whole process, and how several runs become one figure. */

/** One run of one process. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMegabytes: number;
}

export interface Figure {
  readonly runs: number;
  readonly cpuSeconds: Spread;
  readonly wallSeconds: Spread;
  readonly peakMegabytes: Spread;
}

/** Other work on the machine only ever adds: the least is nearest to the truth. */
export interface Spread {
  readonly min: number;
  readonly median: number;
}

export function figureOf(runs: readonly Usage[]): Figure {
  const spread = (pick: (usage: Usage) => number): Spread => {
    const sorted = runs.map(pick).sort((a, b) => a - b);
    const middle = sorted.length / 2;
    const median = ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
    return { min: sorted[0] ?? Number.NaN, median };
  };
  return {
    runs: runs.length,
    cpuSeconds: spread((usage) => usage.cpuSeconds),
    wallSeconds: spread((usage) => usage.wallSeconds),
    peakMegabytes: spread((usage) => usage.peakMegabytes),
  };
}

/** A figure held against its budget (design: budgets). */
export interface Entry {
  readonly name: string;
  readonly figure: Figure;
  readonly budgets: readonly Budget[];
}

export interface Budget {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: "x" | "s" | "MB" | "requests" | "connections";
}

export function atMost(what: string, value: number, limit: number, unit: Budget["unit"]): Budget {
  return { what, value, limit, unit };
}
