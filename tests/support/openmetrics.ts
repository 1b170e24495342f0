/** A strict reader of the OpenMetrics text that we write: gauges, each family in one piece, every line by the ABNF. */

export interface Metric {
  readonly name: string;
  readonly labels: { readonly [name: string]: string };
  readonly value: number;
}

const sample =
  /^([a-z_:][a-z0-9_:]*)\{((?:[a-z_][a-z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"(?:,(?!\})|(?=\})))*)\} (-?\d+(?:\.\d+)?)$/i;

/** Throws on any line that is not by the format. */
export function readOpenMetrics(text: string): readonly Metric[] {
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.pop() !== "# EOF") throw new Error("it does not end with # EOF and a newline");
  const metrics: Metric[] = [];
  const families: string[] = [];
  const seen = new Set<string>();
  for (const line of lines) {
    const family = families.at(-1) ?? "";
    const type = /^# TYPE (\S+) gauge$/.exec(line)?.[1];
    if (type !== undefined) {
      if (families.includes(type)) throw new Error(`${type} comes twice`);
      families.push(type);
    } else if (line.startsWith("# ")) {
      const wanted =
        family.endsWith("_seconds") && line.startsWith("# UNIT") ? `# UNIT ${family} seconds` : `# HELP ${family} `;
      if (!line.startsWith(wanted)) throw new Error(`a comment of another family: ${line}`);
    } else {
      const [, name = "", labels = "", value = ""] = sample.exec(line) ?? [];
      if (name !== family || seen.has(name + labels)) throw new Error(`not a sample of ${family}, or twice: ${line}`);
      seen.add(name + labels);
      metrics.push({ name, labels: labelsOf(labels), value: Number(value) });
    }
  }
  return metrics;
}

function labelsOf(text: string): { readonly [name: string]: string } {
  const found: { [name: string]: string } = {};
  for (const [, name = "", value = ""] of text.matchAll(/([a-z_][a-z0-9_]*)="((?:[^"\\]|\\.)*)"/gi)) {
    if (name in found) throw new Error(`label ${name} twice`);
    found[name] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
  }
  return found;
}
