/** Gauges as OpenMetrics 1.0 text (openmetrics.io, ABNF in section "Text format"). */
import { millisecondsOf } from "../../src/model/instant.ts";
import type { Instant } from "../../src/model/vocabulary.ts";

interface Labels {
  readonly [name: string]: string;
}

export interface Family {
  /** Without the prefix that all share. */
  readonly name: string;
  readonly help: string;
  /** Ends the name; absent: a number without one. */
  readonly unit?: "seconds";
  readonly samples: readonly { readonly labels: Labels; readonly value: number }[];
}

const prefix = "scs_conformance_";

/** Moments as seconds since the epoch, in a family named for that unit. */
export function seconds(
  name: string,
  help: string,
  samples: readonly { readonly labels: Labels; readonly at: Instant }[],
): Family {
  return {
    name: `${name}_seconds`,
    help,
    unit: "seconds",
    samples: samples.map(({ labels, at }) => ({ labels, value: millisecondsOf(at) / 1000 })),
  };
}

/** The whole text with its end mark; `common` labels every sample. Families without samples are left out. */
export function expositionText(families: readonly Family[], common: Labels): string {
  const blocks = families.filter((family) => family.samples.length > 0).flatMap((family) => block(family, common));
  return [...blocks, "# EOF", ""].join("\n");
}

function block({ name, help, unit, samples }: Family, common: Labels): readonly string[] {
  const full = `${prefix}${name}`;
  const lines = samples.map(({ labels, value }) => ({ labels: labelText({ ...common, ...labels }), value }));
  // a label set may occur once; of two that a hand-made report has, the worse is told
  const worst = new Map<string, number>();
  for (const { labels, value } of lines) worst.set(labels, Math.min(value, worst.get(labels) ?? value));
  return [
    `# TYPE ${full} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${full} ${unit}`]),
    `# HELP ${full} ${escaped(help)}`,
    ...[...worst].map(([labels, value]) => `${full}${labels} ${value}`),
  ];
}

function labelText(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(",")}}`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
