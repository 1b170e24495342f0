/** One line of the Prometheus text format (version 0.0.4), read strictly. */

export interface TextSample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

const labelPair = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/y;
const number = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** The metric's name: all that has to be looked at on the many lines nobody asked for. Empty for comments. */
export function sampleName(line: string): string {
  let end = 0;
  while (end < line.length && isNameCharacter(line.charCodeAt(end))) end += 1;
  return line.slice(0, end);
}

function isNameCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    code === 58 ||
    (code >= 48 && code <= 57)
  );
}

/** Undefined for comments, for what does not parse, and for NaN and infinities, which JSON cannot hold. */
export function parseSample(line: string): TextSample | undefined {
  const name = sampleName(line);
  if (name === "" || /^\d/.test(name)) return undefined;
  const labels = new Map<string, string>();
  let position = name.length;
  if (line[position] === "{") {
    const end = readLabels(line, position + 1, labels);
    if (end === undefined) return undefined;
    position = end;
  }
  const rest = line.slice(position);
  if (!rest.startsWith(" ") && !rest.startsWith("\t")) return undefined;
  const [value, timestamp, ...more] = rest.trim().split(/[ \t]+/);
  if (value === undefined || !number.test(value) || more.length > 0) return undefined;
  if (timestamp !== undefined && !/^-?\d+$/.test(timestamp)) return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? { name, labels, value: parsed } : undefined;
}

/** Fills the labels; gives the position after the closing brace. */
function readLabels(line: string, from: number, labels: Map<string, string>): number | undefined {
  let position = from;
  while (line[position] !== "}") {
    labelPair.lastIndex = position;
    const match = labelPair.exec(line);
    const [whole, name, escaped] = match ?? [];
    if (whole === undefined || name === undefined || escaped === undefined || labels.has(name)) return undefined;
    labels.set(
      name,
      escaped.replace(/\\(["\\n])/g, (_, sign: string) => (sign === "n" ? "\n" : sign)),
    );
    position += whole.length;
    if (line[position] === ",") position += 1;
    else if (line[position] !== "}") return undefined;
  }
  return position + 1;
}
