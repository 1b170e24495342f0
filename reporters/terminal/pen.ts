/** Writes labelled, wrapped lines, in colour or without. */
import picocolors from "picocolors";
import type { ReporterContext } from "../reporter.ts";
import { columns, wrapped } from "../text/wrap.ts";
import type { Mark, Tone } from "../words.ts";

type Paint = (text: string) => string;

export interface Pen {
  readonly width: number;
  readonly verbose: boolean;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly paint: (tone: Tone) => Paint;
}

export type PenOptions = Pick<ReporterContext, "color" | "width" | "verbose">;

export function penFor(context: PenOptions): Pen {
  const colors = picocolors.createColors(context.color === true);
  const tones: { readonly [T in Tone]: Paint } = {
    good: colors.green,
    bad: (text) => colors.bold(colors.red(text)),
    advice: colors.magenta,
    open: colors.yellow,
    quiet: colors.dim,
  };
  return {
    width: Math.max(40, Math.min(context.width ?? 100, 160)),
    verbose: context.verbose === true,
    bold: colors.bold,
    dim: colors.dim,
    paint: (tone) => tones[tone],
  };
}

/** `label text`, the text wrapped and hanging under its own beginning, or at `hang` where that is given. */
export function entry(
  pen: Pen,
  indent: number,
  label: string,
  text: string,
  paint: Paint = String,
  hang = indent + columns(label) + 1,
): readonly string[] {
  const margin = " ".repeat(indent);
  if (indent + columns(label) + 1 > pen.width / 2) {
    const above = wrapped(label, pen.width - indent).map((line) => margin + paint(line));
    const below = wrapped(text, pen.width - indent - 4).map((line) => `${margin}    ${line}`);
    return [...above, ...(text === "" ? [] : below)];
  }
  const taken = indent + columns(label) + 1 - hang;
  const [first = "", ...rest] = wrapped(text, pen.width - hang, taken);
  const head = `${margin}${paint(label)}${first === "" ? "" : ` ${first}`}`;
  return [head, ...rest.map((line) => " ".repeat(hang) + line)];
}

/** An entry whose label is a mark: `✓ pass`. */
export function marked(pen: Pen, indent: number, mark: Mark, text: string): readonly string[] {
  return entry(pen, indent, `${mark.symbol} ${mark.word}`, text, pen.paint(mark.tone), indent + 4);
}

/** Text without a label. */
export function prose(pen: Pen, indent: number, text: string): readonly string[] {
  return wrapped(text, pen.width - indent).map((line) => " ".repeat(indent) + line);
}

/** A blank line and a heading; what follows a colon is dimmed. */
export function heading(pen: Pen, title: string, note = ""): readonly string[] {
  const [first = "", ...rest] = wrapped(note === "" ? title : `${title}: ${note}`, pen.width);
  const at = note === "" ? first.length : Math.min(first.length, title.length + 1);
  return ["", pen.bold(first.slice(0, at)) + pen.dim(first.slice(at)), ...rest.map((line) => pen.dim(line))];
}
