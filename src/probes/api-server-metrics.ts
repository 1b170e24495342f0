import { read } from "../model/fact.ts";
import type { Sample } from "../model/facts/api-server-metrics.ts";
import { instantAt } from "../model/instant.ts";
import { defineProbe } from "../model/probe.ts";
import { keptMetrics } from "./kept-metrics.ts";
import { parseSample, sampleName } from "./prometheus-text.ts";
import { malformed } from "./reading.ts";
import { detached, inOrder } from "./untrusted.ts";

/** `/metrics` of a busy API server has 5 to 20 MB. */
const maxBytes = 128 * 1024 * 1024;
/** Distinct label sets a metric; an API server has at most some hundred of each that is kept. */
const mostSamples = 5000;

export const apiServerMetricsProbe = defineProbe({
  id: "kube/api-server-metrics",
  title: "chosen metrics of the API server that answers",
  tier: "observe",
  rights: [{ kind: "path", verb: "get", path: "/metrics" }],
  requests: 1,
  async collect({ cluster }) {
    const series = new Map<string, Map<string, Sample>>();
    const reading = await cluster.lines("/metrics", (line) => add(series, line), { accept: "text/plain", maxBytes });
    if (!reading.ok) return reading;
    if (reading.value.lines === 0) return malformed("/metrics");
    const [started] = series.get("process_start_time_seconds")?.values() ?? [];
    const startedAt = started && instantOfSeconds(started.value);
    const names = [...series.keys()].sort(inOrder);
    return read({
      ...(startedAt === undefined ? {} : { startedAt }),
      series: Object.fromEntries(names.map((name) => [name, inSteadyOrder(series.get(name) ?? new Map())])),
    });
  },
});

/** Labels that are not kept fall away; samples that then are one are added up. */
function add(series: Map<string, Map<string, Sample>>, line: string): void {
  const kept = keptMetrics.get(sampleName(line));
  const sample = kept && parseSample(line);
  if (!sample) return;
  const labels: [string, string][] = [];
  for (const [label, form] of Object.entries(kept.labels)) {
    const value = sample.labels.get(label);
    if (value === undefined) continue;
    if (!form.test(value)) return;
    labels.push([label, detached(value)]);
  }
  labels.sort(([a], [b]) => inOrder(a, b));
  const name = detached(sample.name);
  const samples = series.get(name) ?? new Map<string, Sample>();
  series.set(name, samples);
  const key = JSON.stringify(labels);
  const before = samples.get(key);
  if (before) samples.set(key, { ...before, value: before.value + sample.value });
  else if (samples.size < mostSamples) samples.set(key, { labels: Object.fromEntries(labels), value: sample.value });
}

function inSteadyOrder(samples: ReadonlyMap<string, Sample>): Sample[] {
  return [...samples].sort(([a], [b]) => inOrder(a, b)).map(([, sample]) => sample);
}

/** Only years that an instant can be written for. */
function instantOfSeconds(seconds: number): string | undefined {
  return seconds > 0 && seconds < 253_402_300_800 ? instantAt(seconds * 1000) : undefined;
}
